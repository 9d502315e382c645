"""A teacher makes a library instrument their own."""

import pytest

from forms.definition import Instrument, canonical
from forms.problems import InstrumentRefused
from forms.tailor import for_under_18s_without_text, tailor
from tests.forms.factories import a_question_dict, an_instrument, words


def two_sections() -> Instrument:
    first, second = a_question_dict("choice"), a_question_dict("text")
    return an_instrument(
        sections=[
            {"id": "first", "title": words("First"), "questions": [first]},
            {"id": "second", "title": words("Second"), "questions": [second]},
        ]
    )


def test_a_question_switched_off_is_gone_and_so_is_its_empty_section() -> None:
    tailored = tailor(two_sections(), without=["a-text"])
    assert [question.id for question in tailored.questions] == ["a-choice"]
    assert [section.id for section in tailored.sections] == ["first"]
    assert Instrument.model_validate_json(canonical(tailored)) == tailored


def test_changed_words_leave_the_other_languages_and_questions_alone() -> None:
    tailored = tailor(two_sections(), wording={"a-choice": {"en": "  Which colour?\x00 "}})
    assert tailored.question("a-choice").text == {"en": "Which colour?", "ar": "How was it? (ar)"}
    assert tailored.question("a-text") == two_sections().question("a-text")


def test_nothing_changed_is_the_same_instrument() -> None:
    assert tailor(two_sections()) == two_sections()


@pytest.mark.parametrize(
    ("without", "wording", "what"),
    [
        (["a-choice", "a-text"], {}, "No question is left."),
        (["a-poem"], {}, 'There is no question "a-poem" in this form. Use one of: a-choice, a-text.'),
        ([], {"a-poem": {"en": "A poem?"}}, 'There is no question "a-poem"'),
        ([], {"a-choice": {"en": " "}}, "There are no words in: en."),
        ([], {"a-choice": {"fr": "Quoi ?"}}, "languages that this form does not offer: fr."),
        ([], {"a-choice": {"en": "x" * 2001}}, "longer than 2000 characters"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    without: list[str], wording: dict[str, dict[str, str]], what: str
) -> None:
    with pytest.raises(InstrumentRefused) as refused:
        tailor(two_sections(), without=without, wording=wording)
    assert what in str(refused.value)


def test_a_page_can_tell_which_refusal_it_was() -> None:
    with pytest.raises(InstrumentRefused) as refused:
        tailor(two_sections(), without=["a-choice", "a-text"])
    assert [problem.code for problem in refused.value.problems] == ["no_question_left"]


def test_students_are_not_asked_for_free_text_until_somebody_reads_it() -> None:
    assert [question.id for question in for_under_18s_without_text(two_sections()).questions] == ["a-choice"]


@pytest.mark.parametrize("audience", ["families", "staff"])
def test_adults_are_asked_for_free_text(audience: str) -> None:
    instrument = an_instrument(audience=audience)
    assert for_under_18s_without_text(instrument) is instrument
