"""Class try-outs whose days are over: what a class said of a form goes when the form has long been asked."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import TryOut, TryOutIdea, TryOutMark
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.privacy.schedule import schedule_of

#: Try-outs deleted in one transaction.
_BATCH = 20


def try_outs_due(session: Session, school: School, today: date) -> list[str]:
    """Ids of the try-outs that are due today."""
    last = today - timedelta(days=schedule_of(law_in(session, school.settings))["try_outs"].days)
    return list(session.scalars(select(TryOut.id).where(TryOut.made_on <= last).order_by(TryOut.id)))


def delete_try_outs(school: School, ids: Sequence[str], plant: Callable[[], None]) -> None:
    """Delete them, with their marks and ideas. `plant` is called while the first is there; repeatable."""
    with writing(school.engine) as session:
        is_there = session.get(TryOut, ids[0]) is not None
    if is_there:
        plant()
    # The first goes last: as long as it is there, a deletion that was cut off can be proved anew.
    order = list(reversed(ids))
    for at in range(0, len(order), _BATCH):
        with writing(school.engine) as session:
            batch = order[at : at + _BATCH]
            for table in (TryOutMark, TryOutIdea):
                session.execute(delete(table).where(table.try_out_id.in_(batch)))
            session.execute(delete(TryOut).where(TryOut.id.in_(batch)))
