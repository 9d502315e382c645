"""A pilot's life: approved by a second person, collecting, frozen, reflecting, decided, archived; only legal moves."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Pilot, StaffMember
from feedback.operations.errors import NotReady, SecondPersonNeeded, WrongState
from feedback.operations.pilots.pilot import find_pilot, is_criterion, is_hypothesis, lock_criterion
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action, reach
from feedback.privacy.pilot_states import may_move

#: State -> the audit chain's name for getting there. The other two are changes of the plan's standing.
_ACTIONS = {state: f"pilot_{state}" for state in ("approved", "frozen", "reflecting", "decided", "archived")}


def approve(school: School, by: StaffMember, pilot_id: str, *, now: datetime) -> None:
    """The privacy officer's yes to a draft. SecondPersonNeeded("pilot") for whoever owns it; WrongState."""
    allow(by, Action.APPROVE_PILOTS)
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        if pilot.owner_id == by.id:
            raise SecondPersonNeeded("pilot")
        move(session, pilot, "approved", account=by.account, now=now)
        pilot.approved_on, pilot.approved_by_id = school.settings.day_of(now), by.id


def waiting_for_approval(school: School, by: StaffMember) -> list[Pilot]:
    """The drafts that this account can say yes to, the oldest first; detached. Empty for whoever approves nothing."""
    if reach(Action.APPROVE_PILOTS, by.roles) is None:
        return []
    with reading(school.engine) as session:
        # "Is not", because a pilot whose owner is gone belongs to nobody.
        others = Pilot.owner_id.is_distinct_from(by.id)
        found = session.scalars(
            select(Pilot).where(Pilot.state == "draft", others).order_by(Pilot.starts_on, Pilot.id)
        ).all()
        session.expunge_all()
    return list(found)


def begin_collecting(session: Session, pilot: Pilot, *, account: str, now: datetime, today: date) -> None:
    """A round opens, or is filled: the first one locks what was agreed and ends the time of planning.

    NotReady names what the plan lacks: "hypothesis", "criterion", "approval".
    """
    refuse_unready(pilot)
    lock_criterion(pilot, today)
    if pilot.state == "approved":
        move(session, pilot, "collecting", account=account, now=now)


def refuse_unready(pilot: Pilot) -> None:
    """NotReady, or WrongState("pilot_archived"), where nobody may be asked about this pilot."""
    if missing := lacks(pilot):
        raise NotReady(*missing)
    if pilot.state == "archived":
        raise WrongState("pilot_archived")


def lacks(pilot: Pilot) -> tuple[str, ...]:
    """Codes of what a pilot lacks before anybody may be asked."""
    checks = {
        "hypothesis": is_hypothesis(pilot.hypothesis),
        "criterion": is_criterion(pilot.criterion),
        "approval": pilot.standing or pilot.state != "draft",
    }
    return tuple(code for code, fine in checks.items() if not fine)


def archive(school: School, by: StaffMember, pilot_id: str, *, now: datetime) -> None:
    """Put a decided pilot away; or withdraw one that nobody was asked about. WrongState."""
    with writing(school.engine) as session:
        pilot = _mine(session, by, pilot_id)
        move(session, pilot, "archived", account=by.account, now=now, withdrawn=pilot.state in ("draft", "approved"))


def move(session: Session, pilot: Pilot, to: str, *, account: str, now: datetime, **facts: Any) -> None:
    """Move a pilot within the caller's transaction, and record it. WrongState("pilot_" and its state) if illegal."""
    if not may_move(pilot.state, to, standing=pilot.standing):
        raise WrongState("pilot_standing" if pilot.standing else f"pilot_{pilot.state}")
    pilot.state = to
    if to in _ACTIONS:
        record(session, now, account, _ACTIONS[to], pilot.id, **facts)
    else:
        record(session, now, account, "pilot_changed", pilot.id, state=to, **facts)


def _mine(session: Session, by: StaffMember, pilot_id: str) -> Pilot:
    pilot = find_pilot(session, pilot_id)
    allow(by, Action.CHANGE_PILOTS, pilot)
    return pilot
