"""Slips of the hand at the desk: each is said at its place, the form comes back, and nothing is planned."""

from typing import Any, NoReturn

import pytest
from flask import Flask

from feedback.operations.errors import NotReady
from feedback.operations.pilots.pilot import pilot_for, pilots_of
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_pilot, a_staff_member
from tests.feedback.web.pilots.test_desk_pilots import TYPED
from tests.feedback.web.rounds.test_desk_rounds import ASKED, PLANNED

FAR = "Please choose a day from the year 2000 on, at most five years ahead."


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": "9999-12-31T23:59"},
        {"opens_at": "1999-12-31T08:00"},
        {"promise_on": "9999-12-31"},
        {"promise_on": "2031-11-24"},
    ],
)
def test_a_round_cannot_be_planned_for_a_day_that_is_far_away(
    school: School, app: Flask, wrong: dict[str, str]
) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    page = Desk(app, lead).send(f"/pilots/{pilot.id}/rounds/new/family-window", **{**PLANNED, **wrong})
    assert (page.status, page.words.count(FAR)) == (422, 2)
    assert {name: page.fields[name] for name in wrong} == {name: [day] for name, day in wrong.items()}
    assert pilot_for(school, lead, pilot.id).rounds == []


def test_five_years_ahead_can_still_be_promised(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    typed = {**PLANNED, "promise_on": "2031-11-23"}
    assert Desk(app, lead).send(f"/pilots/{pilot.id}/rounds/new/family-window", **typed).status == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_no_class_is_asked_and_no_pilot_ends_on_a_day_that_is_far_away(school: School, app: Flask, day: str) -> None:
    desk = Desk(app, a_staff_member(school, "lead", "teacher"))
    for page in (
        desk.send("/ask-my-class/first-look", **{**ASKED, "day": day}),
        desk.send("/pilots/new", **{**TYPED, "ends_on": day}),
    ):
        assert (page.status, page.words.count(FAR)) == (422, 2)


@pytest.mark.parametrize("size", ["000000020999", "1000000000", "9" * 5000])
def test_a_number_is_read_whole_or_not_at_all(school: School, app: Flask, size: str) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    page = Desk(app, teacher).send("/ask-my-class/first-look", **{**ASKED, "class_size": size})
    assert (page.status, page.words.count("Please type a whole number from 1 to 500.")) == (422, 2)
    assert pilots_of(school, teacher) == []


@pytest.mark.parametrize(
    ("instrument", "wrong", "sentence"),
    [
        ("family-window", {"k": ""}, "Wait for at least 5 voices."),
        (
            "family-window",
            {"imported": "y"},
            "Answers from a file are all there at once: choose that the box is destroyed.",
        ),
    ],
)
def test_a_plan_that_cannot_be_asked_comes_back_with_its_sentence_and_everything_typed(
    school: School, app: Flask, instrument: str, wrong: dict[str, Any], sentence: str
) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    page = Desk(app, lead).send(f"/pilots/{pilot.id}/rounds/new/{instrument}", **{**PLANNED, **wrong})
    assert (page.status, page.words.count(sentence)) == (422, 2)
    kept = {name: page.fields[name] for name in ("title", "k", "closes_at", "groups")}
    assert kept == {name: [{**PLANNED, **wrong}[name]] for name in kept}
    assert pilot_for(school, lead, pilot.id).rounds == []


def test_a_class_that_no_standing_pilot_waits_for_keeps_what_was_typed(school: School, app: Flask) -> None:
    page = Desk(app, a_staff_member(school)).send("/ask-my-class/first-look", **ASKED)
    assert page.status == 422
    assert "Your school has no standing pilot any more. A pilot lead can begin one." in page.words
    assert page.fields["class_name"] == ["2B"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("unknown_question", "This form has changed. Choose its questions again."),
        ("missing_language", "A question has no words in one language. Write them again."),
        ("unlisted_language", "Some words are in a language that this form does not have. Take them out."),
        ("too_many_words", "The words of a question are too long. Make them shorter."),
        ("languages", "Choose languages that all questions are asked in."),
        ("something new", "This cannot be asked as it stands here. Change it and try again."),
    ],
)
def test_whatever_an_operation_finds_missing_has_a_sentence_on_the_form(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch, code: str, sentence: str
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise NotReady(code)

    monkeypatch.setattr("feedback.web.rounds.course.ask_my_class", refuse)
    monkeypatch.setattr("feedback.web.rounds.course.rounds.plan_round", refuse)
    desk, pilot = Desk(app, a_staff_member(school, "lead", "teacher")), a_pilot(school, standing=True)
    planned = desk.send(f"/pilots/{pilot.id}/rounds/new/family-window", **PLANNED)
    asked = desk.send("/ask-my-class/first-look", **ASKED)
    assert (planned.status, planned.fields["title"]) == (422, ["Families of year 3"])
    assert (asked.status, asked.fields["class_name"]) == (422, ["2B"])
    assert sentence in planned.words
    assert sentence in asked.words
