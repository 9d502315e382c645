"""The last restore drill, as the officer's page shows it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import AuditEntry
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class LastDrill:
    """The last drill as the officer's page shows it."""

    day: date
    file: str
    is_well: bool


def last_drill(school: School) -> LastDrill | None:
    """The last drill; None where there was none yet."""
    with reading(school.engine) as session:
        return drill_in(session, school)


def drill_in(session: Session, school: School) -> LastDrill | None:
    """The same inside a transaction."""
    newest = select(AuditEntry).where(AuditEntry.action == "restore_drilled").order_by(AuditEntry.number.desc())
    found = session.scalar(newest.limit(1))
    if found is None:
        return None
    return LastDrill(school.settings.day_of(found.at), found.object_id, not found.facts["wrong"])
