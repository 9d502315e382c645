"""The report of a month to the privacy officer: what was asked, counted and deleted, who took what, and the proofs.

All of it is read from the list of what staff did, so that the same month says the same whenever it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.i18n import Catalogue
from feedback.models import AuditEntry, Round
from feedback.operations.errors import NotFound
from feedback.operations.heads import DayHead, head_until
from feedback.operations.reports.kinds.kind import Mark, Report, Room
from feedback.operations.school import School

#: Section -> the actions that are counted in it. One that this version never records is counted as none, and left out.
SECTIONS = {
    "taken": ("release_exported", "audit_exported", "pilot_document_asked_for", "letter_written", "audit_pack_taken"),
    "refused": ("refused", "sign_in_failed", "passphrase_wrong", "second_yes_declined"),
    "accounts": (
        "staff_added",
        "staff_disabled",
        "staff_enabled",
        "staff_languages_set",
        "roles_changed",
        "account_invited",
        "account_disabled",
        "account_enabled",
        "factor_set",
        "factor_removed",
        "recovery_used",
    ),
    "incidents": ("incident_noted", "incident_added_to"),
    "backups": ("backup_made", "restored", "restore_drilled", "upgraded"),
}


@dataclass(frozen=True, slots=True)
class Deleted:
    """In how many rounds something was deleted; never how many rows."""

    comments: int
    figures: int
    boxes: int


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof that came to its end: `held` of `of` lines."""

    on: date
    what: str
    held: int
    of: int


@dataclass(frozen=True, slots=True)
class MonthPage:
    """What the report says. `month`: the first day, `released_on`: the last; `sections`: name -> (action, how many)."""

    school: str
    month: date
    opened: int
    counted: int
    deleted: Deleted
    sections: dict[str, tuple[tuple[str, int], ...]]
    proved: tuple[Proved, ...]
    head: DayHead | None
    released_on: date
    marks: tuple[Mark, ...] = ()
    release: str = ""


def month_page(session: Session, school: School, about: str, _language: str) -> MonthPage:
    """The facts of a month, such as "2026-10". NotFound for what is no month."""
    first = first_of(about)
    last = next_month(first) - timedelta(days=1)
    here = (AuditEntry.at >= _begins(school, first), AuditEntry.at < _begins(school, last + timedelta(days=1)))
    by_action = select(AuditEntry.action, func.count()).where(*here).group_by(AuditEntry.action)
    times = {action: number for action, number in session.execute(by_action)}  # noqa: C416 - rows, not pairs
    rows = session.execute(
        select(AuditEntry).where(*here, AuditEntry.action.in_(("purged", "proof_ended"))).order_by(AuditEntry.number)
    ).scalars()
    kept = rows.all()
    return MonthPage(
        school=school.settings.school_name,
        month=first,
        opened=times.get("round_opened", 0) + times.get("ticket_opened", 0),
        counted=_counted(session, first, last),
        deleted=_deleted([row for row in kept if row.action == "purged"]),
        sections={
            name: tuple((action, times[action]) for action in actions if times.get(action))
            for name, actions in SECTIONS.items()
        },
        proved=tuple(_proved(school, row) for row in kept if row.action == "proof_ended"),
        head=head_until(school, last),
        released_on=last,
    )


def first_of(about: str) -> date:
    """The first day of "2026-10". NotFound."""
    try:
        return datetime.strptime(about, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as unreadable:
        raise NotFound(about) from unreadable


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _counted(session: Session, first: date, last: date) -> int:
    counted = select(func.count()).select_from(Round).where(Round.counted_on.between(first, last), ~Round.sample)
    return session.scalar(counted) or 0


def _deleted(rows: Sequence[AuditEntry]) -> Deleted:
    rounds = {name: {row.object_id for row in rows if row.facts.get(name)} for name in ("comments", "tallies", "boxes")}
    return Deleted(len(rounds["comments"]), len(rounds["tallies"]), len(rounds["boxes"]))


def _proved(school: School, row: AuditEntry) -> Proved:
    return Proved(school.settings.day_of(row.at), row.facts["what"], row.facts["held"], row.facts["of"])


def _begins(school: School, day: date) -> datetime:
    """The moment, UTC and naive, at which a day of the school begins."""
    return datetime.combine(day, time(), school.settings.zone).astimezone(UTC).replace(tzinfo=None)


MONTH = Report(
    kind="month",
    scope="school",
    catalogue=Catalogue.STAFF,
    facts=month_page,
    sides=2,
    rooms=(Room("plain"), Room("snug")),
    template="officer/month/sheet.html",
    folder="officer",
)
