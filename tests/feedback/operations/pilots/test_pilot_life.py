"""A pilot is approved by a second person, opened, frozen, thought about and put away; never otherwise."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Evidence, Pilot, Round, StaffMember
from feedback.operations.errors import NotPermitted, NotReady, SecondPersonNeeded, WrongState
from feedback.operations.evidence.freeze_pilot import freeze
from feedback.operations.heads import first_broken_entry
from feedback.operations.pilots.life import approve, archive, move, waiting_for_approval
from feedback.operations.pilots.pilot import change_pilot, create_pilot, pilot_for
from feedback.operations.rounds.course import close_round, open_round, plan_round
from feedback.operations.school import School
from tests.desk import fill_and_count
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member
from tests.feedback.operations.rounds.test_rounds import PLAN, STANDING, a_plan


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def officer(school: School) -> StaffMember:
    return a_staff_member(school, "officer", account="officer")


def state_of(school: School, lead: StaffMember, pilot_id: str) -> str:
    return pilot_for(school, lead, pilot_id).state


def actions(school: School, pilot_id: str) -> list[str]:
    with Session(school.engine) as session:
        mine = select(AuditEntry).where(AuditEntry.object_id == pilot_id).order_by(AuditEntry.number)
        return [entry.action for entry in session.scalars(mine)]


def test_nobody_is_asked_before_a_second_person_said_yes(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    pilot_id = create_pilot(school, lead, PLAN, now=NOW)
    round_id = plan_round(school, lead, pilot_id, a_plan(), now=NOW)
    with pytest.raises(NotReady) as refused:
        open_round(school, lead, round_id, now=NOW)
    assert refused.value.missing == ("approval",)
    assert [pilot.id for pilot in waiting_for_approval(school, officer)] == [pilot_id]
    approve(school, officer, pilot_id, now=NOW)
    assert pilot_for(school, lead, pilot_id).approved_on == NOW.date()
    open_round(school, lead, round_id, now=NOW)
    assert state_of(school, lead, pilot_id) == "collecting"
    assert actions(school, pilot_id) == ["pilot_created", "pilot_approved", "pilot_changed"]


def test_the_second_person_is_another_one_and_an_officer(school: School, lead: StaffMember) -> None:
    both = a_staff_member(school, "lead", "officer", account="both")
    pilot_id = create_pilot(school, both, PLAN, now=NOW)
    assert waiting_for_approval(school, both) == []
    with pytest.raises(SecondPersonNeeded):
        approve(school, both, pilot_id, now=NOW)
    with pytest.raises(NotPermitted):
        approve(school, lead, pilot_id, now=NOW)
    assert state_of(school, lead, pilot_id) == "draft"


@pytest.mark.parametrize(
    ("column", "empty", "reason"),
    [("hypothesis", {}, "hypothesis"), ("criterion", {}, "criterion"), ("state", "draft", "approval")],
)
def test_opening_names_what_the_pilot_lacks(
    school: School, lead: StaffMember, column: str, empty: Any, reason: str
) -> None:
    round_ = a_round(school, pilot=a_pilot(school, **{column: empty}), state="draft")
    with pytest.raises(NotReady) as refused:
        open_round(school, lead, round_.id, now=NOW)
    assert refused.value.missing == (reason,)


def test_opening_names_a_missing_promise(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, state="draft", promise_on=None)
    with pytest.raises(NotReady) as refused:
        open_round(school, lead, round_.id, now=NOW)
    assert refused.value.missing == ("promise",)


def test_the_standing_pilot_needs_no_approval_and_never_ends(school: School, lead: StaffMember) -> None:
    pilot_id = create_pilot(school, lead, STANDING, now=NOW)
    open_round(school, lead, plan_round(school, lead, pilot_id, a_plan(), now=NOW), now=NOW)
    for end in (freeze, archive):
        with pytest.raises(WrongState, match="pilot_standing"):
            end(school, lead, pilot_id, now=NOW)
    # Which is no way round a second person's yes.
    change_pilot(school, lead, pilot_id, PLAN, now=NOW)
    assert pilot_for(school, lead, pilot_id).standing


def test_a_changed_plan_waits_for_a_new_yes_and_an_unchanged_one_does_not(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    pilot_id = create_pilot(school, lead, PLAN, now=NOW)
    approve(school, officer, pilot_id, now=NOW)
    change_pilot(school, lead, pilot_id, PLAN, now=NOW)
    assert state_of(school, lead, pilot_id) == "approved"
    change_pilot(school, lead, pilot_id, replace(PLAN, criterion={**PLAN.criterion, "target": 40}), now=NOW)
    changed = pilot_for(school, lead, pilot_id)
    assert (changed.state, changed.approved_on, changed.criterion["target"]) == ("draft", None, 40)


def test_a_pilot_is_frozen_when_every_box_is_counted_and_something_is_released(
    school: School, lead: StaffMember
) -> None:
    pilot = a_pilot(school, owner_id=lead.id)
    with pytest.raises(WrongState, match="nothing_released"):
        freeze(school, lead, pilot.id, now=NOW)
    round_ = a_round(school, a_family_instrument(), pilot=pilot, owner_id=lead.id)
    with pytest.raises(WrongState, match="round_open"):
        freeze(school, lead, pilot.id, now=NOW)
    close_round(school, lead, a_round(school, pilot=pilot, class_session=True, owner_id=lead.id).id, now=NOW)
    fill_and_count(school, round_, *[{"again": "yes"}] * 12)
    with pytest.raises(WrongState, match="round_not_counted"):
        freeze(school, lead, pilot.id, now=NOW)
    with Session(school.engine) as session, session.begin():
        session.execute(update(Round).where(Round.state == "closed").values(state="destroyed"))
    freeze(school, lead, pilot.id, now=NOW)
    with Session(school.engine) as session, session.begin():
        (frozen,) = session.scalars(select(Evidence))
        assert (frozen.pilot_id, frozen.number, frozen.frozen_on) == (pilot.id, 1, NOW.date())
        move(session, session.get_one(Pilot, pilot.id), "reflecting", account="lead", now=NOW)
    with pytest.raises(WrongState, match="pilot_reflecting"):
        archive(school, lead, pilot.id, now=NOW)
    with Session(school.engine) as session, session.begin():
        move(session, session.get_one(Pilot, pilot.id), "decided", account="lead", now=NOW)
    archive(school, lead, pilot.id, now=NOW)
    assert actions(school, pilot.id) == ["pilot_frozen", "pilot_reflecting", "pilot_decided", "pilot_archived"]
    assert first_broken_entry(school) is None


def test_a_withdrawn_plan_is_asked_about_by_nobody(school: School, lead: StaffMember) -> None:
    pilot_id = create_pilot(school, lead, PLAN, now=NOW)
    round_id = plan_round(school, lead, pilot_id, a_plan(), now=NOW)
    archive(school, lead, pilot_id, now=NOW)
    with pytest.raises(WrongState, match="pilot_archived"):
        open_round(school, lead, round_id, now=NOW)
    with pytest.raises(WrongState, match="pilot_archived"):
        plan_round(school, lead, pilot_id, a_plan(), now=NOW)
    with pytest.raises(WrongState, match="pilot_archived"):
        change_pilot(school, lead, pilot_id, PLAN, now=NOW)
