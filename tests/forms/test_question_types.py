"""What holds for every question type; a new type is tested by being in the list."""

from typing import Any

import pytest

from analysis import tables
from forms.builder import answers_of, build_form, field_name
from forms.questions import QUESTION_TYPES
from forms.questions.base import Answer, Measure
from tests.forms.factories import SMALLEST, Marked, Posted, a_question, a_question_dict, an_instrument

TYPES = sorted(QUESTION_TYPES)

#: For each type: what a browser posts, what is sealed, what JSON makes of it, the cells it is counted in.
ANSWERS: dict[str, tuple[list[str], Answer, object, tuple[str, ...]]] = {
    "choice": (["blue"], "blue", "blue", ("blue",)),
    "choices": (["green", "red"], ("red", "green"), ["red", "green"], ("red", "green")),
    "scale": (["dont-know"], "dont-know", "dont-know", ("dont-know",)),
    "yes-maybe-no": (["maybe"], "maybe", "maybe", ("maybe",)),
    "number": ([" 4 "], 4, 4, ("3-5",)),
    "text": (["  More time.\r\n"], "More time.", "More time.", ()),
}

NONSENSE = [
    None,
    True,
    0.5,
    -1,
    10**30,
    "",
    "no-such-answer-" * 400,
    [],
    ["red", ["red"]],
    {},
    {"red": 1},
    b"red",
    object(),
]


def test_every_type_has_an_example_here() -> None:
    assert set(TYPES) == set(SMALLEST) == set(ANSWERS)


def test_forms_and_analysis_know_the_same_measures() -> None:
    assert [measure.value for measure in Measure] == [measure.value for measure in tables.Measure]


@pytest.mark.parametrize("type_", TYPES)
def test_every_question_can_be_skipped(type_: str) -> None:
    instrument = an_instrument(a_question_dict(type_))
    name = field_name(f"a-{type_}")
    for posted in (Posted(), Posted({name: [""]}), Posted({name: ["  "]} if type_ in {"number", "text"} else {})):
        form = build_form(instrument, "en")(posted)
        assert form.validate()
        assert answers_of(instrument, form) == {}


@pytest.mark.parametrize("type_", TYPES)
def test_what_was_typed_is_what_is_sealed_and_what_is_counted(type_: str) -> None:
    typed, sealed, decoded, cells = ANSWERS[type_]
    instrument = an_instrument(a_question_dict(type_))
    form = build_form(instrument, "en")(Posted({field_name(f"a-{type_}"): typed}))
    assert form.validate()
    assert answers_of(instrument, form) == {f"a-{type_}": sealed}
    question = instrument.question(f"a-{type_}")
    assert question.accept(decoded) == sealed
    assert question.cell_of(sealed) == cells


@pytest.mark.parametrize("type_", TYPES)
def test_an_earlier_answer_is_shown_again(type_: str) -> None:
    sealed = ANSWERS[type_][1]
    instrument = an_instrument(a_question_dict(type_))
    form = build_form(instrument, "en")(data={field_name(f"a-{type_}"): sealed})
    assert answers_of(instrument, form) == {f"a-{type_}": sealed}


@pytest.mark.parametrize("type_", TYPES)
def test_nonsense_in_an_envelope_is_no_answer(type_: str) -> None:
    question = a_question(type_)
    accepted = [question.accept(raw) for raw in NONSENSE]
    assert accepted == [None] * len(NONSENSE)


@pytest.mark.parametrize("type_", TYPES)
def test_an_unoffered_answer_is_refused_in_the_forms_own_language(type_: str) -> None:
    if not a_question(type_).offered():
        return
    form = build_form(an_instrument(a_question_dict(type_)), "en", translations=Marked())(
        Posted({field_name(f"a-{type_}"): ["purple"]})
    )
    assert not form.validate()
    assert form[field_name(f"a-{type_}")].errors == ["«Please choose from the answers on this page.»"]


@pytest.mark.parametrize("type_", TYPES)
def test_labels_come_in_the_asked_language(type_: str) -> None:
    form = build_form(an_instrument(a_question_dict(type_, hint={"en": "One line.", "ar": "سطر."})), "ar")()
    field = form[field_name(f"a-{type_}")]
    assert field.label.text == "How was it? (ar)"
    assert field.description == "سطر."


@pytest.mark.parametrize("type_", TYPES)
def test_the_page_offers_each_counted_answer_once_and_in_order(type_: str) -> None:
    question = a_question(type_)
    counted = [option.id for option in (*question.cells(), *question.apart())]
    assert len(set(counted)) == len(counted)
    assert question.favourable() <= {option.id for option in question.cells()}
    if question.offered():
        assert sorted(option.id for option in question.offered()) == sorted(counted)
        field: Any = build_form(an_instrument(a_question_dict(type_)), "en")()[field_name(f"a-{type_}")]
        assert list(field.choices) == [option.id for option in question.offered()]
