"""Shaking a box: its envelopes, slips and rooms are written anew in random order, so that nothing tells who came when.

In one transaction, so that on PostgreSQL all rows carry the same transaction's number, too.
"""

import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from feedback.db import scrub, writing
from feedback.models import WITHDRAWN, Chore, Decision, Envelope, Part, Room, Round, Slip
from feedback.operations.rounds.series import WAITING, counted_together
from feedback.operations.school import School


def shake(school: School, *, now: datetime) -> None:
    """Shake every waiting box and let "not yet enough" become "enough" where it has. At least daily."""
    with writing(school.engine) as session:
        for round_ in session.scalars(select(Round).where(Round.state.in_(WAITING)).order_by(Round.id)).all():
            for table in (Envelope, Slip, Room, Part, Decision):
                _rewrite(session, table, round_.id)
            if round_.state in ("open", "closed"):
                # Never back to "not yet enough": a withdrawal must not show.
                round_.enough = round_.enough or (now >= round_.opens_at and _voices(session, round_) >= round_.k)
    scrub(school.engine)
    school.keystore.tidy_ledger()
    with writing(school.engine) as session:
        session.merge(Chore(name="shake", done_on=now.replace(tzinfo=UTC).astimezone(school.settings.zone).date()))


def _rewrite(session: Session, table: type[Envelope | Slip | Room | Part | Decision], round_id: str) -> None:
    rows = [dict(row) for row in session.execute(select(table.__table__).filter_by(round_id=round_id)).mappings()]
    if rows:
        secrets.SystemRandom().shuffle(rows)
        session.execute(delete(table).where(table.round_id == round_id))
        session.execute(insert(table), rows)


def _voices(session: Session, round_: Round) -> int:
    """The envelopes that will be opened together, without those that were withdrawn."""
    together = [each.id for each in counted_together(session, round_)]
    left = select(func.count()).select_from(Envelope).where(Envelope.round_id.in_(together))
    return session.scalar(left.where(Envelope.format != WITHDRAWN)) or 0
