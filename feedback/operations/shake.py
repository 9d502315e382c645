"""Shaking a box: its envelopes are written anew in random order, so that no page of the file tells who came when."""

import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from feedback.db import scrub, writing
from feedback.models import Envelope, Round
from feedback.operations.school import School


def shake(school: School, *, now: datetime) -> None:
    """Shake every open or closed box and let "not yet enough" become "enough" where it has. At least daily."""
    with writing(school.engine) as session:
        waiting = session.scalars(select(Round).where(Round.state.in_(("open", "closed")))).all()
        for round_ in waiting:
            envelopes = _rewrite(session, round_.id)
            # Never back to "not yet enough": a withdrawal must not show.
            round_.enough = round_.enough or (now >= round_.opens_at and envelopes >= round_.k)
    scrub(school.engine)


def _rewrite(session: Session, round_id: str) -> int:
    rows = [dict(row) for row in session.execute(select(Envelope.__table__).filter_by(round_id=round_id)).mappings()]
    if rows:
        secrets.SystemRandom().shuffle(rows)
        session.execute(delete(Envelope).where(Envelope.round_id == round_id))
        session.execute(insert(Envelope), rows)
    return len(rows)
