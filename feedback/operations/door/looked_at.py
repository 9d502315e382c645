"""Reading and failing are noted too: once a day for each account and thing, however often a page is opened."""

from datetime import datetime

from sqlalchemy import select

from feedback.db import reading, writing
from feedback.models import AuditEntry, StaffMember
from feedback.operations.record import record
from feedback.operations.school import School

#: What was noted today by this process, so that opening a page again costs nothing: (day, account, action, thing).
_Noted = tuple[str, str, str, str]
_MOST_REMEMBERED = 10_000


class Looks:
    """Notes what accounts open, and what they are refused. One for each application."""

    def __init__(self) -> None:
        self._noted: set[_Noted] = set()

    def note_read(self, school: School, by: StaffMember, what: str, thing: str, *, now: datetime) -> None:
        """This account has seen `what` ("results", "comments" ...) of this round, pilot or list."""
        if self._is_new(school, by, "looked_at", thing, what, now):
            with writing(school.engine) as session:
                record(session, now, by.account, "looked_at", thing, what=what)

    def note_refused(self, school: School, by: StaffMember, page: str, *, now: datetime) -> None:
        """This account opened, or sent, something that its roles do not allow."""
        if self._is_new(school, by, "refused", page, page, now):
            with writing(school.engine) as session:
                record(session, now, by.account, "refused", page)

    def _is_new(self, school: School, by: StaffMember, action: str, thing: str, what: str, now: datetime) -> bool:
        day = school.settings.day_of(now).isoformat()
        noted = (day, by.account, action, f"{what} {thing}")
        if noted in self._noted:
            return False
        if len(self._noted) >= _MOST_REMEMBERED:
            self._noted.clear()
        self._noted.add(noted)
        return not _is_stored(school, by, action, thing, what, day)


def _is_stored(school: School, by: StaffMember, action: str, thing: str, what: str, day: str) -> bool:
    """Whether another process, or this one before it was started anew, has noted it today."""
    with reading(school.engine) as session:
        same = select(AuditEntry.at, AuditEntry.facts).where(
            AuditEntry.account == by.account, AuditEntry.action == action, AuditEntry.object_id == thing
        )
        return any(
            school.settings.day_of(at).isoformat() == day and facts.get("what", what) == what
            for at, facts in session.execute(same)
        )
