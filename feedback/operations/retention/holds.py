"""Legal holds: the officer places one alone and takes it off only with a second person's yes.

While one stands, nothing of what it is on is deleted: not by date, not before it, not by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Hold, Pilot, RollUp, Round, StaffMember
from feedback.operations import two_people
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

SCOPES = ("round", "pilot", "all")
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class HoldSeen:
    """A hold as a page shows it. `name` is the title of the round or pilot, "" for everything."""

    id: str
    scope: str
    name: str
    reason: str
    basis: str
    placed_by: str
    placed_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """What the holds that stand are on: ids of rounds and pilots; `everything` where one is on all."""

    everything: bool
    rounds: frozenset[str]
    #: Pilots with a hold on them.
    pilots: frozenset[str]
    #: Pilots of which a round is held, and rounds that are summed with a held one: what is made of both goes with
    #: neither.
    touched_pilots: frozenset[str]
    summed: frozenset[str]

    def voices_of(self, round_: Round) -> bool:
        """Whether the round's own box, slips and comments are held."""
        return self.everything or round_.id in self.rounds or round_.pilot_id in self.pilots

    def results_of(self, round_: Round) -> bool:
        """Whether its figures are; with them goes what was made of its pilot's other rounds, and of sums."""
        return self.voices_of(round_) or round_.pilot_id in self.touched_pilots or round_.id in self.summed


def holds_that_stand(session: Session) -> Held:
    """What may not be deleted now."""
    standing = session.scalars(select(Hold).where(Hold.lifted_on.is_(None))).all()
    rounds = {each.object_id for each in standing if each.scope == "round"}
    pilots = frozenset(each.object_id for each in standing if each.scope == "pilot")
    touched = set(session.scalars(select(Round.pilot_id).where(Round.id.in_(rounds))))
    of_pilots = set(session.scalars(select(Round.id).where(Round.pilot_id.in_(pilots))))
    return Held(
        everything=any(each.scope == "all" for each in standing),
        rounds=frozenset(rounds),
        pilots=pilots,
        touched_pilots=frozenset(touched),
        summed=frozenset(_summed_with(session, rounds | of_pilots)),
    )


def place_hold(
    school: School, by: StaffMember, scope: str, object_id: str, *, reason: str, basis: str, now: datetime
) -> str:
    """Place a hold; its id. NotFound for what is not there, NotReady("reason", "basis") for what is missing."""
    allow(by, Action.PURGE)
    said = {"reason": reason.strip(), "basis": basis.strip()}
    if missing := [name for name, text in said.items() if not text or len(text) > LONGEST_REASON]:
        raise NotReady(*missing)
    with writing(school.engine) as session:
        _refuse_unknown(session, scope, object_id)
        hold = Hold(scope=scope, object_id=object_id, placed_by_id=by.id, placed_on=school.settings.day_of(now), **said)
        session.add(hold)
        session.flush()
        record(session, now, by.account, "hold_placed", hold.id, scope=scope, object=object_id)
        return hold.id


def ask_to_lift(school: School, by: StaffMember, hold_id: str, *, reason: str, now: datetime) -> str:
    """Ask for a second person's yes to take a hold off; what waits. NotFound, NotPermitted, NotReady("reason")."""
    with reading(school.engine) as session:
        hold = _standing(session, hold_id)
        about = _name(session, hold)
    return two_people.ask(
        school, by, two_people.Deed.LIFT_HOLD, hold_id, reason=reason, facts={"about": about}, now=now
    )


def lift_hold(school: School, by: StaffMember, hold_id: str, *, now: datetime) -> None:
    """Take a hold off. SecondPersonNeeded until somebody else has said yes; NotFound."""
    allow(by, Action.PURGE)
    today = school.settings.day_of(now)
    with writing(school.engine) as session:
        hold = _standing(session, hold_id)
        facts = {"about": _name(session, hold)}
        two_people.use(session, two_people.Deed.LIFT_HOLD, hold_id, facts, today=today)
        hold.lifted_on, hold.lifted_by_id = today, by.id
        record(session, now, by.account, "hold_lifted", hold.id, scope=hold.scope, object=hold.object_id)


def standing_holds(school: School, by: StaffMember) -> list[HoldSeen]:
    """The holds that stand, the oldest first. NotPermitted."""
    allow(by, Action.SEE_RETENTION)
    with reading(school.engine) as session:
        accounts = {each.id: each.account for each in session.scalars(select(StaffMember))}
        standing = select(Hold).where(Hold.lifted_on.is_(None)).order_by(Hold.placed_on, Hold.id)
        return [
            HoldSeen(
                each.id,
                each.scope,
                _name(session, each),
                each.reason,
                each.basis,
                accounts.get(each.placed_by_id, ""),
                each.placed_on,
            )
            for each in session.scalars(standing)
        ]


def _summed_with(session: Session, held: Iterable[str]) -> set[str]:
    held = set(held)
    # A list in JSON: either database reads it otherwise, and there are few.
    sums = [set(each.round_ids) for each in session.scalars(select(RollUp))]
    return {round_id for each in sums if each & held for round_id in each}


def _refuse_unknown(session: Session, scope: str, object_id: str) -> None:
    table = {"round": Round, "pilot": Pilot}.get(scope)
    if scope not in SCOPES or (table is None) != (object_id == ""):
        raise NotReady("scope")
    if table is not None and session.get(table, object_id) is None:
        raise NotFound(object_id)


def _standing(session: Session, hold_id: str) -> Hold:
    hold = session.get(Hold, hold_id)
    if hold is None:
        raise NotFound(hold_id)
    if hold.lifted_on is not None:
        raise WrongState(hold_id)
    return hold


def _name(session: Session, hold: Hold) -> str:
    if hold.scope == "round":
        round_ = session.get(Round, hold.object_id)
        return round_.title if round_ else ""
    pilot = session.get(Pilot, hold.object_id) if hold.scope == "pilot" else None
    return title_of(pilot) if pilot else ""


def title_of(pilot: Pilot) -> str:
    """What the school calls a pilot, in the first of its languages."""
    return next((words["title"] for words in pilot.words.values() if words.get("title")), "")
