"""Reports of months: read by the privacy officer, asked for as PDFs, and kept as they were rendered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import AuditEntry, MonthReport, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.reports.kinds.kind import hash_of
from feedback.operations.reports.kinds.month import MONTH, MonthPage, first_of, month_page
from feedback.operations.reports.report import MOST_TRIES
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: Months that are offered, the newest first.
_OFFERED = 24


@dataclass(frozen=True, slots=True)
class MonthTold:
    """What a report says, and `of`: the SHA-256 over all of it in this language."""

    page: MonthPage
    of: str


def months(school: School, by: StaffMember, *, now: datetime) -> list[date]:
    """The first days of the months that are over and in which something was done, the newest first. NotPermitted."""
    allow(by, Action.SEE_AUDIT)
    with reading(school.engine) as session:
        begun = session.scalar(select(AuditEntry.at).order_by(AuditEntry.number).limit(1))
    found: list[date] = []
    month = school.settings.day_of(now).replace(day=1)
    while begun is not None and len(found) < _OFFERED:
        month = (month - timedelta(days=1)).replace(day=1)
        if month < school.settings.day_of(begun).replace(day=1):
            break
        found.append(month)
    return found


def read_month(school: School, by: StaffMember, about: str, *, now: datetime) -> MonthPage:
    """What the report of "2026-10" says. NotPermitted; NotFound for a month that is not over."""
    allow(by, Action.SEE_AUDIT)
    if first_of(about) >= school.settings.day_of(now).replace(day=1):
        raise NotFound(about)
    with reading(school.engine) as session:
        return month_page(session, school, about, "")


def month_state(school: School, by: StaffMember, about: str, language: str) -> str:
    """ "made", "asked", "failed" or "none". NotPermitted."""
    allow(by, Action.SEE_AUDIT)
    with reading(school.engine) as session:
        row = session.get(MonthReport, (first_of(about), language))
        if row is None:
            return "none"
        if row.body is not None:
            return "made" if row.of == _told(session, school, about, language).of else "none"
        return "asked" if row.tries < MOST_TRIES else "failed"


def ask_for_month(school: School, by: StaffMember, about: str, language: str, *, now: datetime) -> None:
    """Note that the PDF is wanted. NotPermitted, NotFound."""
    read_month(school, by, about, now=now)
    with writing(school.engine) as session:
        session.merge(MonthReport(month=first_of(about), language=language, of="", sha256="", body=None, tries=0))


def month_file(school: School, by: StaffMember, about: str, language: str) -> bytes:
    """The PDF. NotPermitted; NotFound while there is none."""
    allow(by, Action.SEE_AUDIT)
    with reading(school.engine) as session:
        row = session.get(MonthReport, (first_of(about), language))
        if row is None or row.body is None:
            raise NotFound(about)
        return row.body


def month_facts(school: School, about: str, language: str) -> MonthTold:
    """What it says; for commands, which act for the installation. Counts one more try. NotFound."""
    with writing(school.engine) as session:
        row = session.get(MonthReport, (first_of(about), language))
        if row is not None:
            row.tries += 1
    with reading(school.engine) as session:
        return _told(session, school, about, language)


def keep_month(school: School, about: str, language: str, told: MonthTold, body: bytes) -> None:
    """Store the PDF."""
    kept = MonthReport(month=first_of(about), language=language, of=told.of, body=body, tries=0)
    kept.sha256 = sha256(body).hexdigest()
    with writing(school.engine) as session:
        session.merge(kept)


def months_asked_for(session: Session) -> list[tuple[str, str]]:
    """(month, language) of PDFs that are still to be made."""
    asked = select(MonthReport).where(MonthReport.body.is_(None), MonthReport.tries < MOST_TRIES)
    return [(f"{row.month:%Y-%m}", row.language) for row in session.scalars(asked)]


def _told(session: Session, school: School, about: str, language: str) -> MonthTold:
    page = month_page(session, school, about, language)
    return MonthTold(page, hash_of(MONTH, page, language))
