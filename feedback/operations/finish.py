"""What happens to a round after its last envelope, in order; any part can be cut off and is taken up again."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import delete, select

from feedback.db import WriteAheadLogNotEmpty, reading, writing
from feedback.models import Chore, Comment, Envelope, Release, ReportRequest, Round
from feedback.operations.count import count
from feedback.operations.purge import delete_comments, delete_results, purge
from feedback.operations.release import release_figures
from feedback.operations.report import MOST_TRIES
from feedback.operations.rounds import close_due_rounds
from feedback.operations.school import School
from feedback.operations.shake import shake
from feedback.privacy.keys import KeyGone

#: Runs one of our commands; whether it succeeded.
Run = Callable[..., bool]


def finish_round(school: School, round_id: str, *, today: date) -> bool:
    """Count a closed round and release its figures; False where there were too few voices. Repeatable."""
    if not count(school, round_id, today=today):
        return False
    release_figures(school, round_id, today=today)
    return True


def catch_up(school: School, *, now: datetime, today: date, run: Run, said: Callable[[str], None]) -> None:
    """Do whatever the database says is still to be done. `run` starts a command of ours for the heavy work.

    Each round is on its own: one that cannot be finished is told of and holds up no other.
    """
    for round_id in close_due_rounds(school, now=now):
        try:
            finish_round(school, round_id, today=today)
        except KeyGone:
            said(f"the box key of round {round_id} is lost: the box is destroyed unopened")
            destroy_box(school, round_id)
        except WriteAheadLogNotEmpty:
            said(f"round {round_id} is counted; scrubbing is tried again")
    for round_id in _counted_without_figures(school):
        release_figures(school, round_id, today=today)
    for round_id in _with_unread_comments(school):
        run("read-comments", round_id)
    for round_id, language in _reports_asked_for(school):
        run("make-report", round_id, language)
    _do_daily(school, now=now, today=today)


def destroy_box(school: School, round_id: str) -> None:
    """A box that nobody can open any more: its envelopes go, and the ledger says so."""
    school.keystore.note("box purged", round=round_id)
    with writing(school.engine) as session:
        session.execute(delete(Envelope).where(Envelope.round_id == round_id))
        session.get_one(Round, round_id).state = "destroyed"


def apply_ledger(school: School) -> int:
    """At every start: what the ledger says was counted or purged must not come back from an old backup.

    Returns how many rounds had to be put right. A round that the ledger counted and this database did not is lost
    to this database: its envelopes go, and it is marked destroyed, whether envelopes were in it or not.
    """
    mended = 0
    for entry in school.keystore.ledger():
        round_id, what = str(entry.get("round")), entry.get("what")
        with reading(school.engine) as session:
            round_ = session.get(Round, round_id)
            if round_ is None:
                continue
            state, facts = round_.state, (round_.comments_purged_on, round_.tallies_purged_on)
        if what in ("counted", "box purged") and state not in ("counted", "scrubbed", "destroyed"):
            _forget_box(school, round_id)
        elif what == "comments purged" and facts[0] is None:
            delete_comments(school, round_id, today=date.fromisoformat(entry["on"]))
        elif what == "tallies purged" and facts[1] is None:
            delete_results(school, round_id, today=date.fromisoformat(entry["on"]))
        else:
            continue
        mended += 1
    return mended


def _forget_box(school: School, round_id: str) -> None:
    with writing(school.engine) as session:
        session.execute(delete(Envelope).where(Envelope.round_id == round_id))
        session.get_one(Round, round_id).state = "destroyed"


def _do_daily(school: School, *, now: datetime, today: date) -> None:
    """Shake and purge once a day, whenever the computer is on: many an office turns it off at night."""
    if _is_due(school, "shake", today):
        shake(school, now=now)
        _is_done(school, "shake", today)
    if _is_due(school, "purge", today):
        purge(school, today=today, now=now)
        _is_done(school, "purge", today)


def _is_due(school: School, name: str, today: date) -> bool:
    with reading(school.engine) as session:
        chore = session.get(Chore, name)
        return chore is None or chore.done_on < today


def _is_done(school: School, name: str, today: date) -> None:
    with writing(school.engine) as session:
        session.merge(Chore(name=name, done_on=today))


def _counted_without_figures(school: School) -> list[str]:
    with reading(school.engine) as session:
        figures = select(Release.round_id).where(Release.part == "figures")
        counted = select(Round.id).where(Round.state == "scrubbed", Round.tallies_purged_on.is_(None))
        return list(session.scalars(counted.where(Round.id.not_in(figures))))


def _with_unread_comments(school: School) -> list[str]:
    with reading(school.engine) as session:
        waiting = session.scalars(select(Comment.round_id).where(Comment.sealed_reading.is_(None)).distinct()).all()
    return [round_id for round_id in waiting if school.keystore.has_data_key(round_id)]


def _reports_asked_for(school: School) -> list[tuple[str, str]]:
    with reading(school.engine) as session:
        asked = session.scalars(select(ReportRequest).where(ReportRequest.tries < MOST_TRIES))
        return [(request.round_id, request.language) for request in asked]
