"""What no one person does alone: somebody asks, somebody else agrees, and whoever asked does it, once.

Which deeds these are follows the two-person rules that schools' auditors ask for: asking less of the rules, deleting
before the day, taking a hold off, restoring a backup, and giving an account a role that sees more.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Approval, StaffMember
from feedback.operations.errors import NotFound, NotPermitted, NotReady, SecondPersonNeeded, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from forms.wording import N_

#: Days after which what was asked for, or agreed to, holds no longer.
DAYS_IT_HOLDS = 14
LONGEST_REASON = 500


class Deed(StrEnum):
    """What needs two people."""

    EASE_RULES = "ease_rules"
    DELETE_EARLY = "delete_early"
    LIFT_HOLD = "lift_hold"
    RESTORE = "restore"
    GIVE_ROLES = "give_roles"


DEED_NAMES = {
    Deed.EASE_RULES: N_("Ask for less than the rules do now"),
    Deed.DELETE_EARLY: N_("Delete before the day"),
    Deed.LIFT_HOLD: N_("Take a hold off"),
    Deed.RESTORE: N_("Put a backup back"),
    Deed.GIVE_ROLES: N_("Give an account more roles"),
}
#: Deed -> (roles that may ask, roles that may agree). Whoever agrees is never the one who asked.
WHO: dict[Deed, tuple[frozenset[str], frozenset[str]]] = {
    Deed.EASE_RULES: (frozenset({"officer"}), frozenset({"officer", "administrator", "lead"})),
    Deed.DELETE_EARLY: (frozenset({"lead", "officer"}), frozenset({"officer", "lead"})),
    Deed.LIFT_HOLD: (frozenset({"officer"}), frozenset({"officer", "lead"})),
    Deed.RESTORE: (frozenset({"administrator"}), frozenset({"officer"})),
    Deed.GIVE_ROLES: (frozenset({"administrator"}), frozenset({"officer", "administrator"})),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for, as a page shows it. `is_mine`: by this account; `may_answer`: it may say yes or no."""

    id: str
    deed: Deed
    object_id: str
    facts: dict[str, Any]
    reason: str
    state: str
    asked_by: str
    asked_on: date
    answered_by: str
    is_mine: bool
    may_answer: bool


def may_ask(by: StaffMember, deed: Deed) -> bool:
    """Whether this account may ask for it."""
    return bool(by.roles & WHO[deed][0])


def may_agree(by: StaffMember, deed: Deed) -> bool:
    """Whether this account may say yes to what another account asked for."""
    return bool(by.roles & WHO[deed][1])


def ask(
    school: School,
    by: StaffMember,
    deed: Deed,
    object_id: str,
    *,
    reason: str,
    facts: dict[str, Any] | None = None,
    now: datetime,
) -> str:
    """Ask for a deed; the id of what waits. NotPermitted; NotReady("reason") without one, or with a very long one."""
    if not may_ask(by, deed):
        raise NotPermitted(deed)
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise NotReady("reason")
    with writing(school.engine) as session:
        asked = Approval(
            deed=deed,
            object_id=object_id,
            facts=dict(facts or {}),
            reason=why,
            asked_by_id=by.id,
            asked_on=school.settings.day_of(now),
        )
        session.add(asked)
        session.flush()
        record(session, now, by.account, "second_yes_asked_for", asked.id, deed=deed, object=object_id)
        return asked.id


def agree(school: School, by: StaffMember, approval_id: str, *, now: datetime) -> None:
    """Say yes. SecondPersonNeeded for whoever asked, NotPermitted, NotFound, or WrongState for what waits no more."""
    _answer(school, by, approval_id, "agreed", now=now)


def decline(school: School, by: StaffMember, approval_id: str, *, now: datetime) -> None:
    """Say no. The same refusals as `agree`."""
    _answer(school, by, approval_id, "declined", now=now)


def withdraw(school: School, by: StaffMember, approval_id: str, *, now: datetime) -> None:
    """Take back what one asked for oneself. NotFound for somebody else's, WrongState where it was used."""
    with writing(school.engine) as session:
        asked = session.get(Approval, approval_id)
        if asked is None or asked.asked_by_id != by.id:
            raise NotFound(approval_id)
        if asked.state not in ("asked", "agreed"):
            raise WrongState(approval_id)
        asked.state = "withdrawn"
        record(session, now, by.account, "second_yes_withdrawn", asked.id, deed=asked.deed)


def open_requests(school: School, by: StaffMember, *, now: datetime) -> list[Asked]:
    """What waits, or was agreed to and not yet done, as far as it concerns this account; the newest first."""
    since = school.settings.day_of(now) - timedelta(days=DAYS_IT_HOLDS)
    with reading(school.engine) as session:
        rows = session.scalars(
            select(Approval)
            .where(Approval.state.in_(("asked", "agreed")), Approval.asked_on >= since)
            .order_by(Approval.asked_on.desc(), Approval.id)
        )
        names = {member.id: member.account for member in session.scalars(select(StaffMember))}
        found = [_asked(row, by, names) for row in rows]
    return [each for each in found if each.is_mine or each.may_answer]


def find_agreed(school: School, by: StaffMember, approval_id: str, deed: Deed, *, now: datetime) -> Asked:
    """What this account asked for and somebody else agreed to, to be done now. NotFound, SecondPersonNeeded."""
    for asked in open_requests(school, by, now=now):
        if asked.id == approval_id and asked.is_mine and asked.deed == deed:
            if asked.state != "agreed":
                raise SecondPersonNeeded(approval_id)
            return asked
    raise NotFound(approval_id)


def use(session: Session, deed: Deed, object_id: str, facts: dict[str, Any] | None = None, *, today: date) -> Approval:
    """Take up a yes inside the transaction of the deed itself; it is used then, and holds for nothing else.

    SecondPersonNeeded unless somebody agreed, in the last `DAYS_IT_HOLDS` days, to exactly this.
    """
    since = today - timedelta(days=DAYS_IT_HOLDS)
    agreed = session.scalars(
        select(Approval).where(
            Approval.deed == deed,
            Approval.object_id == object_id,
            Approval.state == "agreed",
            Approval.asked_on >= since,
        )
    )
    for approval in agreed:
        if approval.facts == dict(facts or {}):
            approval.state = "used"
            return approval
    raise SecondPersonNeeded(object_id)


def _answer(school: School, by: StaffMember, approval_id: str, state: str, *, now: datetime) -> None:
    today = school.settings.day_of(now)
    with writing(school.engine) as session:
        asked = session.get(Approval, approval_id)
        if asked is None:
            raise NotFound(approval_id)
        if asked.asked_by_id == by.id:
            raise SecondPersonNeeded(approval_id)
        if not may_agree(by, Deed(asked.deed)):
            raise NotPermitted(asked.deed)
        if asked.state != "asked" or asked.asked_on < today - timedelta(days=DAYS_IT_HOLDS):
            raise WrongState(approval_id)
        asked.state, asked.answered_by_id, asked.answered_on = state, by.id, today
        action = "second_yes_agreed" if state == "agreed" else "second_yes_declined"
        record(session, now, by.account, action, asked.id, deed=asked.deed, object=asked.object_id)


def _asked(row: Approval, by: StaffMember, names: dict[str, str]) -> Asked:
    is_mine = row.asked_by_id == by.id
    return Asked(
        id=row.id,
        deed=Deed(row.deed),
        object_id=row.object_id,
        facts=dict(row.facts),
        reason=row.reason,
        state=row.state,
        asked_by=names.get(row.asked_by_id, ""),
        asked_on=row.asked_on,
        answered_by=names.get(row.answered_by_id or "", ""),
        is_mine=is_mine,
        may_answer=not is_mine and row.state == "asked" and may_agree(by, Deed(row.deed)),
    )
