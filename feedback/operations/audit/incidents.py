"""The log of incidents: what went wrong with personal data, what was done, who was told; with the clock of 72 hours.

GDPR Art. 33 gives a controller 72 hours from learning of a breach to tell the authority; Art. 33(3) says what; Art. 34
is about the people; Art. 33(5) asks for this log. What stands in it is never changed: more is added to it. The list of
what staff did has the hash of every entry, so that a change shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Incident, IncidentNote, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: From finding out until the authority is told.
WITHIN = timedelta(hours=72)
#: Roughly how many people, never a number that tells of few.
BANDS = ("nobody", "under_10", "10_to_100", "over_100", "unknown")
KINDS = ("learned", "measure", "told_authority", "told_people", "closed")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class NewIncident:
    """What is written down first. `found_at` is UTC and naive; `people` one of `BANDS`."""

    found_at: datetime
    what: str
    data: str
    people: str
    measures: str


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was added. `at`: when it was done, UTC and naive."""

    kind: str
    at: datetime
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident with all that was added, the oldest first. Moments are UTC and naive."""

    id: str
    first: NewIncident
    by: str
    noted_at: datetime
    notes: tuple[Note, ...]

    @property
    def told_authority_at(self) -> datetime | None:
        """When the authority was told."""
        return self._first("told_authority")

    @property
    def told_people_at(self) -> datetime | None:
        """When the people were told."""
        return self._first("told_people")

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self._first("closed") is None

    @property
    def tell_by(self) -> datetime:
        """The end of the 72 hours."""
        return self.first.found_at + WITHIN

    def left(self, now: datetime) -> timedelta | None:
        """How long there is to tell the authority, less than nothing where it is late; None when it was told."""
        return None if self.told_authority_at or not self.is_open else self.tell_by - now

    def _first(self, kind: str) -> datetime | None:
        return min((note.at for note in self.notes if note.kind == kind), default=None)


def note_incident(school: School, by: StaffMember, new: NewIncident, *, now: datetime) -> str:
    """Write one down; its id. NotPermitted; NotReady names what is missing or wrong."""
    allow(by, Action.SEE_INCIDENTS)
    wrong = [name for name in ("what", "data", "measures") if not _fits(getattr(new, name))]
    wrong += [] if new.people in BANDS else ["people"]
    wrong += ["found_at"] if new.found_at > now else []
    if wrong:
        raise NotReady(*wrong)
    said = {"what": new.what, "data": new.data, "people": new.people, "measures": new.measures}
    with writing(school.engine) as session:
        row = Incident(found_at=new.found_at, by_id=by.id, noted_at=now, **said)
        session.add(row)
        session.flush()
        record(session, now, by.account, "incident_noted", row.id, sha256=_hash(new.found_at, *said.values()))
        return row.id


def add_to_incident(
    school: School, by: StaffMember, incident_id: str, kind: str, words: str, *, at: datetime, now: datetime
) -> None:
    """Add to one. NotPermitted, NotFound; NotReady; WrongState for one that is closed."""
    allow(by, Action.SEE_INCIDENTS)
    if kind not in KINDS or not _fits(words) or at > now:
        raise NotReady(*(["at"] if at > now else []), *([] if _fits(words) else ["words"]))
    with writing(school.engine) as session:
        row = session.get(Incident, incident_id)
        if row is None:
            raise NotFound(incident_id)
        if session.scalar(select(IncidentNote).filter_by(incident_id=incident_id, kind="closed")):
            raise WrongState("incident_closed")
        note = IncidentNote(incident_id=incident_id, kind=kind, at=at, words=words, by_id=by.id, noted_at=now)
        session.add(note)
        record(session, now, by.account, "incident_added_to", incident_id, kind=kind, sha256=_hash(at, kind, words))


def incidents(school: School, by: StaffMember) -> list[IncidentSeen]:
    """All of them, open ones first, then the newest. NotPermitted."""
    allow(by, Action.SEE_INCIDENTS)
    with reading(school.engine) as session:
        return all_incidents(session)


def all_incidents(session: Session) -> list[IncidentSeen]:
    """The same inside a session."""
    found = [_seen(session, row) for row in session.scalars(select(Incident).order_by(Incident.found_at.desc()))]
    return sorted(found, key=lambda each: not each.is_open)


def incident(school: School, by: StaffMember, incident_id: str) -> IncidentSeen:
    """One of them. NotPermitted, NotFound."""
    allow(by, Action.SEE_INCIDENTS)
    with reading(school.engine) as session:
        row = session.get(Incident, incident_id)
        if row is None:
            raise NotFound(incident_id)
        return _seen(session, row)


def open_incidents(found: Iterable[IncidentSeen]) -> list[IncidentSeen]:
    """Those that nobody has closed, the most urgent first."""
    waits = (each for each in found if each.is_open)
    return sorted(waits, key=lambda each: (each.told_authority_at is not None, each.tell_by))


def _seen(session: Session, row: Incident) -> IncidentSeen:
    accounts = {member.id: member.account for member in session.scalars(select(StaffMember))}
    notes = session.scalars(
        select(IncidentNote).filter_by(incident_id=row.id).order_by(IncidentNote.noted_at, IncidentNote.id)
    )
    return IncidentSeen(
        row.id,
        NewIncident(row.found_at, row.what, row.data, row.people, row.measures),
        accounts.get(row.by_id, ""),
        row.noted_at,
        tuple(Note(note.kind, note.at, note.words, accounts.get(note.by_id, "")) for note in notes),
    )


def _fits(words: str) -> bool:
    return 0 < len(words.strip()) <= LONGEST


def _hash(at: datetime, *words: str) -> str:
    """What the list of what staff did has of an entry."""
    return sha256("\n".join((at.isoformat(), *words)).encode()).hexdigest()
