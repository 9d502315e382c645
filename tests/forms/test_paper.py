"""Typing a sheet in: numbers of boxes become answers, and whatever is none is refused."""

from typing import cast

import pytest

from forms.paper import NotOnTheSheet, line_numbers, typed_answer
from forms.questions import AnyQuestion
from forms.questions.base import Answer
from tests.factories import a_family_instrument
from tests.forms.factories import a_question
from tests.winding import a_winding_form

_SHEET = a_family_instrument()


def _question(id_: str) -> AnyQuestion:
    return _SHEET.question(id_)


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        ("ease", "1", "hard"),
        ("ease", " 3 ", "easy"),
        ("ease", "4", "unknown"),
        ("ease", "٢", "fair"),
        # As on paper: yes first, though the scale counts from no.
        ("again", "1", "yes"),
        ("again", "3", "no"),
        ("liked", "2", ("books",)),
        ("liked", "3 1", ("games", "stars")),
        ("liked", "1,3", ("games", "stars")),
        ("liked", "١، ٣", ("games", "stars")),
        ("liked", "13", ("games", "stars")),
        ("days", "0", 0),
        ("days", "7", 7),
        ("wish", " Warm soup\r\nplease ", "Warm soup\nplease"),
        ("wish", "4", "4"),
    ],
)
def test_what_stands_on_a_sheet_is_typed_as_numbers(question: str, typed: str, answer: Answer) -> None:
    assert typed_answer(_question(question), typed) == answer


@pytest.mark.parametrize("question", ["ease", "again", "liked", "days", "wish"])
@pytest.mark.parametrize("typed", ["", "  ", "\t"])
def test_an_empty_line_is_a_skipped_question(question: str, typed: str) -> None:
    assert typed_answer(_question(question), typed) is None


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("ease", "0"),
        ("ease", "5"),
        ("ease", "1 2"),
        ("ease", "12"),
        ("ease", "hard"),
        ("again", "yes"),
        ("liked", "1 2 3"),
        ("liked", "1 1"),
        ("liked", "4"),
        ("liked", "1-2"),
        ("days", "8"),
        ("days", "1 2"),
        ("days", "-1"),
        ("days", "9" * 40),
        ("wish", "x" * 201),
    ],
)
def test_what_is_no_answer_is_refused_and_never_guessed(question: str, typed: str) -> None:
    with pytest.raises(NotOnTheSheet):
        typed_answer(_question(question), typed)


@pytest.mark.parametrize(
    ("type_", "typed", "answer"),
    [
        ("ranking", "3 1", ("green", "red")),
        ("ranking", "312", ("green", "red", "blue")),
        ("points", "7 0 3", {"red": 7, "green": 3}),
        ("then-now", "1 3", ("none", "most")),
        ("then-now", "22", ("some", "some")),
        ("month", "2", "2026-10"),
        ("smileys", "3", "lot"),
        ("picture-choice", "1", "red"),
        ("short-text", "Soup", "Soup"),
    ],
)
def test_every_type_of_question_is_typed_in_from_paper(type_: str, typed: str, answer: Answer) -> None:
    assert typed_answer(cast(AnyQuestion, a_question(type_)), typed) == answer


@pytest.mark.parametrize(
    ("type_", "typed"), [("ranking", "1 1"), ("points", "7 3"), ("points", "7 0 4"), ("then-now", "1"), ("month", "9")]
)
def test_half_an_answer_is_none(type_: str, typed: str) -> None:
    with pytest.raises(NotOnTheSheet):
        typed_answer(cast(AnyQuestion, a_question(type_)), typed)


def test_lines_for_own_words_are_numbered_after_their_question() -> None:
    numbers = line_numbers(a_winding_form())
    assert list(numbers.items())[:3] == [("how", "1"), ("how-other", "1a"), ("bus-full", "2")]
    assert len(set(numbers.values())) == len(a_winding_form().questions)
