"""Each of the team reflects once, in its role; cycles hand on what is open; meetings and lessons are kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from feedback.models import Pilot
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.pilots.book import NewEntry, change_entry, entries_of, write_entry
from feedback.operations.pilots.cycles import begin_cycle, change_cycle, cycle_for, cycles_of
from feedback.operations.pilots.entries.base import Body
from feedback.operations.pilots.entries.thought import (
    AfterAction,
    Conversation,
    Cycle,
    Idea,
    Lesson,
    Prediction,
    Reflection,
    Review,
)
from feedback.operations.pilots.ideas import note_idea
from feedback.operations.pilots.meetings import keep_notes, learn, note_review, time_boxes
from feedback.operations.pilots.reflect import reflect, teams_answers
from feedback.operations.school import School
from tests.factories import NOW, a_pilot, a_round, a_staff_member


def test_each_of_the_team_answers_once_and_the_first_answer_begins_the_reflecting(school: School) -> None:
    lead, teacher = a_staff_member(school, "lead", account="lead@example.org"), a_staff_member(school)
    pilot = a_pilot(school, owner_id=lead.id, state="frozen")
    a_round(school, pilot=pilot, owner_id=teacher.id)
    for seat, title in (("librarian", "Librarian"), ("family", "Parents")):
        write_entry(school, lead, pilot.id, NewEntry("seat", {"seat": seat, "title": title}), now=NOW)
    reflect(school, teacher, pilot.id, Reflection(happened="First."), "Teacher", now=NOW)
    reflect(school, lead, pilot.id, Reflection(next="Ask again."), "Deputy head", now=NOW)
    reflect(school, teacher, pilot.id, Reflection(happened="Second."), "Teacher", now=NOW)
    team = teams_answers(school, teacher, pilot.id)
    assert {entry.role: entry.body["happened"] for entry in team.answers} == {"Teacher": "Second.", "Deputy head": ""}
    assert team.mine is not None
    assert team.mine.role == "Teacher"
    assert (team.silent, team.roles) == (["Librarian"], 3)
    with Session(school.engine) as session:
        assert session.get_one(Pilot, pilot.id).state == "reflecting"


@pytest.mark.parametrize("state", ["draft", "approved", "collecting", "decided", "archived"])
def test_nobody_reflects_before_the_freezing_or_after_the_decision(school: School, state: str) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, state=state)
    with pytest.raises(WrongState, match=f"pilot_{state}"):
        reflect(school, lead, pilot.id, Reflection(happened="It rained."), "Deputy head", now=NOW)


def test_a_reflection_says_something_in_a_role(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, state="frozen")
    with pytest.raises(NotReady) as refused:
        reflect(school, lead, pilot.id, Reflection(), " ", now=NOW)
    assert refused.value.missing == ("answers", "role")
    stranger = a_staff_member(school, account="other@example.org")
    with pytest.raises(NotFound):
        reflect(school, stranger, pilot.id, Reflection(happened="It rained."), "Teacher", now=NOW)


def test_the_next_cycle_takes_over_what_is_open(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    first = begin_cycle(school, lead, pilot.id, now=NOW)
    assert cycle_for(school, lead, first).body["aim"] == "Children like to read."
    with pytest.raises(WrongState, match="cycle_runs"):
        begin_cycle(school, lead, pilot.id, now=NOW)
    predictions = (
        Prediction(question="again", predicted="Most", result="Most", confirmed="yes"),
        Prediction(question="liked", predicted="Books", result="Games", confirmed="no"),
        Prediction(question="Is it loud?", predicted="No"),
    )
    told: dict[str, Any] = {"aim": "All read", "sort": "develop", "predictions": predictions, "next": "Try books."}
    change_cycle(school, lead, first, Cycle(number=9, act="adapt", **told), now=NOW)
    second = begin_cycle(school, lead, pilot.id, now=NOW)
    kept, made = (Cycle.model_validate(cycle.body) for cycle in cycles_of(school, lead, pilot.id))
    assert (kept.number, kept.act) == (1, "adapt")
    assert (made.number, made.aim, made.sort, made.carried, made.act) == (2, "All read", "develop", "Try books.", "")
    assert made.predictions == (
        Prediction(question="liked", predicted="Books"),
        Prediction(question="Is it loud?", predicted="No"),
    )
    backwards = Cycle(number=2, aim="All", sort="test", starts_on=date(2026, 12, 2), ends_on=date(2026, 12, 1))
    with pytest.raises(NotReady, match="dates"):
        change_cycle(school, lead, second, backwards, now=NOW)


@pytest.mark.parametrize(
    ("kind", "notes", "missing"),
    [
        ("review", Review(day=date(2026, 12, 1), minutes=30), "agenda"),
        ("after_action", AfterAction(), "nothing"),
        ("conversation", Conversation(notice="Fewer read.", causes=("Too long", "too long")), "causes"),
    ],
)
def test_a_meeting_without_its_heart_is_refused_by_name(school: School, kind: str, notes: Body, missing: str) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    with pytest.raises(NotReady) as refused:
        keep_notes(school, lead, pilot.id, kind, notes, now=NOW)
    assert refused.value.missing == (missing,)


def test_a_review_shares_its_minutes_out_and_gets_its_notes_afterwards(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    planned = Review(day=date(2026, 12, 1), minutes=50, agenda=("Reading", "Games", "Who does what"))
    assert [(box.first, box.last, box.minutes) for box in time_boxes(planned)] == [
        (0, 16, 16),
        (16, 33, 17),
        (33, 50, 17),
    ]
    made = keep_notes(school, lead, pilot.id, "review", planned, now=NOW)
    note_review(school, lead, made, "The librarian orders books.", now=NOW)
    (review,) = entries_of(school, lead, pilot.id, "review")
    assert (review.state, review.body["notes"]) == ("held", "The librarian orders books.")


def test_a_lesson_stays_as_it_was_written(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    learn(school, lead, pilot.id, Lesson(learned="Ask sooner.", tags=("time",)), now=NOW)
    (lesson,) = entries_of(school, lead, pilot.id, "lesson")
    with pytest.raises(WrongState):
        change_entry(school, lead, lesson.id, now=NOW + timedelta(days=1), body={"learned": "Never ask."})


def test_an_idea_is_noted_with_the_class_that_proposes_it(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    note_idea(school, lead, pilot.id, Idea(idea="Read outside", proposed_by="Class 5A"), now=NOW)
    (idea,) = entries_of(school, lead, pilot.id, "idea")
    assert idea.body == {"idea": "Read outside", "proposed_by": "Class 5A"}
