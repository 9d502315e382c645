"""What is particular to one question type."""

import pytest
from pydantic import ValidationError

from tests.forms.factories import a_question, options


def test_a_choice_has_no_better_answer_unless_the_file_names_one() -> None:
    assert a_question("choice").favourable() == frozenset()
    assert a_question("choice", favourable=["blue"]).favourable() == {"blue"}


def test_more_boxes_ticked_than_allowed_are_no_answer() -> None:
    question = a_question("choices", at_most=2)
    assert question.accept(["red", "blue"]) == ("red", "blue")
    assert question.accept(["red", "blue", "green"]) is None
    assert question.accept(["red", "red"]) == ("red",)
    assert question.accept(["red", "purple"]) is None


@pytest.mark.parametrize(
    ("steps", "favourable"),
    [
        (("low", "high"), {"high"}),
        (("low", "middle", "high"), {"high"}),
        (("not", "little", "lot", "much"), {"lot", "much"}),
        (("a", "b", "c", "d", "e"), {"d", "e"}),
    ],
)
def test_the_top_of_a_scale_counts_as_favourable(steps: tuple[str, ...], favourable: set[str]) -> None:
    assert a_question("scale", options=options(*steps)).favourable() == favourable


def test_dont_know_stands_apart_from_the_scale() -> None:
    question = a_question("scale")
    assert [option.id for option in question.cells()] == ["none", "some", "more", "most"]
    assert [option.id for option in question.apart()] == ["dont-know"]
    assert [option.id for option in question.offered()][-1] == "dont-know"


def test_yes_maybe_no_is_offered_from_yes_and_counted_from_no() -> None:
    question = a_question("yes-maybe-no", options=options("no", "yes", "maybe"))
    assert [option.id for option in question.offered()] == ["yes", "maybe", "no"]
    assert [option.picture for option in question.offered()] == ["yes", "maybe", "no"]
    assert [option.id for option in question.cells()] == ["no", "maybe", "yes"]
    assert question.favourable() == {"yes"}


def test_a_number_is_counted_in_its_band_only() -> None:
    question = a_question("number", minimum=1, maximum=20, bands=[1, 3, 4, 8])
    assert [option.id for option in question.cells()] == ["1-2", "3", "4-7", "8-"]
    assert [option.label["ar"] for option in question.cells()] == ["1–2", "3", "4–7", "8+"]
    assert [question.cell_of(number)[0] for number in (1, 2, 3, 4, 7, 8, 20)] == [
        *("1-2", "1-2", "3", "4-7", "4-7", "8-", "8-")
    ]
    assert question.accept(0) is None
    assert question.accept(21) is None


def test_a_text_keeps_its_lines_and_loses_control_characters() -> None:
    question = a_question("text", max_length=12)
    assert question.accept(" one\r\ntwo\tthree\x00\x1b\ud800 ") is None
    assert question.accept(" one\r\ntwo\t3\x00\x1b\x85\ud800 ") == "one\ntwo\t3"
    assert question.accept("۱۲۳۴۵۶۷۸۹۰۱۲") == "۱۲۳۴۵۶۷۸۹۰۱۲"
    assert question.accept("\x00 \x07") is None


@pytest.mark.parametrize(
    ("type_", "facts"),
    [
        ("choice", {"options": options("red", "red")}),
        ("choice", {"favourable": ["purple"]}),
        ("choices", {"at_most": 4}),
        ("scale", {"options": options("only")}),
        ("scale", {"options": options("a", "b", "c", "d", "e", "f", "g", "h")}),
        ("scale", {"apart": options("none")}),
        ("yes-maybe-no", {"options": options("yes", "no")}),
        ("number", {"minimum": 30}),
        ("number", {"bands": [0, 6, 3]}),
        ("number", {"bands": [1, 3]}),
        ("number", {"bands": [0, 21]}),
        ("choice", {"apart": options("blue")}),
        ("choice", {"apart": []}),
        ("choices", {"apart": options("x", "y", "z", "w")}),
        ("picture-choice", {"options": options("red", "blue")}),
        ("smileys", {"options": options("a", "b")}),
        ("smileys", {"options": options("a", "b", "c", "d", "e", "f")}),
        ("smileys", {"faces": "sad"}),
        ("smileys", {"options": [{**option, "picture": "no"} for option in options("a", "b", "c")]}),
        ("smileys", {"options": [{"id": id_, "label": {"en": ":-)", "ar": "نعم"}} for id_ in "abc"]}),
        ("then-now", {"options": options("a", "a-very-long-id-of-twenty")}),
        ("ranking", {"top": 3}),
        ("ranking", {"options": options("red", "red")}),
        ("points", {"total": 1}),
        ("month", {"first": "2026-13"}),
        ("month", {"first": "2026-9"}),
        ("month", {"last": "2026-09"}),
        ("month", {"last": "2028-09"}),
        ("week", {"first": "2026-W54"}),
        ("week", {"last": "2027-W53"}),
        ("week", {"first": "2026-09"}),
        ("short-text", {"max_length": 201}),
        ("text", {"max_length": 0}),
        ("text", {"colour": "red"}),
    ],
)
def test_a_question_that_could_not_be_counted_cannot_be_made(type_: str, facts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_question(type_, **facts)
