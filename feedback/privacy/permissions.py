"""Who may do what: one table, and nothing else decides.

A role either may do a thing to everything, or only to its own (`OWN`: the pilots and rounds an account owns).
The privacy officer sees registers and retention and no answers; the administrator keeps accounts and no data, so that
whoever gives rights away never has that of reading what people say. The auditor only reads: the log of staff actions,
proofs, certificates and registers. `APART` says which roles no one account has together.
"""

from collections.abc import Collection
from enum import StrEnum

ROLES = ("lead", "teacher", "reader", "interpreter", "officer", "administrator", "translator", "auditor")

#: Roles that no account has together, with a code for why. The auditor has no other at all.
APART = (
    ({"officer", "administrator"}, "officer"),
    ({"administrator", "lead"}, "administrator"),
    ({"administrator", "reader"}, "administrator"),
    *(({"auditor", role}, "auditor") for role in ROLES if role != "auditor"),
)


def apart(roles: Collection[str]) -> tuple[str, ...]:
    """Codes of why these roles are not one account's, each once: "officer", "administrator", "auditor"."""
    return tuple(dict.fromkeys(code for both, code in APART if both <= set(roles)))


class Action(StrEnum):
    """Something a person on the staff can do, named as pages and commands name it."""

    SEE_PILOTS = "see_pilots"
    CHANGE_PILOTS = "change_pilots"
    APPROVE_PILOTS = "approve_pilots"
    WRITE_BOOK = "write_book"
    DECIDE = "decide"
    REPLY = "reply"
    ROLL_UP = "roll_up"
    ASK_MY_CLASS = "ask_my_class"
    CHANGE_ROUNDS = "change_rounds"
    PRINT_SLIPS = "print_slips"
    APPROVE_SLIPS = "approve_slips"
    TYPE_SHEETS = "type_sheets"
    SEE_RELEASES = "see_releases"
    REVIEW_COMMENTS = "review_comments"
    TRANSLATE_COMMENTS = "translate_comments"
    READ_QUEUE = "read_queue"
    WORD_NEXT_STEPS = "word_next_steps"
    GIVE_NAME_WORDS = "give_name_words"
    IMPORT_RESPONSES = "import_responses"
    OPEN_BOXES = "open_boxes"
    SEE_RETENTION = "see_retention"
    PURGE = "purge"
    SEE_AUDIT = "see_audit"
    KEEP_REGISTERS = "keep_registers"
    KEEP_ACCOUNTS = "keep_accounts"
    HELP_OFFICERS = "help_officers"
    KEEP_SCHOOLS = "keep_schools"
    SEE_ACCESS = "see_access"
    SEE_PROOFS = "see_proofs"
    SEE_REGISTERS = "see_registers"
    EDIT_INSTRUMENTS = "edit_instruments"
    OVERRULE_CHECKS = "overrule_checks"
    DECIDE_TOPICS = "decide_topics"
    TRANSLATE_INSTRUMENTS = "translate_instruments"
    ASK_UNCHECKED = "ask_unchecked"
    SEE_RULES = "see_rules"
    CHOOSE_RULES = "choose_rules"
    APPROVE_FORMS = "approve_forms"
    GIVE_NOTICE = "give_notice"
    WRITE_LETTERS = "write_letters"
    SEE_INCIDENTS = "see_incidents"
    RUN_PROOFS = "run_proofs"


class Reach(StrEnum):
    """To whose things a role's permission reaches."""

    EVERYTHING = "everything"
    OWN = "own"


_EVERYTHING, _OWN = Reach.EVERYTHING, Reach.OWN

#: Reading comments is for somebody who is not the class's teacher, so a teacher is not in REVIEW_COMMENTS.
PERMISSIONS: dict[Action, dict[str, Reach]] = {
    Action.SEE_PILOTS: {"lead": _EVERYTHING, "teacher": _OWN, "reader": _EVERYTHING, "officer": _EVERYTHING},
    Action.CHANGE_PILOTS: {"lead": _EVERYTHING},
    # A second person's yes: `operations.pilots.life` asks that it is another account than the pilot's own.
    Action.APPROVE_PILOTS: {"officer": _EVERYTHING},
    # `OWN` is here whoever owns the pilot or a round in it: `operations.pilots.book.allow_team`.
    Action.WRITE_BOOK: {"lead": _EVERYTHING, "teacher": _OWN},
    Action.DECIDE: {"lead": _EVERYTHING},
    Action.REPLY: {"lead": _EVERYTHING, "teacher": _OWN},
    Action.ROLL_UP: {"lead": _EVERYTHING},
    Action.ASK_MY_CLASS: {"lead": _EVERYTHING, "teacher": _OWN},
    Action.CHANGE_ROUNDS: {"lead": _EVERYTHING, "teacher": _OWN},
    Action.PRINT_SLIPS: {"lead": _EVERYTHING, "teacher": _OWN, "officer": _EVERYTHING},
    # A second person's yes: `operations.answers.slips` wants another account than the one that asked for more.
    Action.APPROVE_SLIPS: {"lead": _EVERYTHING, "officer": _EVERYTHING},
    # A class's teacher knows its handwriting, so other people type its sheets in.
    Action.TYPE_SHEETS: {"lead": _EVERYTHING, "reader": _EVERYTHING},
    Action.SEE_RELEASES: {"lead": _EVERYTHING, "teacher": _OWN},
    Action.REVIEW_COMMENTS: {"lead": _EVERYTHING, "reader": _EVERYTHING},
    # Only in the account's own languages, and never of its own rounds: `operations.review.interpret` sees to both.
    Action.TRANSLATE_COMMENTS: {"interpreter": _EVERYTHING},
    # Beside the role, a round has to name the account: `operations.rounds.readers`.
    Action.READ_QUEUE: {"reader": _EVERYTHING},
    Action.WORD_NEXT_STEPS: {"lead": _EVERYTHING, "teacher": _OWN},
    # Words only, which no page ever shows again: who asks a class, and who looks after privacy, may give them.
    Action.GIVE_NAME_WORDS: {"lead": _EVERYTHING, "teacher": _OWN, "officer": _EVERYTHING},
    Action.IMPORT_RESPONSES: {"lead": _EVERYTHING},
    # The officer has the passphrase, and may see no answer: what is opened is counted, never read.
    Action.OPEN_BOXES: {"officer": _EVERYTHING},
    Action.SEE_RETENTION: {"lead": _EVERYTHING, "officer": _EVERYTHING, "auditor": _EVERYTHING},
    Action.PURGE: {"officer": _EVERYTHING},
    Action.SEE_AUDIT: {"officer": _EVERYTHING, "auditor": _EVERYTHING},
    # What stands in registers that no setting knows, and who signs it.
    Action.KEEP_REGISTERS: {"officer": _EVERYTHING},
    # What roles an account has: `operations.door.staff_accounts` asks a second person before it sees more than it did.
    Action.KEEP_ACCOUNTS: {"administrator": _EVERYTHING},
    # A new second step for another officer: an administrator must not be able to become one.
    Action.HELP_OFFICERS: {"officer": _EVERYTHING},
    # Only of the district's staff, who work for all schools: `operations.schools` sees to it.
    Action.KEEP_SCHOOLS: {"administrator": _EVERYTHING},
    # Who may do what, and who has which role and when it was last used.
    Action.SEE_ACCESS: {"officer": _EVERYTHING, "administrator": _EVERYTHING, "auditor": _EVERYTHING},
    # Certificates, the signed head of the log, what `voicebox prove` found; and the registers made from the system.
    Action.SEE_PROOFS: {"officer": _EVERYTHING, "auditor": _EVERYTHING},
    Action.SEE_REGISTERS: {"officer": _EVERYTHING, "auditor": _EVERYTHING},
    Action.EDIT_INSTRUMENTS: {"lead": _EVERYTHING, "teacher": _OWN},
    # Words that mislead, with a reason; protected topics are the officer's alone.
    Action.OVERRULE_CHECKS: {"lead": _EVERYTHING},
    Action.DECIDE_TOPICS: {"officer": _EVERYTHING},
    # Only into the account's own languages: `operations` of translations see to it.
    Action.TRANSLATE_INSTRUMENTS: {"translator": _EVERYTHING},
    Action.ASK_UNCHECKED: {"lead": _EVERYTHING},
    # An administrator may be the second person who says yes to milder rules, and has to read them.
    Action.SEE_RULES: {
        "lead": _EVERYTHING,
        "officer": _EVERYTHING,
        "administrator": _EVERYTHING,
        "auditor": _EVERYTHING,
    },
    Action.CHOOSE_RULES: {"officer": _EVERYTHING},
    Action.APPROVE_FORMS: {"officer": _EVERYTHING},
    Action.GIVE_NOTICE: {"lead": _EVERYTHING, "officer": _EVERYTHING},
    Action.WRITE_LETTERS: {"officer": _EVERYTHING},
    Action.SEE_INCIDENTS: {"officer": _EVERYTHING},
    Action.RUN_PROOFS: {"officer": _EVERYTHING},
}


def reach(action: Action, roles: Collection[str]) -> Reach | None:
    """How far an account with these roles may do this; None if not at all."""
    found = {PERMISSIONS[action][role] for role in roles if role in PERMISSIONS[action]}
    if Reach.EVERYTHING in found:
        return Reach.EVERYTHING
    return Reach.OWN if found else None


def may(action: Action, roles: Collection[str], *, owns: bool = False) -> bool:
    """Whether an account with these roles may do this to a thing it owns or not."""
    how_far = reach(action, roles)
    return how_far is Reach.EVERYTHING or (how_far is Reach.OWN and owns)
