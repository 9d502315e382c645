"""The list of what staff did, as the privacy officer searches it: newest first, a page at a time, never as a whole."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback.db import reading, school_of, writing
from feedback.models import AuditEntry, StaffMember
from feedback.operations.audit.titles import Thing, things, titles_of
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: Entries on a page, and how many are read at once for a file.
ON_A_PAGE, _AT_ONCE = 100, 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; "" and None leave a thing open. `about` is an id; the days are the school's, both included."""

    account: str = ""
    action: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry. `thing` is what it is about, with its title where it is a pilot, a round, a form or the like."""

    number: int
    at: datetime
    account: str
    action: str
    about: str
    thing: Thing | None
    facts: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page. `older`: the number before which the next page begins, None on the last."""

    entries: tuple[Seen, ...]
    older: int | None


def find_entries(
    school: School, by: StaffMember, wanted: Wanted, *, before: int | None = None, most: int = ON_A_PAGE
) -> Found:
    """The newest entries, or the newest before a number. NotPermitted."""
    allow(by, Action.SEE_AUDIT)
    with reading(school.engine) as session:
        query = chosen(session, school, wanted)
        if query is None:
            return Found((), None)
        if before is not None:
            query = query.where(AuditEntry.number < before)
        rows = session.scalars(query.limit(most + 1)).all()
        shown = tuple(_seen(session, rows[:most]))
    return Found(shown, shown[-1].number if len(rows) > most else None)


def export_entries(school: School, by: StaffMember, wanted: Wanted, *, now: datetime) -> Iterator[Seen]:
    """All of them, newest first, for a file; that it was taken is recorded before. NotPermitted."""
    allow(by, Action.SEE_AUDIT)
    asked = "; ".join(f"{name}: {getattr(wanted, name)}" for name in wanted.__slots__ if getattr(wanted, name))
    with writing(school.engine) as session:
        record(session, now, by.account, "audit_exported", "", search=asked)
    before = None
    while True:
        page = find_entries(school, by, wanted, before=before, most=_AT_ONCE)
        yield from page.entries
        if page.older is None:
            return
        before = page.older


def accounts_and_things(school: School, by: StaffMember) -> tuple[list[str], list[Thing]]:
    """What can be searched for: every account, and pilots and rounds with their titles. NotPermitted."""
    allow(by, Action.SEE_AUDIT)
    with reading(school.engine) as session:
        accounts = list(session.scalars(select(StaffMember.account).order_by(StaffMember.account)))
        return accounts, things(session)


def chosen(session: Session, school: School, wanted: Wanted) -> Select[Any] | None:
    """The query of these entries, newest first; None where no entry is of such a day."""
    query: Select[Any] = select(AuditEntry).order_by(AuditEntry.number.desc())
    if (only := school_of(session)) is not None:
        # The list is one chain; what staff of the district's other schools did is for those schools.
        staff = StaffMember.__table__
        query = query.where(AuditEntry.account.not_in(select(staff.c.account).where(staff.c.school_id != only)))
    for column, value in (
        (AuditEntry.account, wanted.account),
        (AuditEntry.action, wanted.action),
        (AuditEntry.object_id, wanted.about),
    ):
        if value:
            query = query.where(column == value)
    # Days become numbers, whose order is that of the page: so the database need not sort what it finds.
    if wanted.since is not None:
        first = _number_at(session, AuditEntry.at >= _begins(school, wanted.since), AuditEntry.at, AuditEntry.number)
        if first is None:
            return None
        query = query.where(AuditEntry.number >= first)
    if wanted.until is not None:
        before = AuditEntry.at < _begins(school, wanted.until + timedelta(days=1))
        last = _number_at(session, before, AuditEntry.at.desc(), AuditEntry.number.desc())
        if last is None:
            return None
        query = query.where(AuditEntry.number <= last)
    return query


def titled(school: School, entries: Collection[Seen]) -> list[Seen]:
    """The same entries with what they are about, for whoever read them otherwise."""
    with reading(school.engine) as session:
        found = titles_of(session, {each.about for each in entries})
    return [replace(each, thing=found.get(each.about)) for each in entries]


def _number_at(session: Session, which: Any, *order: Any) -> int | None:
    return session.scalar(select(AuditEntry.number).where(which).order_by(*order).limit(1))


def _begins(school: School, day: date) -> datetime:
    """The moment, UTC and naive, at which a day of the school begins."""
    return datetime.combine(day, time(), school.settings.zone).astimezone(UTC).replace(tzinfo=None)


def _seen(session: Session, rows: Collection[AuditEntry]) -> Iterator[Seen]:
    found = titles_of(session, {row.object_id for row in rows})
    for row in rows:
        thing = found.get(row.object_id)
        yield Seen(row.number, row.at, row.account, row.action, row.object_id, thing, dict(row.facts), row.hash)
