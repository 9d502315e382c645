"""Pilots: making one, changing one, and the criteria that are locked when its first round opens."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from feedback.db import reading, writing
from feedback.models import Pilot, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.pilots.amendments import LOCKED, agreed, agreed_now, amend, changed_parts
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
#: Beside the criterion that decides.
MOST_SECONDARY = 4


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """Everything a pilot says about itself.

    `criterion`, and each of `secondary`: {question, cells, target (percent), minimum_voices}. `planned_dose`:
    {sessions, minutes} a week, or {}.
    """

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
    secondary: list[dict[str, Any]] = field(default_factory=list)
    planned_dose: dict[str, int] = field(default_factory=dict)
    proposed_by: str = ""
    standing: bool = False
    sample: bool = False

    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing or wrong, in the order of the form; empty if the plan is whole.

        "secondary_0" is the first secondary criterion, and "secondary_0_again" asks what another one asks.
        """
        checks = {
            "words": bool(self.words)
            and all(all(said.get(part, "").strip() for part in PUBLIC_WORDS) for said in self.words.values()),
            "goal": self.goal in GOALS,
            "goal_sentence": bool(self.goal_sentence.strip()),
            "hypothesis": is_hypothesis(self.hypothesis),
            "criterion": is_criterion(self.criterion),
            **self._secondary_checks(),
            "also_changing": len(self.also_changing) <= MOST_OTHER_CHANGES,
            "dates": self.starts_on <= self.ends_on,
            "owner_role": bool(self.owner_role.strip()),
            "exit_plan": bool(self.exit_plan.strip()),
        }
        return tuple(name for name, fine in checks.items() if not fine)

    def _secondary_checks(self) -> dict[str, bool]:
        checks = {"secondary": len(self.secondary) <= MOST_SECONDARY}
        asked = {self.criterion.get("question")}
        for number, criterion in enumerate(self.secondary):
            checks[f"secondary_{number}"] = is_criterion(criterion)
            checks[f"secondary_{number}_again"] = criterion.get("question") not in asked
            asked.add(criterion.get("question"))
        return checks


def create_pilot(school: School, by: StaffMember, plan: PilotPlan, *, now: datetime) -> str:
    """A new pilot's id: a draft, unless it is the school's standing one. NotPermitted; NotReady with `missing`."""
    allow(by, Action.CHANGE_PILOTS)
    _refuse_incomplete(plan)
    with writing(school.engine) as session:
        pilot = Pilot(owner_id=by.id, **_columns(plan), state="collecting" if plan.standing else "draft")
        session.add(pilot)
        session.flush()
        record(session, now, by.account, "pilot_created", pilot.id)
        return pilot.id


def change_pilot(
    school: School, by: StaffMember, pilot_id: str, plan: PilotPlan, *, now: datetime, reason: str = ""
) -> bool:
    """Change a pilot; whether its approval lapsed with that, so that it waits for a new yes.

    From the first opening on a change of what was agreed needs a `reason`, else NotReady("reason"): it is an amendment,
    and the criteria stay as they were locked. WrongState("pilot_archived").
    """
    _refuse_incomplete(plan)
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        allow(by, Action.CHANGE_PILOTS, pilot)
        if pilot.state == "archived":
            raise WrongState("pilot_archived")
        columns = _columns(plan)
        lapses = pilot.state == "approved" and any(getattr(pilot, name) != columns[name] for name in columns)
        if pilot.criterion_hash is not None:
            on = school.settings.day_of(now)
            amend(session, pilot.id, _amendments(session, pilot, plan, reason), reason, by_id=by.id, on=on)
            columns.update({name: getattr(pilot, name) for name in LOCKED})
        columns["standing"] = _may_stand(pilot, plan)
        was_standing = pilot.standing
        for name, value in columns.items():
            setattr(pilot, name, value)
        if lapses or pilot.standing != was_standing:
            _begin_anew(pilot)
        record(session, now, by.account, "pilot_changed", pilot.id, state=pilot.state)
        return lapses


def plan_of(school: School, by: StaffMember, pilot_id: str) -> PilotPlan:
    """What a pilot says now, its criteria as they were last amended. NotFound where this account may not see it."""
    pilot = pilot_for(school, by, pilot_id)
    with reading(school.engine) as session:
        now = agreed_now(session, pilot)
    return PilotPlan(**{**_columns(pilot), **{name: now[name] for name in LOCKED}})


def lock_criterion(pilot: Pilot, today: date) -> None:
    """From the first round's opening on the criteria stand, with their hash and the day."""
    if pilot.criterion_hash is None:
        pilot.criterion_hash = criterion_hash(pilot.criterion, pilot.secondary)
        pilot.criterion_locked_on = today


def criterion_hash(criterion: dict[str, Any], secondary: Sequence[dict[str, Any]] = ()) -> str:
    """SHA-256 of the canonical criterion, in hex; together with the secondary ones, where there are any."""
    locked = {"criterion": criterion, "secondary": list(secondary)} if secondary else criterion
    return sha256(json.dumps(locked, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


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


def is_hypothesis(hypothesis: dict[str, str]) -> bool:
    """Whether all four of its parts are said."""
    return all(hypothesis.get(part, "").strip() for part in HYPOTHESIS)


def is_criterion(criterion: dict[str, Any]) -> bool:
    """Whether it names a question, the answers that count, a target in percent, and how many voices it needs."""
    return (
        bool(criterion.get("question"))
        and bool(criterion.get("cells"))
        and 1 <= int(criterion.get("target") or 0) <= 99
        and int(criterion.get("minimum_voices") or 0) >= 1
    )


def _refuse_incomplete(plan: PilotPlan) -> None:
    if missing := plan.missing():
        raise NotReady(*missing)


def _columns(plan: Any) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PilotPlan.__dataclass_fields__}


def _amendments(session: Session, pilot: Pilot, plan: PilotPlan, reason: str) -> dict[str, tuple[Any, Any]]:
    before, after = agreed_now(session, pilot), agreed(plan)
    changed = changed_parts(before, after)
    if changed and not reason.strip():
        raise NotReady("reason")
    return {part: (before[part], after[part]) for part in changed}


def _may_stand(pilot: Pilot, plan: PilotPlan) -> bool:
    """Whether it is the standing pilot from now on. Nobody says yes to that one, so it is no way round a second yes."""
    if pilot.criterion_hash is None:
        return plan.standing
    return pilot.standing if pilot.state != "collecting" or pilot.approved_on is None else plan.standing


def _begin_anew(pilot: Pilot) -> None:
    """Before anybody was asked an approval lapses with the plan that it was for, and a standing pilot needs none."""
    if pilot.criterion_hash is None:
        pilot.approved_on = pilot.approved_by_id = None
        pilot.state = "collecting" if pilot.standing else "draft"
