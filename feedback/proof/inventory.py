"""The closed lists: every table, column, action and size there may be. What is not listed fails the proof.

They are written down here once more on purpose, and not read from the models: a column that slips into a model must
be met by somebody who asks what it tells about respondents.
"""

#: Tables about respondents, each with its columns (primary key first, as they are stored) and their kinds.
RESPONDENT_TABLES = {
    "envelope": {"round_id": "text", "id": "text", "format": "whole", "sealed": "bytes", "sealed_for_reading": "bytes"},
    "slip": {"round_id": "text", "tag": "text", "used": "yes or no"},
    "room": {
        "code": "text",
        "round_id": "text",
        "name": "text",
        "group": "text",
        "places": "whole",
        "places_left": "text",
        "pause_seconds": "whole",
        "closed": "yes or no",
    },
    "name_word": {"round_id": "text", "tag": "text"},
    "comment": {"id": "text", "round_id": "text", "question": "text", "sealed": "bytes", "sealed_reading": "bytes"},
    "part": {"round_id": "text", "id": "text", "words_hash": "text", "state": "text", "sealed": "bytes"},
    "decision": {"round_id": "text", "words_hash": "text", "verdict": "text", "sealed": "bytes"},
    "tally": {
        "round_id": "text",
        "question": "text",
        "breakdown": "text",
        "group": "text",
        "cell": "text",
        "people": "whole",
    },
}
#: Which column identifies one row of a respondent, where one does.
RANDOM_IDS = {
    "envelope": "id",
    "slip": "tag",
    "name_word": "tag",
    "room": "code",
    "comment": "id",
    "part": "id",
}
#: Tables about rounds, results and staff.
OTHER_TABLES = frozenset(
    {
        "alembic_version",
        "audit_entry",
        "book_entry",
        "check_decision",
        "chore",
        "document",
        "draft",
        "draft_step",
        "evidence",
        "instrument_version",
        "next_step",
        "pilot",
        "pilot_document",
        "reader",
        "release",
        "report_request",
        "review_quality",
        "review_step",
        "roll_up",
        "round",
        "sign_in",
        "slip_request",
        "staff_member",
        "text_signature",
        "theme",
        "ticket",
        "translated_text",
        "translations",
    }
)
#: Bytes of a sealed part: nothing where it was withdrawn, else one of a few steps.
ENVELOPE_SIZES = frozenset({0, 1024, 4096, 16384, 65536})
COMMENT_STEP = 256
#: The format of envelopes whose words are read for safety: each has a second part.
READ_FORMAT = 2
#: What staff do. Nothing that a respondent does is an action.
STAFF_ACTIONS = frozenset(
    {
        "backup_made",
        "book_changed",
        "book_struck",
        "book_written",
        "box_released",
        "clock_confirmed",
        "comment_moved",
        "comment_translated",
        "comments_read_again",
        "draft_changed",
        "draft_discarded",
        "draft_made",
        "draft_step_undone",
        "form_published",
        "more_slips_approved",
        "more_slips_asked_for",
        "name_words_forgotten",
        "name_words_given",
        "next_step_worded",
        "passphrase_wrong",
        "pilot_approved",
        "pilot_archived",
        "pilot_changed",
        "pilot_decided",
        "pilot_document_asked_for",
        "pilot_frozen",
        "pilot_reflecting",
        "pilot_repeated",
        "pilot_created",
        "purged",
        "queue_checked",
        "quote_chosen",
        "quote_dropped",
        "readers_named",
        "recordings_added",
        "release_exported",
        "reply_published",
        "reply_withdrawn",
        "responses_imported",
        "restored",
        "review_step_undone",
        "rolled_up",
        "room_closed",
        "room_made",
        "room_widened",
        "round_closed",
        "round_corrected",
        "round_discarded",
        "round_opened",
        "round_planned",
        "round_version_changed",
        "sign_in_failed",
        "signed_in",
        "slips_printed",
        "staff_added",
        "staff_languages_set",
        "theme_accepted",
        "theme_made",
        "theme_merged",
        "theme_rejected",
        "theme_suggested",
        "ticket_made",
        "ticket_opened",
        "upgraded",
        "words_escalated",
        "words_recorded",
        "words_released",
    }
)
#: States in which a round's box key must be gone.
BOX_IS_OVER = frozenset({"scrubbed", "destroyed"})
