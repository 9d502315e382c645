"""Use and test results of classes come into a pilot's book from a file. All rows or none.

A row about what the book knows already (the same week, tool and class; the same test, class and day) takes its place.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import BookEntry, Pilot, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.evidence.read_evidence import Understood, identity
from feedback.operations.pilots.book import NewEntry, add_entry, allow_team
from feedback.operations.pilots.entries import checked
from feedback.operations.pilots.entries.seen import Assessment, Usage
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.record import record
from feedback.operations.school import School


def import_evidence(school: School, by: StaffMember, pilot_id: str, read: Understood, *, now: datetime) -> int:
    """Keep what was read; how many rows. NotPermitted, NotFound."""
    with writing(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        return _keep(school, session, pilot, read, account=by.account, now=now)


def import_evidence_at_the_console(
    school: School, pilot_id: str, read: Understood, *, account: str, now: datetime
) -> int:
    """As `import_evidence`, for whoever runs the computer."""
    with writing(school.engine) as session:
        return _keep(school, session, find_pilot(session, pilot_id), read, account=account, now=now)


def pilot_id_of(school: School, id_or_title: str) -> str:
    """The id of the pilot with this id, or with this title in any language; NotFound for none, and for two."""
    with reading(school.engine) as session:
        pilots = session.scalars(select(Pilot)).all()
    found = [
        pilot.id
        for pilot in pilots
        if id_or_title in (pilot.id, *(words.get("title") for words in pilot.words.values()))
    ]
    if len(found) != 1:
        raise NotFound(id_or_title)
    return found[0]


def _keep(school: School, session: Session, pilot: Pilot, read: Understood, *, account: str, now: datetime) -> int:
    _forget_the_same(session, pilot.id, read.kind, read.entries)
    for entry in read.entries:
        add_entry(session, pilot.id, NewEntry(read.kind, entry), on=school.settings.day_of(now))
    record(session, now, account, "book_written", pilot.id, kind=read.kind)
    return len(read.entries)


def _forget_the_same(session: Session, pilot_id: str, kind: str, entries: Sequence[Usage | Assessment]) -> None:
    new = {identity(entry) for entry in entries}
    kept = session.scalars(select(BookEntry).where(BookEntry.pilot_id == pilot_id, BookEntry.kind == kind))
    for row in kept.all():
        known = checked(kind, row.body)
        if isinstance(known, (Usage, Assessment)) and identity(known) in new:
            session.delete(row)
