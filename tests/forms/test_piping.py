"""Earlier answers in later texts: their labels on screens, other words everywhere else."""

import pytest
from pydantic import ValidationError

from forms.builder import build_form
from forms.definition import Instrument, canonical
from forms.loader import InstrumentRefused, load_instrument
from forms.piping import in_full, with_answers
from forms.questions.base import Answer
from forms.tailor import tailor
from tests.forms.factories import a_question_dict, an_instrument, words
from tests.winding import WINDING, a_winding_form


def stem(answers: dict[str, Answer], language: str = "en") -> str:
    row = with_answers(a_winding_form(), answers).question("mornings-safe")
    assert row.stem is not None
    return row.stem[language]


def test_a_text_says_the_label_of_the_answer_in_its_own_language() -> None:
    assert stem({"how": "bus"}) == "Your way: By bus. How is it?"
    assert stem({"how": "bus"}, "ar") == "طريقكم: بالحافلة. كيف هو؟"


def test_a_skipped_question_leaves_the_other_words() -> None:
    assert stem({}) == "Your way: as always. How is it?"


def test_an_answer_apart_is_no_answer_to_speak_of() -> None:
    asked = a_question_dict("text", text=words("You said {a-scale|something}."))
    form = an_instrument(a_question_dict("scale"), asked)
    assert with_answers(form, {"a-scale": "most"}).question("a-text").text["en"] == "You said most."
    assert with_answers(form, {"a-scale": "dont-know"}).question("a-text").text["en"] == "You said something."


def test_what_somebody_typed_never_gets_into_a_text() -> None:
    for type_ in ("text", "short-text", "number", "choices"):
        with pytest.raises(ValidationError, match="is no earlier question with one answer"):
            an_instrument(a_question_dict(type_), a_question_dict("choice", text=words(f"You: {{a-{type_}|that}}.")))


def test_results_name_a_row_with_its_stem_and_without_anybodys_answer() -> None:
    row = a_winding_form().question("mornings-safe")
    assert in_full(row)["en"] == "Your way: as always. How is it? – We feel safe"
    assert in_full(a_winding_form().question("how-other"))["es"] == "¿Cómo vienen a la escuela? – De otra forma"


def test_the_labels_of_a_form_that_many_people_share_hold_nobodys_answer() -> None:
    asked = a_question_dict("text", text=words("Why {a-choice|this}?"))
    form = build_form(with_answers(an_instrument(a_question_dict("choice"), asked), {}), "en")()
    assert form["q-a-text"].label.text == "Why this?"


def test_a_mistyped_pipe_is_refused_with_its_line_in_a_new_file_only() -> None:
    mistyped = WINDING.replace("en: 'Your way: {how|as always}.", "en: 'Your way: {how}.")
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(mistyped, name="winding.yaml")
    (problem,) = refused.value.problems
    assert problem.code == "pipe_form"
    assert WINDING.splitlines()[problem.line - 1].strip().startswith("text: {en: 'Your way")
    braces = an_instrument(a_question_dict("text", text=words("Which {one}?")))
    assert Instrument.model_validate_json(canonical(braces)) == braces


def test_every_language_has_its_own_pipes_checked() -> None:
    wrong = WINDING.replace("{how|كالعادة}", "{who|كالعادة}")
    with pytest.raises(InstrumentRefused, match='"who" is no earlier question'):
        load_instrument(wrong, name="winding.yaml")


def test_where_the_question_was_switched_off_the_other_words_are_left() -> None:
    left = tailor(a_winding_form(), without=["how"])
    first = left.question("mornings-safe")
    assert first.stem is not None
    assert first.stem["en"] == "Your way: as always. How is it?"
    assert left.questions[0].id == "mornings-safe"
    assert not left.has_pipes
