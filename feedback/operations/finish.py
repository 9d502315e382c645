"""What happens to a round after its last envelope, in order; any part can be cut off and is taken up again."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select

from feedback.db import reading, writing
from feedback.models import Comment, Envelope, Release, Round
from feedback.operations.count import count
from feedback.operations.release import release_figures
from feedback.operations.rounds import close_due_rounds, extend_round
from feedback.operations.school import School


def finish_round(school: School, round_id: str, *, today: date) -> bool:
    """Count a closed round and release its figures; False where there were too few voices. Repeatable."""
    if not count(school, round_id, today=today):
        extend_round(school, round_id)
        return False
    release_figures(school, round_id, today=today)
    return True


def catch_up(
    school: School, *, now: datetime, today: date, read: Callable[[str], None], said: Callable[[str], None]
) -> None:
    """Do whatever the database says is still to be done. `read` starts the reading of a round's comments."""
    for round_id in close_due_rounds(school, now=now):
        said(f"counting round {round_id}")
        finish_round(school, round_id, today=today)
    for round_id in _counted_without_figures(school):
        release_figures(school, round_id, today=today)
    for round_id in _with_unread_comments(school):
        said(f"reading comments of round {round_id}")
        read(round_id)


def apply_ledger(school: School) -> int:
    """At every start: what the ledger says was counted or purged must not come back from an old backup.

    Returns how many rounds had to be put right. A round that the ledger counted and this database did not is lost
    to this database: its envelopes go, and it is marked destroyed.
    """
    mended = 0
    with writing(school.engine) as session:
        for entry in school.keystore.ledger():
            round_ = session.get(Round, str(entry.get("round")))
            if round_ is None or entry.get("what") not in ("counted", "box purged"):
                continue
            stale = session.scalars(select(Envelope).where(Envelope.round_id == round_.id)).all()
            if stale and round_.state not in ("counted", "scrubbed"):
                for envelope in stale:
                    session.delete(envelope)
                round_.state = "destroyed"
                mended += 1
    return mended


def _counted_without_figures(school: School) -> list[str]:
    with reading(school.engine) as session:
        figures = select(Release.round_id).where(Release.part == "figures")
        return list(session.scalars(select(Round.id).where(Round.state == "scrubbed", Round.id.not_in(figures))))


def _with_unread_comments(school: School) -> list[str]:
    with reading(school.engine) as session:
        return list(session.scalars(select(Comment.round_id).where(Comment.sealed_reading.is_(None)).distinct()))
