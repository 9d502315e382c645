"""Reflecting, meeting and learning at the desk: what is pre-filled, what is refused, what is shown to whom."""

from flask import Flask

from feedback.operations.pilots.book import entries_of
from feedback.operations.pilots.cycles import cycles_of
from feedback.operations.pilots.meetings import meeting_for
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_round, a_staff_member
from tests.feedback.thinking import a_frozen_pilot


def test_the_four_questions_begin_with_the_hypothesis_and_the_frozen_figures(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, _round = a_frozen_pilot(school, lead)
    desk = Desk(app, lead)
    page = desk.open(f"/pilots/{pilot.id}/reflect")
    assert page.fields["intended"] == ["If we use the app, then more read, by June, because it is fun."]
    assert page.fields["role"] == ["Deputy head"]
    assert "75% or more answered: Yes." in " ".join(page.words.split())
    typed = {"happened": "They read more.", "changed_for_students": "They ask for books.", "role": "Deputy head"}
    page = desk.send(f"/pilots/{pilot.id}/reflections", **typed)
    assert "Your answers are kept." in page.words
    assert "Answers of the team: 1. Roles heard: 1 of 1." in page.words
    assert page.fields["happened"] == ["They read more."]


def test_a_reflection_without_a_word_is_refused_and_keeps_what_was_typed(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, _round = a_frozen_pilot(school, lead)
    page = Desk(app, lead).send(f"/pilots/{pilot.id}/reflections", happened=" ", role="Librarian")
    assert page.status == 422
    assert "Answer at least one of the four questions." in page.words
    assert page.fields["role"] == ["Librarian"]


def test_a_rounds_teacher_reflects_and_does_not_decide_and_a_stranger_sees_nothing(school: School, app: Flask) -> None:
    lead, teacher = a_staff_member(school, "lead", account="lead@example.org"), a_staff_member(school)
    pilot, _round = a_frozen_pilot(school, lead)
    a_round(school, pilot=pilot, owner_id=teacher.id)
    desk = Desk(app, teacher)
    page = desk.send(f"/pilots/{pilot.id}/reflections", next="Ask again.", role="Teacher")
    assert "Your answers are kept." in page.words
    # The other round is not this teacher's, and so are its figures.
    assert "75%" not in page.words
    assert desk.status(f"/pilots/{pilot.id}/decide") == 403
    stranger = Desk(app, a_staff_member(school, account="other@example.org"))
    for part in ("reflect", "ideas", "meetings", "cycles", "decision"):
        assert stranger.status(f"/pilots/{pilot.id}/{part}") == 404


def test_a_review_has_an_agenda_of_the_findings_in_time_boxes(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, _round = a_frozen_pilot(school, lead)
    desk = Desk(app, lead)
    page = desk.open(f"/pilots/{pilot.id}/meetings/new/review")
    agenda = page.fields["agenda"][0].splitlines()
    assert agenda[0] == "Do you want to use it again?"
    assert agenda[-1] == "Who does what, by when?"
    page = desk.send(f"/pilots/{pilot.id}/meetings/new/review", day="2026-12-01", minutes="40", agenda="Books\nGames")
    assert "20 minutes: from 0 to 20" in page.words
    assert "20 minutes: from 20 to 40" in page.words
    assert "December 1, 2026, 40 minutes" in page.words
    (review,) = entries_of(school, lead, pilot.id, "review")
    page = desk.send(f"/meetings/{review.id}", notes="The librarian orders books.")
    assert meeting_for(school, lead, review.id).body["notes"] == "The librarian orders books."


def test_a_data_conversation_demands_two_causes(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, _round = a_frozen_pilot(school, lead)
    desk, path = Desk(app, lead), f"/pilots/{pilot.id}/meetings/new/conversation"
    page = desk.send(path, notice="Four say no.", causes="Too long")
    assert (page.status, page.fields["notice"]) == (422, ["Four say no."])
    assert "Name at least two causes that rule each other out" in page.words
    page = desk.send(path, notice="Four say no.", causes="Too long\nToo easy")
    assert "Too easy" in page.words


def test_lessons_are_added_and_ideas_name_their_class(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, _round = a_frozen_pilot(school, lead)
    desk = Desk(app, lead)
    page = desk.send(f"/pilots/{pilot.id}/meetings", learned="Ask sooner.", tags="time, families")
    assert "Ask sooner." in page.words
    assert [each.body["tags"] for each in entries_of(school, lead, pilot.id, "lesson")] == [["time", "families"]]
    assert desk.send(f"/pilots/{pilot.id}/ideas", idea="Read outside").status == 422
    page = desk.send(f"/pilots/{pilot.id}/ideas", idea="Read outside", proposed_by="Class 5A")
    assert "Proposed by Class 5A on November 23, 2026" in page.words


def test_a_prediction_stands_beside_what_came_out_and_is_handed_on(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, _round = a_frozen_pilot(school, lead)
    desk = Desk(app, lead)
    page = desk.send(f"/pilots/{pilot.id}/cycles")
    (cycle,) = cycles_of(school, lead, pilot.id)
    path = f"/cycles/{cycle.id}"
    page = desk.send(path, **page.fields | {"p0_of": "again"})
    assert (page.status, "Say what you think will come out." in page.words) == (422, True)
    page = desk.send(path, **page.fields | {"p0_of": "again", "p0_predicted": "Half say yes"})
    assert "You predicted: Half say yes" in page.words
    assert "What came out in Class 2B. It is frozen." in page.words
    assert "75% or more" in page.words
    page = desk.send(path, **page.fields | {"p0_confirmed": "no", "act": "adapt", "next": "Try books."})
    desk.send(f"/pilots/{pilot.id}/cycles")
    second = cycles_of(school, lead, pilot.id)[1]
    page = desk.open(f"/cycles/{second.id}")
    assert "Try books." in page.words
    assert page.fields["p0_predicted"] == ["Half say yes"]
    assert desk.status(f"/pilots/{pilot.id}/cycles", "POST") == 409
