"""Deciding at the desk: every refusal is named with its cure, nothing typed is lost, and the decision can be read."""

from typing import Any

from flask import Flask

from feedback.operations.pilots.entries.thought import Reflection
from feedback.operations.pilots.reflect import reflect
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.thinking import a_frozen_pilot, see_something

TYPED: dict[str, Any] = {
    "choice": "stop",
    "because": "Few use it.",
    "verdict": "confirms",
    "signers": "Deputy head\nLibrarian",
    "dissent": "The librarian would go on.",
    "next_review": "2027-02-01",
}


def test_a_decision_is_refused_by_name_until_it_rests_on_two_kinds_of_evidence(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, round_ = a_frozen_pilot(school, lead)
    desk, path = Desk(app, lead), f"/pilots/{pilot.id}/decide"
    page = desk.send(path, **TYPED)
    assert page.status == 422
    for sentence in (
        "Nobody has reflected yet.",
        "Tick at least one finding: what did the people say?",
        "Tick at least one thing beside what people said",
    ):
        assert sentence in page.words
    assert f"/en/desk/pilots/{pilot.id}/reflect" in page.links
    assert (page.fields["because"], page.fields["verdict"]) == (["Few use it."], ["confirms"])
    reflect(school, lead, pilot.id, Reflection(happened="They read."), "Deputy head", now=NOW)
    seen = see_something(school, lead, pilot)
    words = " ".join(desk.open(path).words.split())
    assert "Do you want to use it again? 75% or more answered: Yes. (Class 2B)" in words
    assert "Observation: 2026-W47 · Library · Two groups read aloud to each other." in words
    cited = {"cited": f"{round_.id}:again", "beside": seen}
    page = desk.send(path, **TYPED | cited | {"verdict": "overrules"})
    assert (page.status, "Say why you decide against the verdict." in page.words) == (422, True)
    page = desk.send(path, **TYPED | cited | {"choice": "scale"})
    assert "Say on which later day you look whether it still works." in page.words
    page = desk.send(path, **TYPED | cited)
    assert (page.status, page.title) == (200, "Decision")
    assert desk.send(path, **TYPED | cited).status == 409


def test_a_decision_can_be_read_and_its_exit_steps_ticked_off(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot, round_ = a_frozen_pilot(school, lead)
    desk = Desk(app, lead)
    assert "First the team reflects." in desk.open(f"/pilots/{pilot.id}/decision").words
    reflect(school, lead, pilot.id, Reflection(happened="They read."), "Deputy head", now=NOW)
    cited = {"cited": f"{round_.id}:again", "beside": see_something(school, lead, pilot)}
    page = desk.send(f"/pilots/{pilot.id}/decide", **TYPED | cited)
    words = " ".join(page.words.split())
    for said in (
        "Stop: it ends",
        "What people said: Do you want to use it again? 75% or more answered: Yes. (Class 2B)",
        "The decision goes with it.",
        "The librarian would go on.",
        "February 1, 2027",
        "0 of 5 steps are done.",
        "The licences end in June.",
        "Families and students are told that it ends, and why.",
    ):
        assert said in words
    first = next(name for name in page.fields if name.endswith("-owner")).removesuffix("-owner")
    wrong = desk.send(f"/exit-steps/{first}", **{f"{first}-owner": "IT", f"{first}-due": "soon"})
    assert (wrong.status, wrong.fields[f"{first}-owner"]) == (422, ["IT"])
    page = desk.send(f"/exit-steps/{first}", **{f"{first}-owner": "IT", f"{first}-done": "y"})
    assert "1 of 5 steps are done." in page.words
    assert f"{first}-owner" in page.fields
