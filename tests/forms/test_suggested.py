"""Criteria that a form suggests: about its own questions and answers, and gone when those are."""

import pytest

from forms.definition import canonical
from forms.draft import as_data, as_draft, faults_of_draft, finished
from forms.library import open_library
from forms.loader import InstrumentRefused, load_instrument
from forms.tailor import tailor

FORM = """
format: 1
id: short
version: 1
languages: [en]
audience: students
layout: screens
minutes: 1
licence: MIT
title: {en: Short}
introduction: {en: Hello.}
sections:
  - id: one
    title: {en: One}
    questions:
      - type: choice
        id: tool-today
        text: {en: How was it}
        why: {en: To do better.}
        options:
          - {id: helped, label: {en: It helped}}
          - {id: same, label: {en: The same}}
      - type: text
        id: more
        max_length: 100
        text: {en: What else}
        why: {en: To do better.}
"""
SUGGESTED = (
    "suggested:\n  - {{question: {question}, answers: [{answers}], target: {target}, minimum_voices: {voices}}}\n"
)


def suggesting(question: str = "tool-today", answers: str = "helped", target: int = 60, voices: int = 10) -> str:
    return FORM + SUGGESTED.format(question=question, answers=answers, target=target, voices=voices)


def test_a_form_that_suggests_nothing_says_nothing_about_it() -> None:
    assert "suggested" not in canonical(load_instrument(FORM, name="short.yaml"))


def test_a_suggestion_is_a_criterion_that_can_be_taken_over() -> None:
    (suggested,) = load_instrument(suggesting(), name="short.yaml").suggested or ()
    assert suggested.model_dump() == {
        "question": "tool-today",
        "answers": ("helped",),
        "target": 60,
        "minimum_voices": 10,
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (suggesting(question="tool-yesterday"), "suggested_question"),
        (suggesting(question="more"), "suggested_question"),
        (suggesting(answers="helped, hindered"), "suggested_answers"),
        (suggesting(target=100), "less_than_equal"),
        (suggesting(voices=4), "greater_than_equal"),
        (FORM + "suggested: []\n", "too_short"),
    ],
)
def test_what_no_criterion_can_be_about_is_refused_at_its_line(text: str, code: str) -> None:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(text, name="short.yaml")
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.line >= text.splitlines().index("suggested: []" if code == "too_short" else "suggested:") + 1


def test_a_suggestion_goes_with_its_question() -> None:
    instrument = open_library("first-look")
    assert [each.question for each in tailor(instrument, without=["easy"]).suggested or ()] == ["again"]
    assert tailor(instrument, without=["easy", "again"]).suggested is None


def test_a_draft_can_lose_the_question_or_the_answer_that_was_suggested() -> None:
    draft = as_draft(open_library("lesson-exit-ticket"), "en")
    understood, today, _next = draft["sections"][0]["questions"]
    today["options"] = [option for option in today["options"] if option["id"] != "helped"]
    today.pop("favourable")
    assert faults_of_draft(draft) == ()
    assert [each.question for each in finished(draft).suggested or ()] == ["understood-today"]
    draft["sections"][0]["questions"].remove(understood)
    assert finished(draft).suggested is None


def test_a_draft_keeps_what_is_suggested_about_a_change() -> None:
    data = as_data(open_library("did-it-change-anything-staff"))
    assert [each.answers for each in finished(data).suggested or ()] == [("more",)]
