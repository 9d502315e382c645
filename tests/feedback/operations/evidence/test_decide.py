"""A decision rests on two kinds of evidence and on a team that reflected, and stands for good."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Pilot, StaffMember
from feedback.operations.errors import NotFound, NotPermitted, NotReady, WrongState
from feedback.operations.evidence.citable import gist
from feedback.operations.evidence.decide import decide, decisions_of
from feedback.operations.evidence.exit_list import Settled, exit_steps_of, settle_exit_step
from feedback.operations.pilots.book import change_entry, entries_of, strike_entry
from feedback.operations.pilots.entries.thought import Cited, PilotDecision, Reflection
from feedback.operations.pilots.reflect import reflect
from feedback.operations.school import School
from tests.factories import NOW, a_staff_member
from tests.feedback.thinking import a_frozen_pilot, see_something

TODAY = date(2026, 11, 23)
REVIEW = date(2027, 2, 1)


@dataclass
class Ready:
    """A pilot that can be decided, and what its decision can cite."""

    school: School
    lead: StaffMember
    pilot: Pilot
    survey: Cited
    observed: Cited

    def decision(self, **said: Any) -> PilotDecision:
        """Stop, on both, unless something else is said."""
        whole = {
            "choice": "stop",
            "because": "Few use it.",
            "cited": (self.survey, self.observed),
            "signers": ("Deputy head",),
            "next_review": REVIEW,
        }
        return PilotDecision.model_validate({**whole, **said})

    def decide(self, **said: Any) -> str:
        return decide(self.school, self.lead, self.pilot.id, self.decision(**said), exit_steps=["Tell"], now=NOW)


@pytest.fixture
def ready(school: School) -> Ready:
    lead = a_staff_member(school, "lead")
    pilot, round_ = a_frozen_pilot(school, lead, exit_plan="The licences end in June.\n\nBooks go back.")
    reflect(school, lead, pilot.id, Reflection(happened="They read."), "Deputy head", now=NOW)
    survey = Cited(source="survey", round_id=round_.id, question="again", says="Again?")
    observed = Cited(source="observation", entry_id=see_something(school, lead, pilot), says="Seen")
    return Ready(school, lead, pilot, survey, observed)


def test_a_finding_and_one_observation_are_enough(ready: Ready) -> None:
    ready.decide()
    (decision,) = decisions_of(ready.school, ready.lead, ready.pilot.id)
    assert (decision.body["choice"], decision.body["next_review"]) == ("stop", "2027-02-01")
    with Session(ready.school.engine) as session:
        assert session.get_one(Pilot, ready.pilot.id).state == "decided"
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert last is not None
        assert (last.action, last.facts) == ("pilot_decided", {"choice": "stop"})


def test_each_thing_that_a_decision_lacks_is_named(ready: Ready) -> None:
    lacking: dict[str, dict[str, Any]] = {
        "survey": {"cited": (ready.observed,)},
        "other_kind": {"cited": (ready.survey,)},
        "overrules_because": {"confirms_verdict": False},
        "recheck_on": {"choice": "scale"},
        "signers": {"signers": ()},
        "next_review": {"next_review": TODAY},
    }
    for code, said in lacking.items():
        with pytest.raises(NotReady) as refused:
            ready.decide(**said)
        assert refused.value.missing == (code,)
    assert decisions_of(ready.school, ready.lead, ready.pilot.id) == []
    ready.decide(choice="scale", recheck_on=REVIEW, confirms_verdict=False, overrules_because="It costs too much.")


def test_what_was_struck_from_the_book_supports_nothing(ready: Ready) -> None:
    strike_entry(ready.school, ready.lead, ready.observed.entry_id, now=NOW)
    with pytest.raises(NotReady, match="other_kind"):
        ready.decide()


def test_nothing_is_decided_before_somebody_has_reflected(school: School) -> None:
    lead = a_staff_member(school, "lead")
    pilot, round_ = a_frozen_pilot(school, lead)
    survey = Cited(source="survey", round_id=round_.id, question="again", says="Again?")
    observed = Cited(source="observation", entry_id=see_something(school, lead, pilot), says="Seen")
    with pytest.raises(NotReady) as refused:
        Ready(school, lead, pilot, survey, observed).decide()
    assert refused.value.missing == ("reflection",)


def test_a_decision_is_never_changed_and_another_one_follows_from_its_review_on(ready: Ready) -> None:
    first = ready.decide(choice="adjust")
    with pytest.raises(WrongState):
        change_entry(ready.school, ready.lead, first, now=NOW, state="open")
    with pytest.raises(WrongState):
        strike_entry(ready.school, ready.lead, first, now=NOW)
    with pytest.raises(WrongState, match="too_early"):
        ready.decide(again_because="It changed.")
    later = NOW + timedelta(days=90)
    again = ready.decision(next_review=date(2027, 6, 1))
    with pytest.raises(NotReady, match="again_because"):
        decide(ready.school, ready.lead, ready.pilot.id, again, now=later)
    again = again.model_copy(update={"again_because": "Nobody uses it now."})
    decide(ready.school, ready.lead, ready.pilot.id, again, now=later)
    found = decisions_of(ready.school, ready.lead, ready.pilot.id)
    assert [each.body["choice"] for each in found] == ["stop", "adjust"]


def test_stopping_makes_a_checklist_that_is_ticked_off(ready: Ready) -> None:
    ready.decide()
    steps = exit_steps_of(ready.school, ready.lead, ready.pilot.id)
    assert [step.body["what"] for step in steps] == ["The licences end in June.", "Books go back.", "Tell"]
    assert {step.body["owner"] for step in steps} == {"Deputy head"}
    settled = Settled(owner="IT", due=REVIEW, done=True)
    settle_exit_step(ready.school, ready.lead, steps[1].id, settled, now=NOW)
    second = exit_steps_of(ready.school, ready.lead, ready.pilot.id)[1]
    assert (second.state, second.body["owner"], second.body["due"]) == ("done", "IT", "2027-02-01")
    with pytest.raises(NotFound):
        settle_exit_step(ready.school, ready.lead, ready.observed.entry_id, settled, now=NOW)


def test_adjusting_makes_no_checklist(ready: Ready) -> None:
    ready.decide(choice="adjust")
    assert entries_of(ready.school, ready.lead, ready.pilot.id, "exit_step") == []


def test_a_teacher_of_the_team_does_not_decide(ready: Ready) -> None:
    teacher = a_staff_member(ready.school, account="other@example.org")
    with pytest.raises(NotPermitted):
        decide(ready.school, teacher, ready.pilot.id, ready.decision(), now=NOW)


def test_a_long_note_is_named_by_its_beginning() -> None:
    told = gist("observation", {"week": "2026-W47", "place": "Library", "seen": "They read. " * 40})
    assert told.startswith("2026-W47 · Library · They read. They")
    assert len(told) == 200
    assert told.endswith("…")
