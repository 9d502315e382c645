"""The list of what staff did loses its oldest entries when their years are over, and still holds from there on."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import AuditEntry, Hold
from feedback.operations.heads import begins_after, first_wrong_entry, last_number, note_begun
from feedback.operations.record import record
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.privacy.audit import Head
from feedback.privacy.schedule import schedule_of

#: Entries that are deleted in one transaction.
_AT_ONCE = 1000


def shorten_list(school: School, *, today: date, now: datetime, account: str) -> int:
    """Delete the entries whose days are over (layer "audit"), the newest never; how many went.

    Where the list begins is signed first, so that one which is cut off is ended by the next run. Nothing goes while any
    hold stands, for entries are about rounds and pilots alike; nor from a list that does not hold, for its oldest
    entries may be what shows why.
    """
    with reading(school.engine) as session:
        is_held = session.scalar(select(Hold.id).where(Hold.lifted_on.is_(None)).limit(1)) is not None
        last = (
            None
            if is_held
            else _last_old(session, today - timedelta(days=schedule_of(law_in(session, school.settings))["audit"].days))
        )
    if last is None or first_wrong_entry(school) is not None:
        return 0
    before = begins_after(school)
    if last.number > before.number:
        with writing(school.engine) as session:
            record(session, now, account, "list_shortened", "", entries=last.number - before.number)
        note_begun(school, last, today=today)
    return _delete_up_to(school, max(last.number, before.number))


def shorten_again(school: School) -> int:
    """In a backup that was put back: what the list had lost since goes again; how many entries."""
    begins, last = begins_after(school).number, last_number(school)
    # One that ends before the list begins keeps all it has, and is shortened by the next purge. The newest stays, so
    # that what is written next has something to hang on.
    return _delete_up_to(school, min(begins, last - 1)) if begins <= last else 0


def _last_old(session: Session, day: date) -> Head | None:
    """The last entry of which all before it, and it too, are older than the beginning of this day (UTC)."""
    newest = session.scalar(select(func.max(AuditEntry.number))) or 0
    young = select(func.min(AuditEntry.number)).where(AuditEntry.at >= datetime.combine(day, time()))
    number = min((session.scalar(young) or newest), newest) - 1
    found = session.get(AuditEntry, number)
    return Head(found.number, found.hash) if found else None


def _delete_up_to(school: School, number: int) -> int:
    gone = 0
    while True:
        with writing(school.engine) as session:
            some = select(AuditEntry.number).where(AuditEntry.number <= number).order_by(AuditEntry.number)
            numbers = session.scalars(some.limit(_AT_ONCE)).all()
            session.execute(delete(AuditEntry).where(AuditEntry.number.in_(numbers)))
        gone += len(numbers)
        if len(numbers) < _AT_ONCE:
            return gone
