"""The schools of a district that share an installation: which there are, adding one, and what each is called.

An installation with one school has one row here, and no page speaks of districts.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import ChooseSchool, DistrictSchool, Draft, InstrumentVersion, OtherSchool, Pilot, StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

LONGEST_NAME = 120
#: What is raised where something of another school would be written, and where nobody said to which school.
ELSEWHERE: type[Exception] = OtherSchool
SCHOOL_UNSAID: type[Exception] = ChooseSchool


@dataclass(frozen=True, slots=True)
class SchoolShown:
    """A school as it is listed."""

    id: str
    name: str


def name_for(school: School, pilot: Pilot) -> str:
    """What the school of this pilot is called, for people who read about it."""
    return pilot.school.name or school.settings.school_name


def name_of_form(school: School, session: Session, form: str) -> str:
    """What the school is called that writes, or has published, the form of this name."""
    for kept in (Draft, InstrumentVersion):
        owner = select(kept.school_id).where(kept.name == form, kept.school_id.is_not(None)).limit(1)
        row = session.get(DistrictSchool, session.scalar(owner) or "")
        if row is not None:
            return row.name or school.settings.school_name
    return school.settings.school_name


def schools_of(school: School) -> list[SchoolShown]:
    """All schools of the installation, by name."""
    with reading(school.engine) as session:
        found = [_shown(school, row) for row in session.scalars(select(DistrictSchool))]
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def at_school_of(school: School, member: StaffMember, chosen: str | None = None) -> School:
    """The school that this account works at; of a district's account, the one that it chose, or the first."""
    with reading(school.engine) as session:
        row = session.get(DistrictSchool, member.school_id) if member.school_id else None
        if member.school_id is None:
            row = session.get(DistrictSchool, chosen) if chosen else None
        found = (row.id, row.name) if row else None
    if found is None:
        first = schools_of(school)[0]
        found = (first.id, first.name)
    return school.at(*found)


def add_school(school: School, by: StaffMember | None, name: str, *, now: datetime) -> str:
    """The new school's id; by nobody on the console. NotPermitted; NotReady("name", "name_taken")."""
    _allow(by)
    with writing(school.engine) as session:
        row = DistrictSchool(name=_fit(school, session, name))
        session.add(row)
        session.flush()
        record(session, now, by.account if by else "console", "school_added", row.id)
        return row.id


def rename_school(school: School, by: StaffMember, school_id: str, name: str, *, now: datetime) -> None:
    """Call it something else, on every page that is made from now on. NotPermitted, NotFound; NotReady as above."""
    _allow(by)
    with writing(school.engine) as session:
        row = session.get(DistrictSchool, school_id)
        if row is None:
            raise NotFound(school_id)
        row.name = _fit(school, session, name, row)
        record(session, now, by.account, "school_renamed", row.id)


def is_of_district(by: StaffMember) -> bool:
    """Whether the account works for all schools of the district."""
    return by.school_id is None


def may_see_all(school: School, by: StaffMember) -> bool:
    """Whether what is about the whole installation may be handed to the account: its school is the only one, or all."""
    return is_of_district(by) or len(schools_of(school.whole)) == 1


def _allow(by: StaffMember | None) -> None:
    if by is None:
        return
    allow(by, Action.KEEP_SCHOOLS)
    if not is_of_district(by):
        raise NotFound(by.id)


def _fit(school: School, session: Session, name: str, itself: DistrictSchool | None = None) -> str:
    said = " ".join(name.split())
    if not 0 < len(said) <= LONGEST_NAME:
        raise NotReady("name")
    others = [_shown(school, row).name for row in session.scalars(select(DistrictSchool)) if row is not itself]
    if said.casefold() in {other.casefold() for other in others}:
        raise NotReady("name_taken")
    return said


def _shown(school: School, row: DistrictSchool) -> SchoolShown:
    return SchoolShown(row.id, row.name or school.settings.school_name)
