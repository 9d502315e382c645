"""Purging: what retention says is due is deleted, its keys destroyed, the file scrubbed, and the deed recorded."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback.db import NotScrubbed, reading, scrub, writing
from feedback.models import (
    Chore,
    Comment,
    Decision,
    Document,
    Envelope,
    NameWord,
    NextStep,
    Part,
    Release,
    ReportRequest,
    ReviewQuality,
    ReviewStep,
    Room,
    Round,
    Slip,
    Tally,
    Theme,
    Translations,
)
from feedback.operations.purge_book import forget_made_of
from feedback.operations.record import record
from feedback.operations.recordings import forget_recordings
from feedback.operations.school import School
from feedback.operations.series import counted_together
from feedback.privacy.retention import Due, due

#: The tables whose rows belong to one round.
_OfARound = Comment | Decision | Envelope | NameWord | Part | ReviewStep | Room | Slip | Tally | Theme | Translations

#: Rows deleted in one transaction, so that a purge never holds up a respondent.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Purged:
    """What went, or would go, from one round, in rows. Counts only."""

    round_id: str
    comments: int = 0
    tallies: int = 0
    boxes: int = 0


def purge(
    school: School, *, today: date, now: datetime, account: str = "schedule", dry_run: bool = False
) -> list[Purged]:
    """Delete what is due today in every round; with `dry_run` only say what would go."""
    purged = []
    for round_id, is_due in _due_rounds(school, today):
        counts = _count_rows(school, round_id, is_due)
        if not dry_run:
            # Recorded first: a purge that is cut off goes on tomorrow, and must not have been done unseen.
            with writing(school.engine) as session:
                facts = {"comments": counts.comments, "tallies": counts.tallies, "boxes": counts.boxes}
                record(session, now, account, "purged", round_id, **facts)
            _delete(school, round_id, is_due, today)
        purged.append(counts)
    if purged and not dry_run:
        _scrub_or_shake_again(school)
    return purged


def delete_comments(school: School, round_id: str, *, today: date) -> None:
    """Delete what people wrote to a round, its key first: whatever copy is left anywhere can no longer be read.

    With it go the lists of name words, also those of rounds that were counted with it.
    """
    school.keystore.note("comments purged", round=round_id, on=today.isoformat())
    # What its reader has not read by now is as old as the comments.
    with reading(school.engine) as session:
        together = [each.id for each in counted_together(session, session.get_one(Round, round_id))]
    for each in together:
        school.keystore.destroy_data_key(each)
        school.keystore.queue.destroy_reading_key(each)
        _delete_in_batches(school, NameWord, each)
        _delete_in_batches(school, Part, each)
    _delete_in_batches(school, Comment, round_id)
    _delete_in_batches(school, Theme, round_id)
    _delete_in_batches(school, ReviewStep, round_id)
    _delete_in_batches(school, Translations, round_id)
    with writing(school.engine) as session:
        for each in together:
            session.get_one(Round, each).name_words = 0
        session.get_one(Round, round_id).comments_purged_on = today


def delete_results(school: School, round_id: str, *, today: date) -> None:
    """Delete a round's tallies, releases and reports, and the number of its voices."""
    school.keystore.note("tallies purged", round=round_id, on=today.isoformat())
    _delete_in_batches(school, Tally, round_id)
    with writing(school.engine) as session:
        releases = select(Release.id).where(Release.round_id == round_id)
        session.execute(delete(NextStep).where(NextStep.release_id.in_(releases)))
        for table in (Release, Document, ReportRequest, ReviewQuality):
            session.execute(delete(table).where(table.round_id == round_id))
        round_ = session.get_one(Round, round_id)
        round_.counted_envelopes = round_.counted_on_paper = None
        round_.tallies_purged_on = today
        session.flush()
        forget_made_of(session, round_)
        codes = [each.code for each in counted_together(session, round_)]
    for code in codes:
        forget_recordings(school.settings, code)


def destroy_box(school: School, round_id: str) -> None:
    """A box that will never be opened: it goes unread, with its key and its slips, and so do those that joined it."""
    with reading(school.engine) as session:
        found = counted_together(session, session.get_one(Round, round_id))
        together, codes = [each.id for each in found], [each.code for each in found]
    for code in codes:
        forget_recordings(school.settings, code)
    for each in together:
        school.keystore.note("box purged", round=each)
        school.keystore.destroy_round_keys(each)
        _delete_in_batches(school, Envelope, each)
        _delete_in_batches(school, Slip, each)
        for table in (Room, NameWord, Part, Decision):
            _delete_in_batches(school, table, each)
    school.keystore.tidy_ledger(together)
    with writing(school.engine) as session:
        session.get_one(Round, round_id).state = "destroyed"
        for each in together:
            session.get_one(Round, each).name_words = 0


def _due_rounds(school: School, today: date) -> list[tuple[str, Due]]:
    found = []
    with reading(school.engine) as session:
        for round_ in session.scalars(select(Round).order_by(Round.id)):
            closed_on = round_.box_shuts_at.replace(tzinfo=UTC).astimezone(school.settings.zone).date()
            is_due = due(
                state=round_.state,
                closed_on=closed_on,
                counted_on=round_.counted_on,
                keep_comments_days=round_.keep_comments_days,
                keep_tallies_days=round_.keep_tallies_days,
                today=today,
                imported=round_.imported,
            )
            left = replace(
                is_due,
                comments=is_due.comments and round_.comments_purged_on is None,
                tallies=is_due.tallies and round_.tallies_purged_on is None,
            )
            if left:
                found.append((round_.id, left))
    return found


def _count_rows(school: School, round_id: str, is_due: Due) -> Purged:
    with reading(school.engine) as session:
        return Purged(
            round_id,
            comments=_rows(session, Comment, round_id) if is_due.comments else 0,
            tallies=_rows(session, Tally, round_id) if is_due.tallies else 0,
            # How many envelopes an unopened box held stays unknown: below k is all anybody may learn.
            boxes=int(is_due.box),
        )


def _delete(school: School, round_id: str, is_due: Due, today: date) -> None:
    if is_due.comments:
        delete_comments(school, round_id, today=today)
    if is_due.tallies:
        delete_results(school, round_id, today=today)
    if is_due.box:
        destroy_box(school, round_id)


def _scrub_or_shake_again(school: School) -> None:
    try:
        scrub(school.engine)
    except NotScrubbed:
        # Somebody keeps reading. The next shake, a minute from now, scrubs too.
        with writing(school.engine) as session:
            session.execute(delete(Chore).where(Chore.name == "shake"))


def _delete_in_batches(school: School, table: type[_OfARound], round_id: str) -> None:
    while True:
        with writing(school.engine) as session:
            batch = list(session.scalars(select(table).where(table.round_id == round_id).limit(_BATCH)))
            for row in batch:
                session.delete(row)
        if len(batch) < _BATCH:
            return


def _rows(session: Session, table: type[_OfARound], round_id: str) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.round_id == round_id)) or 0
