"""What goes with a round's figures: everything that was made of them, and at last the pilot's book."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.models import BookEntry, Evidence, Pilot, PilotDocument, RollUp, Round


def forget_made_of(session: Session, round_: Round) -> None:
    """Delete what repeats the figures of a round whose own were just deleted (`tallies_purged_on` is set).

    Frozen evidence and PDFs about its pilot, sums over several rounds, and what the book says of the round. When the
    last round of a pilot that is over has gone, so does the rest of its book, which nothing supports any more.
    """
    for table in (Evidence, PilotDocument):
        session.execute(delete(table).where(table.pilot_id == round_.pilot_id))
    # A list in JSON: either database reads it otherwise, and there are few.
    for sum_ in session.scalars(select(RollUp)):
        if round_.id in sum_.round_ids:
            session.delete(sum_)
    session.execute(delete(BookEntry).where(BookEntry.round_id == round_.id))
    left = select(Round.id).where(Round.pilot_id == round_.pilot_id, Round.tallies_purged_on.is_(None))
    over = session.get_one(Pilot, round_.pilot_id).state in ("decided", "archived")
    if over and session.scalar(left.where(Round.state.not_in(("draft", "destroyed"))).limit(1)) is None:
        session.execute(delete(BookEntry).where(BookEntry.pilot_id == round_.pilot_id))
