"""The access review: every account with its roles, when it was last used, and what it took away."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import AuditEntry, StaffMember
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: Days that a review looks back on.
DAYS_LOOKED_BACK = 90
#: Actions that take figures or words out of the service.
_TAKEN_AWAY = ("release_exported",)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One account. `last_used`: the day of its last sign-in, None for never; `exports` of the last 90 days.

    `has_second_factor` is None where this installation knows of none.
    """

    id: str
    account: str
    roles: frozenset[str]
    is_disabled: bool
    of_district: bool
    last_used: date | None
    has_second_factor: bool | None
    exports: int


def review_access(school: School, by: StaffMember, *, now: datetime) -> list[Reviewed]:
    """The accounts that this school has, and the district's, by name. NotPermitted."""
    allow(by, Action.SEE_ACCESS)
    with reading(school.engine) as session:
        return reviewed(session, school, since=now - timedelta(days=DAYS_LOOKED_BACK))


def reviewed(session: Session, school: School, *, since: datetime | None) -> list[Reviewed]:
    """The same inside a session; exports count from `since` on (UTC and naive), or all."""
    used = select(AuditEntry.account, func.max(AuditEntry.at)).where(AuditEntry.action == "signed_in")
    last = {row[0]: row[1] for row in session.execute(used.group_by(AuditEntry.account))}
    away = select(AuditEntry.account).where(AuditEntry.action.in_(_TAKEN_AWAY))
    if since is not None:
        away = away.where(AuditEntry.at >= since)
    exports = Counter(session.scalars(away))
    rows = session.scalars(select(StaffMember).order_by(StaffMember.account)).all()
    return [
        Reviewed(
            id=row.id,
            account=row.account,
            roles=row.roles,
            is_disabled=row.is_disabled,
            of_district=row.school_id is None,
            last_used=school.settings.day_of(last[row.account]) if row.account in last else None,
            has_second_factor=_second_factor(row),
            exports=exports[row.account],
        )
        for row in rows
    ]


def _second_factor(row: StaffMember) -> bool | None:
    """Asked of the row's columns, so that an installation without such a column says that it does not know."""
    key = row.__table__.columns.get("app_key")
    return None if key is None else getattr(row, key.name) is not None
