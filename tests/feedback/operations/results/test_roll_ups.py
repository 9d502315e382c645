"""Roll-ups: classes that answered the same are frozen as one, and never twice in ways that cross."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.roll_up import Kind
from analysis.summary import People, Reader, Share, TooFew, thaw_summary
from feedback.models import AuditEntry, Pilot, RollUp, Round
from feedback.operations.errors import NotPermitted, NotReady, NotSummed, StillInTheBox
from feedback.operations.finish import finish_round
from feedback.operations.results.roll_ups import read_roll_up, roll_up, roll_ups_of
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.factories import NOW, a_pilot, a_round, a_staff_member, an_instrument, drop_envelopes

TODAY = NOW.date()


def a_class(school: School, pilot: Pilot, yes: int, no: int, **facts: Any) -> Round:
    """A counted class of which so many want it again."""
    round_ = a_round(school, pilot=pilot, group_size=60, **facts)
    liked: Mapping[str, Answer] = {"again": "yes", "liked": ("games",)}
    drop_envelopes(school, round_, *[liked] * yes, *[{"again": "no"}] * no)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=TODAY)
    return round_


def together(school: School, *rounds: Round, name: str = "Year 5", kind: Kind = Kind.SCHOOL, **schools: str) -> str:
    """The roll-up of these rounds, made by a lead; `schools` are by the place of the round: a, b, c …"""
    lead = a_staff_member(school, "lead", account=f"{name}@example.org")
    named = {round_.id: schools.get("abcd"[place], "") for place, round_ in enumerate(rounds)}
    return roll_up(school, lead, [each.id for each in rounds], name, kind, schools=named, today=TODAY, now=NOW)


def why(refused: pytest.ExceptionInfo[NotSummed]) -> tuple[str, tuple[str, ...]]:
    """The reason, and what it is about."""
    return refused.value.why, refused.value.names


def test_two_classes_are_one_sum_for_the_team_and_the_public(school: School) -> None:
    pilot = a_pilot(school)
    made = together(school, a_class(school, pilot, 12, 12), a_class(school, pilot, 10, 12))
    found = read_roll_up(school, lead := a_staff_member(school, "lead"), made)
    assert found.summary.people == People(45, 49)
    # 22 of 46; it has no breakdown, and what ten did not answer is told of those who did.
    assert found.summary.question("again").headline == Share("exactly", 48, 48, 48, (34, 62))
    assert found.summary.question("again").breakdowns == ()
    assert [each.id for each in roll_ups_of(school, lead, pilot.id)] == [made]
    with Session(school.engine) as session:
        bodies = {row.reader: thaw_summary(row.body) for row in session.scalars(select(RollUp))}
        assert bodies["public"].reader is Reader.PUBLIC
        noted = select(AuditEntry.facts).where(AuditEntry.action == "rolled_up")
        assert session.scalars(noted).all() == [{"rounds": 2}]


def test_the_sum_of_a_coded_class_is_told_as_a_range(school: School) -> None:
    pilot = a_pilot(school)
    # 24 of 24 is "75 % or more", so 36 of 48 would tell that all of them said yes: 12 are known of the other class.
    made = together(school, a_class(school, pilot, 24, 0), a_class(school, pilot, 12, 12))
    headline = read_roll_up(school, a_staff_member(school, "lead"), made).summary.question("again").headline
    assert isinstance(headline, Share)
    assert (headline.shape, headline.low, headline.high) == ("between", 60, 75)


def test_a_question_that_three_of_one_class_answered_is_not_in_the_sum(school: School) -> None:
    pilot = a_pilot(school)
    made = together(school, a_class(school, pilot, 3, 12), a_class(school, pilot, 12, 12))
    summary = read_roll_up(school, a_staff_member(school, "lead"), made).summary
    assert summary.question("liked").headline == TooFew()
    assert summary.question("liked").people == TooFew()


def test_sums_may_lie_inside_each_other_and_may_not_cross_or_be_repeated(school: School) -> None:
    pilot = a_pilot(school)
    a, b, c = (a_class(school, pilot, yes, 12) for yes in (10, 11, 12))
    together(school, a, b, name="Year 5")
    together(school, a, b, c, name="All")
    with pytest.raises(NotSummed) as crossed:
        together(school, b, c, name="Others")
    with pytest.raises(NotSummed) as repeated:
        together(school, b, a, name="Once more")
    assert (why(crossed), why(repeated)) == (("crosses", ("Year 5",)), ("made_before", ("Year 5",)))


def test_rounds_that_asked_something_else_are_not_summed(school: School) -> None:
    pilot = a_pilot(school)
    other = a_class(school, pilot, 10, 12, instrument=an_instrument(version=2))
    with pytest.raises(NotSummed) as refused:
        together(school, a_class(school, pilot, 10, 12), other)
    assert why(refused)[0] == "other_questions"


def test_a_district_needs_two_schools_and_neither_is_nearly_all_of_it(school: School) -> None:
    pilot = a_pilot(school)
    big, small = a_class(school, pilot, 30, 20), a_class(school, pilot, 6, 4)
    with pytest.raises(NotSummed) as one:
        together(school, big, small, kind=Kind.DISTRICT, a="Hill Road", b="hill road ")
    with pytest.raises(NotSummed) as most:
        together(school, big, small, kind=Kind.DISTRICT, name="District", a="Hill Road", b="Sea Lane")
    assert (why(one)[0], why(most)) == ("too_few_schools", ("one_school", ("hill road",)))


def test_only_a_lead_sums_and_only_what_was_released(school: School) -> None:
    pilot = a_pilot(school)
    rounds = [a_class(school, pilot, 10, 12), a_round(school, pilot=pilot)]
    with pytest.raises(StillInTheBox):
        together(school, *rounds)
    with pytest.raises(NotReady):
        together(school, *rounds, name=" ")
    with pytest.raises(NotPermitted):
        roll_up(school, a_staff_member(school), [], "Year 5", Kind.SCHOOL, today=TODAY, now=NOW)
