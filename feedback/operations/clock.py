"""Whether the computer's clock can be believed, for a clock that is wrong must not destroy.

Retention, closing and counting cannot be undone, and all of them ask only what day it is. So the last day that was
believed is kept as a chore, and a day far from it is not acted upon until a person says that it is right.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Chore
from feedback.operations.record import record
from feedback.operations.school import School

#: A computer may be off for longer than any summer holiday; a mistyped year leaps further.
LONGEST_OFF = timedelta(days=100)
#: A new time zone moves the day by one; a flat battery moves it by years.
_SMALL_STEP_BACK = timedelta(days=1)
_NAME = "clock"


def is_credible(today: date, last_seen: date | None) -> bool:
    """Whether this can be the day, when the last one believed was `last_seen` (None: this is the first)."""
    return last_seen is None or last_seen - _SMALL_STEP_BACK <= today <= last_seen + LONGEST_OFF


def believes(school: School, *, today: date) -> bool:
    """Whether what cannot be undone may be done today; remembers the last day that was believed."""
    seen = last_seen_day(school)
    credible = is_credible(today, seen)
    believed = max(today, seen or today) if credible else seen
    with reading(school.engine) as session:
        kept = session.get(Chore, _NAME)
    if kept is None or kept.done_on != believed:
        with writing(school.engine) as session:
            session.merge(Chore(name=_NAME, done_on=believed))
    return credible


def last_seen_day(school: School) -> date | None:
    """The last day that was believed; of a database from before this was kept, the last on which a chore was done."""
    with reading(school.engine) as session:
        kept = session.get(Chore, _NAME)
        return kept.done_on if kept else session.scalar(select(func.max(Chore.done_on)))


def believe(school: School, *, today: date, now: datetime, account: str) -> None:
    """A person has looked at the clock and says that today is right, however far it is from the last day."""
    with writing(school.engine) as session:
        session.merge(Chore(name=_NAME, done_on=today))
        _forget_days_to_come(session, today)
        record(session, now, account, "clock_confirmed", "", day=today.isoformat())


def _forget_days_to_come(session: Session, today: date) -> None:
    for chore in session.scalars(select(Chore).where(Chore.done_on > today)):
        session.delete(chore)
