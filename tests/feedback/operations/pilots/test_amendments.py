"""What was agreed before opening is changed with a reason, in both wordings, and verdicts hold against the old one."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from feedback.models import Pilot, StaffMember
from feedback.operations.errors import NotReady, WrongState
from feedback.operations.pilots.amendments import amendments_of
from feedback.operations.pilots.book import NewEntry, change_entry, entries_of, strike_entry, write_entry
from feedback.operations.pilots.pilot import PilotPlan, change_pilot, create_pilot, criterion_hash, pilot_for, plan_of
from feedback.operations.rounds.course import open_round, plan_round
from feedback.operations.school import School
from tests.factories import NOW, a_staff_member
from tests.feedback.operations.rounds.test_rounds import PLAN, STANDING, a_plan

SECOND = {"question": "liked", "cells": ["games"], "target": 30, "minimum_voices": 10}


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead", account="lead")


def an_open_pilot(school: School, lead: StaffMember, plan: PilotPlan = STANDING) -> str:
    pilot_id = create_pilot(school, lead, plan, now=NOW)
    open_round(school, lead, plan_round(school, lead, pilot_id, a_plan(), now=NOW), now=NOW)
    return pilot_id


def test_a_moved_target_is_an_amendment_and_the_locked_one_stands(school: School, lead: StaffMember) -> None:
    pilot_id = an_open_pilot(school, lead)
    easier = replace(STANDING, criterion={**PLAN.criterion, "target": 50}, exit_plan="We give the tablets back.")
    with pytest.raises(NotReady, match="reason"):
        change_pilot(school, lead, pilot_id, easier, now=NOW)
    change_pilot(school, lead, pilot_id, easier, now=NOW, reason="Half the class was ill.")
    changed = pilot_for(school, lead, pilot_id)
    assert changed.criterion["target"] == 60
    assert changed.criterion_hash == criterion_hash(PLAN.criterion)
    assert changed.exit_plan == "We give the tablets back."
    with Session(school.engine) as session:
        first, second = amendments_of(session, pilot_id)
    assert (first.part, first.before["target"], first.after["target"]) == ("criterion", 60, 50)
    assert (second.part, second.reason, second.on) == ("exit_plan", "Half the class was ill.", NOW.date())


def test_a_second_change_is_told_from_the_last_one_and_nothing_changed_needs_no_reason(
    school: School, lead: StaffMember
) -> None:
    pilot_id = an_open_pilot(school, lead)
    for target in (50, 45):
        plan = replace(STANDING, criterion={**PLAN.criterion, "target": target})
        change_pilot(school, lead, pilot_id, plan, now=NOW, reason="The class is new.")
    change_pilot(school, lead, pilot_id, replace(plan_of(school, lead, pilot_id), owner_role="Head"), now=NOW)
    with Session(school.engine) as session:
        assert [each.before["target"] for each in amendments_of(session, pilot_id)] == [60, 50]
    assert pilot_for(school, lead, pilot_id).owner_role == "Head"


def test_nobody_rewrites_an_amendment(school: School, lead: StaffMember) -> None:
    pilot_id = an_open_pilot(school, lead)
    change_pilot(school, lead, pilot_id, replace(STANDING, goal="equity"), now=NOW, reason="A better word.")
    (entry,) = entries_of(school, lead, pilot_id, "amendment")
    with pytest.raises(WrongState, match="for_good"):
        strike_entry(school, lead, entry.id, now=NOW)
    with pytest.raises(WrongState, match="for_good"):
        change_entry(school, lead, entry.id, now=NOW, state="done")
    milestone = {"day": "2026-12-01", "what": "The books arrive"}
    strike_entry(school, lead, write_entry(school, lead, pilot_id, NewEntry("milestone", milestone), now=NOW), now=NOW)


def test_secondary_criteria_are_locked_with_the_one_that_decides(school: School, lead: StaffMember) -> None:
    pilot_id = an_open_pilot(school, lead, replace(STANDING, secondary=[SECOND]))
    with Session(school.engine) as session:
        locked = session.get_one(Pilot, pilot_id)
        assert locked.criterion_hash == criterion_hash(PLAN.criterion, [SECOND]) != criterion_hash(PLAN.criterion)
    change_pilot(school, lead, pilot_id, STANDING, now=NOW, reason="Nobody has these games.")
    assert pilot_for(school, lead, pilot_id).secondary == [SECOND]
    assert plan_of(school, lead, pilot_id).secondary == []


def test_what_is_wrong_with_a_secondary_criterion_says_with_which() -> None:
    again = {**SECOND, "question": PLAN.criterion["question"]}
    assert replace(PLAN, secondary=[SECOND, again]).missing() == ("secondary_1_again",)
    assert replace(PLAN, secondary=[SECOND, SECOND]).missing() == ("secondary_1_again",)
    assert replace(PLAN, secondary=[{**SECOND, "cells": []}]).missing() == ("secondary_0",)
    others = [{**SECOND, "question": f"question-{number}"} for number in range(5)]
    assert replace(PLAN, secondary=others).missing() == ("secondary",)


def test_a_pilot_with_one_criterion_keeps_the_seal_that_it_always_had() -> None:
    assert criterion_hash({"question": "again", "cells": ["yes"], "target": 60, "minimum_voices": 10}) == (
        "6d50f0a202d77e5e2bd9d675369bd4b0d0e6486310a90a453eb8a0e4b9136b62"
    )
