"""Deleting the layers of one round, keys first. Every part can be cut off and is done again from its beginning."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, delete, select

from feedback.db import reading, writing
from feedback.models import (
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
    SlipRequest,
    Tally,
    Theme,
    Translations,
)
from feedback.operations.retention.purge_book import forget_made_of
from feedback.operations.rounds.series import counted_together
from feedback.operations.school import School
from feedback.operations.workshop.recordings import forget_recordings

#: The tables whose rows belong to one round.
_OfARound = Comment | Decision | Envelope | NameWord | Part | ReviewStep | Room | Slip | Tally | Theme | Translations

#: Rows deleted in one transaction, so that a purge never holds up a respondent.
_BATCH = 500


def _nothing() -> None:
    """What nobody waits for."""


def delete_comments(school: School, round_id: str, *, today: date, keys_gone: Callable[[], None] = _nothing) -> None:
    """Delete what people wrote to a round, its key first: whatever copy is left anywhere can no longer be read.

    With it go the lists of name words, also those of rounds that were counted with it. `keys_gone` is called when
    nobody can read it any more and it is still there.
    """
    school.keystore.note("comments purged", round=round_id, on=today.isoformat())
    # What its reader has not read by now is as old as the comments.
    with reading(school.engine) as session:
        together = [each.id for each in counted_together(session, session.get_one(Round, round_id))]
    for each in together:
        school.keystore.destroy_data_key(each)
        school.keystore.queue.destroy_reading_key(each)
    keys_gone()
    for each in together:
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
        for table in (Release, Document, ReportRequest, ReviewQuality, SlipRequest):
            session.execute(delete(table).where(table.round_id == round_id))
        round_ = session.get_one(Round, round_id)
        round_.counted_envelopes = round_.counted_on_paper = None
        round_.tallies_purged_on = today
        session.flush()
        forget_made_of(session, round_)
        codes = [each.code for each in counted_together(session, round_)]
    for code in codes:
        forget_recordings(school.settings, code)


def destroy_box(school: School, round_id: str, *, keys_gone: Callable[[], None] = _nothing) -> None:
    """A box that will never be opened: it goes unread, with its key and its slips, and so do those that joined it."""
    with reading(school.engine) as session:
        found = counted_together(session, session.get_one(Round, round_id))
        together, codes = [each.id for each in found], [each.code for each in found]
    for code in codes:
        forget_recordings(school.settings, code)
    for each in together:
        school.keystore.note("box purged", round=each)
        school.keystore.destroy_round_keys(each)
    keys_gone()
    for each in together:
        _delete_in_batches(school, Envelope, each)
        _delete_in_batches(school, Slip, each)
        for table in (Room, NameWord, Part, Decision):
            _delete_in_batches(school, table, each)
    school.keystore.tidy_ledger(together)
    with writing(school.engine) as session:
        session.get_one(Round, round_id).state = "destroyed"
        for each in together:
            session.get_one(Round, each).name_words = 0


def delete_unused_slips(school: School, round_id: str) -> None:
    """Delete the tags of codes that nobody used; those that were used go with the box."""
    _delete_in_batches(school, Slip, round_id, Slip.used.is_(False))


def _delete_in_batches(school: School, table: type[_OfARound], round_id: str, *more: ColumnElement[bool]) -> None:
    while True:
        with writing(school.engine) as session:
            batch = list(session.scalars(select(table).where(table.round_id == round_id, *more).limit(_BATCH)))
            for row in batch:
                session.delete(row)
        if len(batch) < _BATCH:
            return
