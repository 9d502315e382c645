"""Pilots and rounds: what they need, who may, and what is locked when the first round opens."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.models import Pilot, Round, StaffMember
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.shake import shake
from feedback.operations.counting.count import count
from feedback.operations.errors import NotFound, NotPermitted, NotReady, WrongState
from feedback.operations.finish import catch_up
from feedback.operations.pilots.pilot import PilotPlan, change_pilot, create_pilot, criterion_hash
from feedback.operations.rounds.ask_my_class import ClassQuestion, ask_my_class
from feedback.operations.rounds.course import (
    RoundPlan,
    close_due_rounds,
    close_round,
    discard_round,
    open_round,
    plan_round,
    round_for,
)
from feedback.operations.school import School
from forms.library import open_library
from tests.factories import NOW, a_pilot, a_round, a_staff_member, an_instrument, drop_envelopes

PLAN = PilotPlan(
    words={"en": {"title": "App", "trying": "An app.", "why": "To read.", "promise": "We tell you."}},
    goal="engagement",
    goal_sentence="More reading.",
    hypothesis={"change": "the app", "result": "more read", "date": "June", "reason": "fun"},
    criterion={"question": "again", "cells": ["yes"], "target": 60, "minimum_voices": 10},
    also_changing=[],
    starts_on=date(2026, 9, 1),
    ends_on=date(2027, 6, 30),
    owner_role="Deputy head",
    exit_plan="Licences end.",
)
#: The school's standing pilot, which needs nobody's yes before it asks.
STANDING = replace(PLAN, standing=True)


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead", account="lead")


def a_plan(**facts: Any) -> RoundPlan:
    plan = RoundPlan(
        instrument=an_instrument(),
        title="Class 2B",
        languages=("en",),
        opens_at=NOW,
        closes_at=NOW + timedelta(days=7),
        promise_on=date(2026, 12, 14),
        group_size=25,
    )
    return replace(plan, **facts)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"promise_on": None}, "promise"),
        ({"k": 4}, "k_floor"),
        ({"group_size": None}, "k_without_cap"),
        ({"group_size": 9}, "group_size"),
        ({"languages": ("tlh",)}, "languages"),
        ({"closes_at": NOW}, "window"),
        ({"breakdowns": ("liked",)}, "breakdowns"),
        ({"groups": (("5A", 25), ("5A", 25))}, "groups"),
        ({"keep_comments_days": 0}, "retention"),
        ({"if_too_few": "publish"}, "if_too_few"),
        ({"title": " "}, "title"),
        ({"wave": "autumn"}, "wave"),
    ],
)
def test_a_round_that_lacks_something_is_refused_by_name(facts: dict[str, Any], missing: str) -> None:
    assert missing in a_plan(**facts).missing()


def test_without_a_group_size_twenty_voices_are_needed() -> None:
    assert a_plan(group_size=None, k=20).missing() == ()


@pytest.mark.parametrize(
    ("column", "value", "promise"),
    [
        ("k", 4, "k_protects_people"),
        ("group_size", None, "k_is_20_where_no_group_size_caps"),
        ("promise_on", None, "no_round_without_a_promise_date"),
        ("audience", "everyone", "round_has_one_audience"),
    ],
)
def test_the_database_keeps_the_promise_when_python_is_gone_round(
    school: School, column: str, value: object, promise: str
) -> None:
    round_ = a_round(school)
    with school.engine.begin() as connection, pytest.raises(IntegrityError, match=promise):
        connection.execute(update(Round).where(Round.id == round_.id).values({column: value}))


def test_an_officer_is_never_an_administrator_even_in_the_database(school: School) -> None:
    with pytest.raises(IntegrityError, match="officer_is_never_administrator"):
        a_staff_member(school, "officer", "administrator")


def test_opening_the_first_round_locks_the_criterion(school: School, lead: StaffMember) -> None:
    pilot_id = create_pilot(school, lead, STANDING, now=NOW)
    round_id = plan_round(school, lead, pilot_id, a_plan(), now=NOW)
    open_round(school, lead, round_id, now=NOW)
    with Session(school.engine) as session:
        pilot = session.get_one(Pilot, pilot_id)
        assert (pilot.criterion_hash, pilot.criterion_locked_on) == (criterion_hash(PLAN.criterion), NOW.date())
    with pytest.raises(NotReady, match="reason"):
        change_pilot(school, lead, pilot_id, replace(STANDING, criterion={**PLAN.criterion, "target": 40}), now=NOW)


def test_an_incomplete_pilot_is_told_what_it_lacks(school: School, lead: StaffMember) -> None:
    incomplete = replace(PLAN, hypothesis={}, also_changing=["a", "b", "c", "d"], exit_plan="")
    with pytest.raises(NotReady) as refused:
        create_pilot(school, lead, incomplete, now=NOW)
    assert refused.value.missing == ("hypothesis", "also_changing", "exit_plan")


def test_childrens_forms_open_without_a_place_to_write_where_nobody_reads_it(school: School, lead: StaffMember) -> None:
    pilot_id = create_pilot(school, lead, STANDING, now=NOW)
    library = open_library("my-learning-tool")
    round_id = plan_round(school, lead, pilot_id, a_plan(instrument=library), now=NOW)
    open_round(school, lead, round_id, now=NOW)
    asked = round_for(school, lead, round_id).instrument
    assert [any(each.type == "text" for each in form.questions) for form in (library, asked)] == [True, False]


def test_a_teacher_sees_own_rounds_and_nobody_elses(school: School, lead: StaffMember) -> None:
    mine, other = a_staff_member(school, account="mine"), a_staff_member(school, account="other")
    round_ = a_round(school, owner_id=mine.id)
    assert round_for(school, mine, round_.id).is_mine
    assert round_for(school, lead, round_.id)
    with pytest.raises(NotFound):
        round_for(school, other, round_.id)
    with pytest.raises(NotPermitted):
        round_for(school, a_staff_member(school, "administrator", account="it"), round_.id)


def test_asking_my_class_opens_a_class_session_for_today(school: School) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    asked = ClassQuestion(an_instrument(), "5A", 25, NOW.date(), ("en", "ar"), without=("liked",))
    round_id = ask_my_class(school, teacher, asked, now=NOW)
    status = round_for(school, teacher, round_id)
    assert (status.round.state, status.round.class_session, status.round.k) == ("open", True, 10)
    assert [question.id for question in status.instrument.questions] == ["again"]
    close_round(school, teacher, round_id, now=NOW)
    assert round_for(school, teacher, round_id).round.state == "closed"


def test_a_school_without_a_standing_pilot_says_so(school: School) -> None:
    asked = ClassQuestion(an_instrument(), "5A", 25, NOW.date(), ("en",))
    with pytest.raises(NotReady, match="standing_pilot"):
        ask_my_class(school, a_staff_member(school), asked, now=NOW)


def test_only_a_declared_class_session_is_ended_early(school: School) -> None:
    teacher = a_staff_member(school)
    round_ = a_round(school, owner_id=teacher.id)
    with pytest.raises(WrongState, match="not_a_class_session"):
        close_round(school, teacher, round_.id, now=NOW)


def test_a_round_closes_by_itself_when_its_time_is_over(school: School) -> None:
    round_ = a_round(school)
    assert close_due_rounds(school, now=NOW) == []
    assert close_due_rounds(school, now=round_.closes_at) == [round_.id]


def test_staff_learn_enough_only_when_the_box_is_shaken_and_never_the_opposite(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    assert not round_for(school, lead, round_.id).round.enough
    shake(school, now=NOW)
    assert round_for(school, lead, round_.id).round.enough


def test_shaking_loses_no_envelope(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 12)
    with school.engine.connect() as connection:
        before = connection.execute(text("SELECT id, sealed FROM envelope ORDER BY id")).all()
    shake(school, now=NOW)
    with school.engine.connect() as connection:
        assert connection.execute(text("SELECT id, sealed FROM envelope ORDER BY id")).all() == before


def test_a_round_with_too_few_voices_is_extended_once_if_that_was_chosen(school: School) -> None:
    round_ = a_round(school, if_too_few="extend")
    drop_envelopes(school, round_, *[{"again": "yes"}] * 9)
    for expected in ("open", "too_few"):
        _close(school, round_)
        assert not count(school, round_.id, today=NOW.date(), now=round_.closes_at)
        with Session(school.engine) as session:
            again = session.get_one(Round, round_.id)
            assert (again.state, again.closes_at) == (expected, round_.closes_at + (round_.closes_at - round_.opens_at))


def test_a_count_that_comes_late_extends_from_its_own_day(school: School) -> None:
    round_ = a_round(school, if_too_few="extend")
    late = round_.closes_at + timedelta(days=21)
    catch_up(school, now=late, today=late.date(), run=lambda *_command: True, said=list[str]().append)
    with Session(school.engine) as session:
        again = session.get_one(Round, round_.id)
        assert (again.state, again.closes_at) == ("open", late + (round_.closes_at - round_.opens_at))
        assert round_.promise_on is not None
        assert again.promise_on == round_.promise_on + (again.closes_at - round_.closes_at)
    assert open_for_answers(school, round_.code, "en", now=late).round_id == round_.id


def test_an_imported_round_never_opens_again(school: School) -> None:
    assert "if_too_few" in a_plan(imported=True, if_too_few="extend").missing()
    with pytest.raises(IntegrityError, match="imported_rounds_never_open_again"):
        a_round(school, imported=True, if_too_few="extend")


def test_a_draft_can_be_thrown_away_and_an_open_round_cannot(school: School, lead: StaffMember) -> None:
    draft, open_ = a_round(school, state="draft"), a_round(school)
    discard_round(school, lead, draft.id, now=NOW)
    with pytest.raises(NotFound):
        round_for(school, lead, draft.id)
    with pytest.raises(WrongState):
        discard_round(school, lead, open_.id, now=NOW)


def test_asking_for_tomorrow_opens_tomorrow_in_the_schools_own_time(school: School) -> None:
    west = replace(school, settings=replace(school.settings, time_zone="America/Los_Angeles"))
    a_pilot(school, standing=True)
    teacher = a_staff_member(school)
    evening = datetime(2026, 11, 24, 1, 30)  # half past five in the afternoon of the 23rd, there
    asked = ClassQuestion(an_instrument(), "5A", 25, date(2026, 11, 24), ("en",))
    round_id = ask_my_class(west, teacher, asked, now=evening)
    assert round_for(school, teacher, round_id).round.opens_at == datetime(2026, 11, 24, 8, 0)


def _close(school: School, round_: Round) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
