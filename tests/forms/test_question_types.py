"""What holds for every question type; a new type is tested by being in the list."""

from typing import Any

import pytest

from analysis import tables
from forms.builder import answers_of, build_form, field_name
from forms.questions import QUESTION_TYPES
from forms.questions.base import Answer, Measure
from tests.forms.factories import SMALLEST, Marked, Posted, a_question, a_question_dict, an_instrument

TYPES = sorted(QUESTION_TYPES)

#: For each type: what a browser posts, by what follows the field's name; what is sealed, what JSON makes of it, the
#: cells it is counted in, and how it is told to whoever answered.
ANSWERS: dict[str, tuple[dict[str, list[str]], Answer, object, tuple[str, ...], tuple[str, ...]]] = {
    "choice": ({"": ["blue"]}, "blue", "blue", ("blue",), ("blue",)),
    "choices": ({"": ["green", "red"]}, ("red", "green"), ["red", "green"], ("red", "green"), ("red", "green")),
    "scale": ({"": ["dont-know"]}, "dont-know", "dont-know", ("dont-know",), ("dont-know",)),
    "yes-maybe-no": ({"": ["maybe"]}, "maybe", "maybe", ("maybe",), ("maybe",)),
    "smileys": ({"": ["quite"]}, "quite", "quite", ("quite",), ("quite",)),
    "picture-choice": ({"": ["red"]}, "red", "red", ("red",), ("red",)),
    "then-now": (
        {".then": ["some"], ".now": ["most"]},
        ("some", "most"),
        ["some", "most"],
        ("some--most",),
        ("Before: some", "Now: most"),
    ),
    "ranking": (
        {".red": ["3"], ".blue": ["1"], ".green": [""]},
        ("blue", "red"),
        ["blue", "red"],
        ("blue",),
        ("blue", "red"),
    ),
    "points": (
        {".red": ["٥"], ".blue": [" 5 "], ".green": ["0"]},
        {"red": 5, "blue": 5},
        {"red": 5, "blue": 5, "green": 0},
        ("red", "blue"),
        ("red: 5", "blue: 5"),
    ),
    "number": ({"": [" 4 "]}, 4, 4, ("3-5",), ("4",)),
    "month": ({"": ["2026-10"]}, "2026-10", "2026-10", ("2026-10",), ("October 2026",)),
    "week": ({"": ["2026-w53"]}, "2026-w53", "2026-w53", ("2026-w53",), ("Dec 28 – Jan 3",)),
    "short-text": ({"": [" More\t time\r\n now "]}, "More time now", "More time now", (), ("More time now",)),
    "text": ({"": ["  More time.\r\n"]}, "More time.", "More time.", (), ("More time.",)),
}
#: Those asked with one control for several parts.
IN_PARTS = [type_ for type_ in TYPES if "" not in ANSWERS[type_][0]]

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


def posted(type_: str, typed: dict[str, list[str]]) -> Posted:
    """What a browser sends for a question of this type."""
    return Posted({f"{field_name(f'a-{type_}')}{part}": said for part, said in typed.items()})


@pytest.mark.parametrize("type_", TYPES)
def test_every_question_can_be_skipped(type_: str) -> None:
    instrument = an_instrument(a_question_dict(type_))
    name = field_name(f"a-{type_}")
    blank = {f"{name}{part}": ["  " if type_ in {"number", "short-text", "text"} else ""] for part in ANSWERS[type_][0]}
    for sent in (Posted(), Posted({name: [""]}), Posted(blank)):
        form = build_form(instrument, "en")(sent)
        assert form.validate()
        assert answers_of(instrument, form) == {}


@pytest.mark.parametrize("type_", TYPES)
def test_what_was_typed_is_what_is_sealed_and_what_is_counted(type_: str) -> None:
    typed, sealed, decoded, cells, _told = ANSWERS[type_]
    instrument = an_instrument(a_question_dict(type_))
    form = build_form(instrument, "en")(posted(type_, typed))
    assert form.validate()
    assert answers_of(instrument, form) == {f"a-{type_}": sealed}
    question = instrument.question(f"a-{type_}")
    assert question.accept(decoded) == sealed
    assert question.cell_of(sealed) == cells


@pytest.mark.parametrize("type_", TYPES)
def test_people_are_told_their_own_answer_in_words_and_in_which_language(type_: str) -> None:
    _typed, sealed, _decoded, _cells, told = ANSWERS[type_]
    question = a_question(type_)
    assert tuple(text for text, _ in question.retold(sealed, "en")) == told
    own_words = question.measure is Measure.TEXT
    assert {spoken for _, spoken in question.retold(sealed, "ar")} == {"und" if own_words else "ar"}
    # A language that the form does not have falls back, and says so.
    assert {spoken for _, spoken in question.retold(sealed, "so")} <= {"und" if own_words else "en", "so"}


@pytest.mark.parametrize("type_", IN_PARTS)
def test_what_was_chosen_in_parts_is_shown_again_part_by_part(type_: str) -> None:
    typed, sealed, *_ = ANSWERS[type_]
    name = field_name(f"a-{type_}")
    sent: Any = build_form(an_instrument(a_question_dict(type_)), "en")(posted(type_, typed))[name]
    before: Any = build_form(an_instrument(a_question_dict(type_)), "en")(data={name: sealed})[name]
    assert sent.typed == {part[1:]: said[0].strip() for part, said in typed.items()}
    assert set(before.typed) <= set(before.parts) == set(sent.parts)
    assert next(before.typed[part] for part in before.parts if part in before.typed) in {"5", "2", "some"}


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
    if not a_question(type_).cells() or type_ in {"number", "points"}:
        return  # typed, so there is nothing to choose from
    unoffered = {part: ["purple"] for part in ANSWERS[type_][0]}
    form = build_form(an_instrument(a_question_dict(type_)), "en", translations=Marked())(posted(type_, unoffered))
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
    if question.offered() and question.measure is not Measure.CHANGE:
        assert sorted(option.id for option in question.offered()) == sorted(counted)
        field: Any = build_form(an_instrument(a_question_dict(type_)), "en")()[field_name(f"a-{type_}")]
        assert list(field.choices) == [option.id for option in question.offered()]
