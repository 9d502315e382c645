"""A pilot's book: writing, changing and reading what staff note. Each kind's own module says what is in it.

Who is on the team may write: whoever owns the pilot or one of its rounds, and every lead. Entries carry a role, never a
person's name, and nothing in them is about one respondent.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import BookEntry, Pilot, Round, StaffMember
from feedback.operations.errors import NotFound, NotPermitted, WrongState
from feedback.operations.pilots.entries import checked
from feedback.operations.pilots.entries.base import Body
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.permissions import Action, Reach, reach

#: Kinds of entries that are added to and never rewritten: what was agreed, decided or learned stands as it was.
FOR_GOOD = ("amendment", "decision", "lesson")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as pages and reports read it. `mine`: the account that reads it wrote it."""

    id: str
    pilot_id: str
    round_id: str | None
    kind: str
    body: Mapping[str, Any]
    state: str
    role: str
    written_on: date
    mine: bool = False


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be written: `body` has the shape of its kind (`entries`), or is the JSON of it; `role` signs it."""

    kind: str
    body: Body | Mapping[str, Any]
    round_id: str | None = None
    role: str = ""
    state: str = "open"


def write_entry(school: School, by: StaffMember, pilot_id: str, new: NewEntry, *, now: datetime) -> str:
    """A new entry's id. NotPermitted, NotFound; ValueError for a kind that there is not; pydantic.ValidationError."""
    with writing(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        entry = add_entry(session, pilot.id, new, on=school.settings.day_of(now))
        entry.by_id = by.id
        record(session, now, by.account, "book_written", pilot.id, kind=new.kind)
        return entry.id


def add_entry(session: Session, pilot_id: str, new: NewEntry, *, on: date) -> BookEntry:
    """The same inside a transaction that does more; the caller has asked for permission and records it."""
    body = checked(new.kind, new.body).model_dump(mode="json")
    if new.round_id is not None and session.get_one(Round, new.round_id).pilot_id != pilot_id:
        raise NotFound(new.round_id)
    entry = BookEntry(
        pilot_id=pilot_id,
        round_id=new.round_id,
        kind=new.kind,
        body=body,
        state=new.state,
        role=new.role,
        written_on=on,
    )
    session.add(entry)
    session.flush()
    return entry


def change_entry(
    school: School,
    by: StaffMember,
    entry_id: str,
    *,
    now: datetime,
    body: Body | Mapping[str, Any] | None = None,
    state: str | None = None,
    role: str | None = None,
) -> None:
    """Change what is given of an entry. NotFound for one of a pilot that is not this account's; WrongState."""
    with writing(school.engine) as session:
        entry = _changeable(find_entry(session, by, entry_id))
        entry.body = entry.body if body is None else checked(entry.kind, body).model_dump(mode="json")
        entry.state = entry.state if state is None else state
        entry.role = entry.role if role is None else role
        record(session, now, by.account, "book_changed", entry.pilot_id, kind=entry.kind)


def strike_entry(school: School, by: StaffMember, entry_id: str, *, now: datetime) -> None:
    """Take an entry out of the book; that there was one stays in the audit chain. WrongState."""
    with writing(school.engine) as session:
        entry = _changeable(find_entry(session, by, entry_id))
        record(session, now, by.account, "book_struck", entry.pilot_id, kind=entry.kind)
        session.delete(entry)


def entries_of(school: School, by: StaffMember, pilot_id: str, *kinds: str) -> list[Entry]:
    """The entries of these kinds (all, where none is named), the oldest first. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        allow_team(session, by, pilot_id)
        return read_entries(session, pilot_id, *kinds, by=by)


def entry_for(school: School, by: StaffMember, entry_id: str) -> Entry:
    """One entry. NotFound."""
    with reading(school.engine) as session:
        return _told(find_entry(session, by, entry_id), by)


def read_entries(
    session: Session, pilot_id: str, *kinds: str, by: StaffMember | None = None, states: Collection[str] = ()
) -> list[Entry]:
    """The same inside a transaction, for what has asked for permission; `states` narrows it."""
    query = select(BookEntry).where(BookEntry.pilot_id == pilot_id)
    if kinds:
        query = query.where(BookEntry.kind.in_(kinds))
    if states:
        query = query.where(BookEntry.state.in_(states))
    return [_told(entry, by) for entry in session.scalars(query.order_by(BookEntry.written_on, BookEntry.id))]


def find_entry(session: Session, by: StaffMember, entry_id: str) -> BookEntry:
    """The entry with this id, if it is of a pilot on whose team the account is; NotFound."""
    entry = session.get(BookEntry, entry_id)
    if entry is None:
        raise NotFound(entry_id)
    allow_team(session, by, entry.pilot_id)
    return entry


def team_pilot(school: School, by: StaffMember, pilot_id: str) -> Pilot:
    """A pilot on whose team the account is, detached. As `allow_team`."""
    with reading(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        session.expunge_all()
        return pilot


def allow_team(session: Session, by: StaffMember, pilot_id: str, action: Action = Action.WRITE_BOOK) -> Pilot:
    """The pilot, if the account is on its team: NotPermitted without the role, NotFound for somebody else's pilot."""
    how_far = reach(action, by.roles)
    if how_far is None:
        raise NotPermitted(action)
    pilot = find_pilot(session, pilot_id)
    if how_far is Reach.EVERYTHING or pilot.owner_id == by.id:
        return pilot
    if session.scalar(select(Round.id).where(Round.pilot_id == pilot_id, Round.owner_id == by.id).limit(1)) is None:
        raise NotFound(pilot_id)
    return pilot


def _changeable(entry: BookEntry) -> BookEntry:
    if entry.kind in FOR_GOOD:
        raise WrongState("for_good")
    return entry


def _told(entry: BookEntry, by: StaffMember | None) -> Entry:
    return Entry(
        id=entry.id,
        pilot_id=entry.pilot_id,
        round_id=entry.round_id,
        kind=entry.kind,
        body=entry.body,
        state=entry.state,
        role=entry.role,
        written_on=entry.written_on,
        mine=by is not None and entry.by_id == by.id,
    )
