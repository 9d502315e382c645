"""Deciding about a pilot: scale, adjust or stop, on evidence of two kinds, after the team has reflected."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from textwrap import wrap

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Evidence, Pilot, StaffMember
from feedback.operations.errors import NotReady, WrongState
from feedback.operations.evidence.citable import BESIDE, citable
from feedback.operations.evidence.pilot_voices import read_voices, verdict_of
from feedback.operations.pilots.book import Entry, NewEntry, add_entry, allow_team, read_entries
from feedback.operations.pilots.entries.thought import Cited, ExitStep, PilotDecision
from feedback.operations.pilots.life import move
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.permissions import Action

#: An exit step's line is no longer than this; a longer line of the exit plan becomes several steps.
_LONGEST_STEP = 200


def decide(
    school: School,
    by: StaffMember,
    pilot_id: str,
    decision: PilotDecision,
    *,
    exit_steps: Collection[str] = (),
    now: datetime,
) -> str:
    """The new decision's id. It stands for good; another one can follow it from its next review on.

    `exit_steps` are lines of the checklist that "stop" makes, beside the pilot's own exit plan. NotReady with the codes
    of `missing_of`; WrongState("pilot_" and its state) outside the pilot's time to decide, "too_early" for a second
    decision before the first one's review.
    """
    today = school.settings.day_of(now)
    with writing(school.engine) as session:
        pilot = allow_team(session, by, pilot_id, Action.DECIDE)
        before = read_entries(session, pilot_id, "decision")
        _refuse_early(pilot, before, today)
        if missing := _missing(session, by, pilot, decision, before, today):
            raise NotReady(*missing)
        if before:
            record(session, now, by.account, "pilot_decided", pilot_id, choice=decision.choice)
        else:
            move(session, pilot, "decided", account=by.account, now=now, choice=decision.choice)
        sealed = decision.model_copy(update={"evidence_sha256": _evidence(session, pilot_id)})
        entry = add_entry(
            session, pilot_id, NewEntry("decision", sealed, role=", ".join(decision.signers)[:60]), on=today
        )
        entry.by_id = by.id
        if decision.choice == "stop" and not read_entries(session, pilot_id, "exit_step"):
            _make_exit_list(session, pilot, exit_steps, today)
        return entry.id


def decisions_of(school: School, by: StaffMember, pilot_id: str) -> list[Entry]:
    """Every decision about the pilot, the last one first. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        allow_team(session, by, pilot_id)
        return read_entries(session, pilot_id, "decision")[::-1]


def missing_of(decision: PilotDecision, *, today: date, verdict: bool, reflected: bool, again: bool) -> tuple[str, ...]:
    """Codes of what a decision lacks, in the order of the form.

    `verdict`: the criterion has one; `reflected`: somebody of the team has; `again`: there was a decision before.
    """
    sources = {each.source for each in decision.cited}
    checks = {
        "reflection": reflected,
        "survey": "survey" in sources,
        "other_kind": bool(sources & set(BESIDE)),
        "overrules_because": decision.confirms_verdict or not verdict or bool(decision.overrules_because),
        "recheck_on": decision.choice != "scale" or (decision.recheck_on is not None and decision.recheck_on > today),
        "signers": bool(decision.signers),
        "next_review": decision.next_review > today,
        "again_because": not again or bool(decision.again_because),
    }
    return tuple(name for name, fine in checks.items() if not fine)


def _missing(
    session: Session, by: StaffMember, pilot: Pilot, decision: PilotDecision, before: Sequence[Entry], today: date
) -> tuple[str, ...]:
    voices = read_voices(session, by, pilot)
    there = citable(voices, read_entries(session, pilot.id, *BESIDE), "en").values()
    # What the page offered may have been struck or deleted since.
    cited = _still_there(decision.cited, [each.cited for each in there])
    return missing_of(
        decision.model_copy(update={"cited": cited}),
        today=today,
        verdict=verdict_of(voices) is not None,
        reflected=bool(read_entries(session, pilot.id, "reflection")),
        again=bool(before),
    )


def _still_there(cited: Iterable[Cited], there: Iterable[Cited]) -> tuple[Cited, ...]:
    places = {(each.source, each.round_id, each.question, each.entry_id) for each in there}
    return tuple(each for each in cited if (each.source, each.round_id, each.question, each.entry_id) in places)


def _refuse_early(pilot: Pilot, before: Sequence[Entry], today: date) -> None:
    if pilot.state not in ("frozen", "reflecting", "decided"):
        raise WrongState(f"pilot_{pilot.state}")
    if before and today < date.fromisoformat(before[-1].body["next_review"]):
        raise WrongState("too_early")


def _evidence(session: Session, pilot_id: str) -> str:
    frozen = select(Evidence.sha256).where(Evidence.pilot_id == pilot_id).order_by(Evidence.number.desc()).limit(1)
    return session.scalar(frozen) or ""


def _make_exit_list(session: Session, pilot: Pilot, exit_steps: Iterable[str], today: date) -> None:
    own = [part for line in pilot.exit_plan.splitlines() for part in wrap(line, _LONGEST_STEP)]
    for number, what in enumerate((*own, *exit_steps), start=1):
        step = ExitStep(what=what, owner=pilot.owner_role, number=number)
        add_entry(session, pilot.id, NewEntry("exit_step", step), on=today)
