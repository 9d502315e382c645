"""Pilots: making one, changing one, and the criterion that is locked when its first round opens."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from feedback.db import reading, writing
from feedback.models import Pilot, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action, Reach, reach

GOALS = ("engagement", "equity", "achievement")
PUBLIC_WORDS = ("title", "trying", "why", "promise")
#: Whom to tell if something is wrong, in plain lines: people and places near the school. A language may do without.
CONTACTS = "contacts"
HYPOTHESIS = ("change", "result", "date", "reason")
MOST_OTHER_CHANGES = 3


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """Everything a pilot says about itself. `criterion`: {question, cells, target (percent), minimum_voices}."""

    words: dict[str, dict[str, str]]
    goal: str
    goal_sentence: str
    hypothesis: dict[str, str]
    criterion: dict[str, Any]
    also_changing: list[str]
    starts_on: date
    ends_on: date
    owner_role: str
    exit_plan: str
    standing: bool = False
    sample: bool = False

    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing or wrong, in the order of the form; empty if the plan is whole."""
        checks = {
            "words": bool(self.words)
            and all(all(said.get(part, "").strip() for part in PUBLIC_WORDS) for said in self.words.values()),
            "goal": self.goal in GOALS,
            "goal_sentence": bool(self.goal_sentence.strip()),
            "hypothesis": all(self.hypothesis.get(part, "").strip() for part in HYPOTHESIS),
            "criterion": _is_criterion(self.criterion),
            "also_changing": len(self.also_changing) <= MOST_OTHER_CHANGES,
            "dates": self.starts_on <= self.ends_on,
            "owner_role": bool(self.owner_role.strip()),
            "exit_plan": bool(self.exit_plan.strip()),
        }
        return tuple(name for name, fine in checks.items() if not fine)


def create_pilot(school: School, by: StaffMember, plan: PilotPlan, *, now: datetime) -> str:
    """A new pilot's id. NotPermitted; NotReady with the codes of `PilotPlan.missing`."""
    allow(by, Action.CHANGE_PILOTS)
    _refuse_incomplete(plan)
    with writing(school.engine) as session:
        pilot = Pilot(owner_id=by.id, **_columns(plan))
        session.add(pilot)
        session.flush()
        record(session, now, by.account, "pilot_created", pilot.id)
        return pilot.id


def change_pilot(school: School, by: StaffMember, pilot_id: str, plan: PilotPlan, *, now: datetime) -> None:
    """Change a pilot. WrongState where the plan's criterion differs from one that is locked."""
    _refuse_incomplete(plan)
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        allow(by, Action.CHANGE_PILOTS, pilot)
        if pilot.criterion_hash and pilot.criterion_hash != criterion_hash(plan.criterion):
            raise WrongState("criterion_locked")
        for name, value in _columns(plan).items():
            setattr(pilot, name, value)
        record(session, now, by.account, "pilot_changed", pilot.id)


def lock_criterion(pilot: Pilot, today: date) -> None:
    """From the first round's opening on the criterion stands, with its hash and the day."""
    if pilot.criterion_hash is None:
        pilot.criterion_hash = criterion_hash(pilot.criterion)
        pilot.criterion_locked_on = today


def criterion_hash(criterion: dict[str, Any]) -> str:
    """SHA-256 of the canonical criterion, in hex."""
    return sha256(json.dumps(criterion, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def pilots_of(school: School, by: StaffMember) -> list[Pilot]:
    """The pilots this account may see, with the rounds it may see, newest first; detached."""
    allow(by, Action.SEE_PILOTS)
    with reading(school.engine) as session:
        found = list(
            session.scalars(select(Pilot).options(selectinload(Pilot.rounds)).order_by(Pilot.starts_on.desc()))
        )
        session.expunge_all()
    if reach(Action.SEE_PILOTS, by.roles) is Reach.EVERYTHING:
        return found
    for pilot in found:
        # Detached, so that this changes what is seen and not what is stored.
        set_committed_value(pilot, "rounds", [round_ for round_ in pilot.rounds if round_.owner_id == by.id])
    return [pilot for pilot in found if pilot.owner_id == by.id or pilot.rounds]


def pilot_for(school: School, by: StaffMember, pilot_id: str) -> Pilot:
    """One pilot with its rounds, detached; NotFound where this account may not see it."""
    for pilot in pilots_of(school, by):
        if pilot.id == pilot_id:
            return pilot
    raise NotFound(pilot_id)


def find_pilot(session: Session, pilot_id: str) -> Pilot:
    """The pilot with this id; NotFound."""
    pilot = session.get(Pilot, pilot_id)
    if pilot is None:
        raise NotFound(pilot_id)
    return pilot


def _refuse_incomplete(plan: PilotPlan) -> None:
    if missing := plan.missing():
        raise NotReady(*missing)


def _is_criterion(criterion: dict[str, Any]) -> bool:
    return (
        bool(criterion.get("question"))
        and bool(criterion.get("cells"))
        and 1 <= int(criterion.get("target") or 0) <= 99
        and int(criterion.get("minimum_voices") or 0) >= 1
    )


def _columns(plan: PilotPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PilotPlan.__dataclass_fields__}
