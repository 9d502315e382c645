"""Forms out of instruments: order, restriction to a screen, errors that keep what was typed; and the count's check."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wtforms import Form

from forms.builder import accept_answers, answers_of, build_form
from tests.forms.factories import Marked, Posted, a_question_dict, an_instrument

EVERY_TYPE = an_instrument()
IDS = [question.id for question in EVERY_TYPE.questions]


def filled(posted: dict[str, list[str]], *questions: dict[str, object], language: str = "en") -> Form:
    form = build_form(an_instrument(*questions), language, translations=Marked())(Posted(posted))
    form.validate()
    return form


def test_fields_come_in_the_order_of_the_form() -> None:
    assert [field.name for field in build_form(EVERY_TYPE, "en")()] == [f"q-{id_}" for id_ in IDS]


def test_one_screen_has_only_its_own_questions() -> None:
    form = build_form(EVERY_TYPE, "en", questions=["a-text", "a-choice"])()
    assert [field.name for field in form] == ["q-a-choice", "q-a-text"]
    with pytest.raises(KeyError):
        build_form(EVERY_TYPE, "en", questions=["a-poem"])


def test_a_language_that_the_form_does_not_have_falls_back_to_english() -> None:
    assert build_form(EVERY_TYPE, "so")()["q-a-text"].label.text == "How was it?"


@pytest.mark.parametrize("typed", ["12", " 12 ", "+12", "١٢", "۱۲", "१२", "\u200f١٢\u200f"])
def test_numbers_are_read_in_the_digits_of_every_script(typed: str) -> None:
    form = filled({"q-a-number": [typed]}, a_question_dict("number"))
    assert form.errors == {}
    assert form["q-a-number"].data == 12


@pytest.mark.parametrize("typed", ["twelve", "1.5", "1_2", "12 apples", "9" * 5000, "-", "½"])
def test_what_is_no_whole_number_stays_beside_its_error(typed: str) -> None:
    form = filled({"q-a-number": [typed]}, a_question_dict("number"))
    assert form.errors == {"q-a-number": ["«Please write a whole number, such as 3.»"]}
    assert f'value="{typed}"' in str(form["q-a-number"]())
    assert answers_of(an_instrument(a_question_dict("number")), form) == {}


def test_a_number_out_of_range_stays_beside_its_error() -> None:
    form = filled({"q-a-number": ["٢١"]}, a_question_dict("number", minimum=0, maximum=20))
    assert form.errors == {"q-a-number": ["«Please write a number from 0 to 20.»"]}
    assert 'value="٢١"' in str(form["q-a-number"]())


def test_too_many_boxes_stay_ticked_beside_their_error() -> None:
    form = filled({"q-a-choices": ["red", "blue"]}, a_question_dict("choices", at_most=1))
    assert form.errors == {"q-a-choices": ["«Please choose no more than 1 answer.»"]}
    boxes: Any = form["q-a-choices"]
    assert [box.checked for box in boxes] == [True, True, False]


def test_a_text_that_is_too_long_stays_whole_beside_its_error() -> None:
    form = filled({"q-a-text": ["a <b>\x00 c"]}, a_question_dict("text", max_length=5))
    sentence = "«This is too long: please keep it to 5 characters. Now it has 7.»"
    assert form.errors == {"q-a-text": [sentence]}
    assert "a &lt;b&gt; c</textarea>" in str(form["q-a-text"]())


def test_a_shared_device_is_told_not_to_remember_what_was_typed() -> None:
    form = build_form(EVERY_TYPE, "en")()
    assert 'autocomplete="off"' in str(form["q-a-text"]())
    assert 'autocomplete="off"' in str(form["q-a-number"]())
    assert 'type="text"' in str(form["q-a-number"]())


def test_the_count_drops_what_is_not_valid_and_keeps_the_rest() -> None:
    raw = json.loads('{"a-choice": "red", "a-choices": ["red", "x"], "a-number": 99, "a-text": " Hi ", "poem": "x"}')
    assert accept_answers(EVERY_TYPE, raw) == {"a-choice": "red", "a-text": "Hi"}


@pytest.mark.parametrize("raw", [None, 3, "a-choice", [], [["a-choice", "red"]], {}, {"a-choice": {"red": 1}}, {3: 4}])
def test_the_count_finds_no_answer_in_nonsense(raw: object) -> None:
    assert accept_answers(EVERY_TYPE, raw) == {}


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
KNOWN = st.sampled_from(
    ["red", "blue", "green", "none", "most", "dont-know", "yes", "maybe", "no", "lot", "2026-09", "2026-w53", 0, 3, 10]
)
LEAF = KNOWN | st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | st.binary(max_size=8)
ANYTHING = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KNOWN | ANY_TEXT, inner, max_size=3)
)
ENVELOPE = st.dictionaries(st.sampled_from(IDS) | ANY_TEXT, ANYTHING, max_size=8)


@settings(max_examples=300, deadline=None, database=None)
@given(ENVELOPE | ANYTHING)
def test_whatever_an_envelope_holds_only_valid_answers_come_out(raw: object) -> None:
    accepted = accept_answers(EVERY_TYPE, raw)
    for id_, answer in accepted.items():
        question = EVERY_TYPE.question(id_)
        cells = {option.id for option in (*question.cells(), *question.apart())}
        assert question.accept(answer) == answer
        assert set(question.cell_of(answer)) <= cells
    assert accept_answers(EVERY_TYPE, json.loads(json.dumps(accepted).encode())) == accepted


PARTS = ["red", "blue", "green", "then", "now"]
NAMES = [f"q-{id_}" for id_ in IDS] + [
    f"q-a-{type_}.{part}" for type_ in ("ranking", "points", "then-now") for part in PARTS
]


@settings(max_examples=100, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(ANY_TEXT | KNOWN.map(str), max_size=4)))
def test_whatever_a_browser_posts_only_valid_answers_come_out(posted: dict[str, list[str]]) -> None:
    form = build_form(EVERY_TYPE, "ar")(Posted(posted))
    form.validate()
    answers = answers_of(EVERY_TYPE, form)
    assert accept_answers(EVERY_TYPE, answers) == answers
