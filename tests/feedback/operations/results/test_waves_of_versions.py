"""Two waves that asked two versions of a form: the same is compared, other words are noted, other answers are not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.models import Pilot, StaffMember
from feedback.operations.evidence.dashboard import Dashboard, dashboard_of
from feedback.operations.evidence.frozen import evidence_for
from feedback.operations.evidence.shape import WavesSeen
from feedback.operations.results.trend import trend_of
from feedback.operations.results.wall import wall_of
from feedback.operations.school import School
from feedback.operations.workshop.published import form_to_ask
from forms.questions.base import Answer
from forms.same_question import sameness
from forms.texts import Data
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword, the_question

PLEASED: dict[str, Answer] = {"again": "yes", "ease": "easy"}
TIRED: dict[str, Answer] = {"again": "no", "ease": "hard"}


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead")


def _asked_twice(school: School, lead: StaffMember, *steps: Callable[[Data], object]) -> Pilot:
    """A pilot whose baseline asked version 1 of a form, and whose end asked version 2."""
    pilot, draft_id = a_pilot(school, owner_id=lead.id), a_draft(school, lead)
    for wave, pleased in (("baseline", 8), ("end", 20)):
        if wave == "end":
            for step in steps:
                change(school, lead, draft_id, step)
        publish(school, lead, draft_id, wave)
        opens_at = NOW - timedelta(days=30 if wave == "baseline" else 2)
        facts = {"wave": wave, "opens_at": opens_at, "group_size": 30, "owner_id": lead.id, "languages": ["en"]}
        round_ = a_round(school, form_to_ask(school, "ours"), pilot=pilot, **facts)
        fill_and_count(school, round_, *[PLEASED] * pleased, *[TIRED] * (25 - pleased))
    return pilot


def _dashboard(school: School, lead: StaffMember, pilot: Pilot) -> Dashboard:
    return dashboard_of(school, lead, pilot.id)


def _waves(school: School, pilot: Pilot) -> WavesSeen:
    with Session(school.engine) as session:
        (waves,) = evidence_for(session, school, session.get_one(Pilot, pilot.id)).evidence.waves
    return waves


def _minutes(data: Data) -> object:
    return data.update(minutes=4)


def _other_label(data: Data) -> object:
    return the_question(data, "again")["options"][0]["label"].update(en="Absolutely")


def test_a_question_that_stayed_is_compared(school: School, lead: StaffMember) -> None:
    pilot = _asked_twice(school, lead, _minutes)
    found = _dashboard(school, lead, pilot)
    assert {each.voices.instrument.version for wave in found.waves for each in wave.lines} == {1, 2}
    assert [(each.question, each.reworded) for each in found.waves] == [("ease", False), ("again", False)]
    assert found.other_answers == ()
    waves = _waves(school, pilot)
    assert {each.question for each in waves.differences} == {"ease", "again"}
    assert (waves.reworded, waves.other_answers) == ((), ())


def test_other_words_and_other_answers_are_said(school: School, app: Flask, lead: StaffMember) -> None:
    pilot = _asked_twice(school, lead, reword("ease", "How easy was it at home?"), _other_label)
    found = _dashboard(school, lead, pilot)
    assert [(each.question, each.reworded) for each in found.waves] == [("ease", True)]
    assert [question for question, _voices in found.other_answers] == ["again"]
    waves = _waves(school, pilot)
    assert [each.question for each in waves.differences] == ["ease"]
    assert (waves.reworded, waves.other_answers) == (("ease",), ("again",))
    words = Desk(app, lead).open(f"/pilots/{pilot.id}/dashboard").words
    assert "This question was put in other words in between." in words
    assert "Not held side by side, because the answers to choose from were changed:" in words
    # A wall puts no line through answers that are not the same.
    (of_class,) = wall_of(school, lead, pilot.id, "en").classes
    spots = [spot.heard for spot in of_class.trend.spots]
    assert trend_of("ease", spots).cells
    assert trend_of("again", spots).cells == ()


_EASE = a_family_instrument().question("ease")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"hint": {"en": "Think.", "ar": "فكر", "es": "Piensa"}, "goal": "equity"}, "same"),
        ({"text": {**_EASE.text, "en": "Is it easy at home?"}}, "words"),
        ({"text": {"en": _EASE.text["en"]}}, "same"),
        ({"text": {"fr": "Facile ?"}}, "words"),
        ({"stem": {"en": "Think of home."}}, "words"),
        ({"options": tuple(reversed(_EASE.options))}, "answers"),  # type: ignore[union-attr]  # a scale
        ({"options": _EASE.options[1:]}, "answers"),  # type: ignore[union-attr]  # a scale
        ({"set_apart": ()}, "answers"),
    ],
)
def test_two_versions_of_a_question_are_the_same_reworded_or_another(changes: Data, expected: str) -> None:
    assert sameness(_EASE, _EASE.model_copy(update=changes)) == expected
