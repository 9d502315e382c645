"""Who is asked what: by the answers that lead there, and dropped where they do not."""

import pytest
from pydantic import ValidationError

from forms.builder import accept_answers, answers_of, build_form
from forms.definition import Instrument
from forms.logic import ahead, dependents, kept, shown
from forms.questions.base import Answer
from tests.forms.factories import Posted, a_question_dict, an_instrument, options, words
from tests.winding import a_winding_form

BUS: dict[str, Answer] = {"how": "bus", "bus-full": "often", "wait": "walking"}


def test_only_what_the_answers_lead_to_is_asked() -> None:
    form = a_winding_form()
    always = ["hello", "how", "mornings-safe", "mornings-calm", "mornings-late", "helped"]
    assert [item.id for item in shown(form, {})] == always
    assert {item.id for item in shown(form, {"how": "bus"})} == {*always, "bus-full"}
    assert {item.id for item in shown(form, {"how": "foot"})} == {*always, "path"}
    assert {item.id for item in shown(form, BUS)} == {*always, "bus-full", "wait"}


def test_an_answer_that_nobody_was_asked_for_is_dropped_and_so_is_what_hangs_on_it() -> None:
    assert kept(a_winding_form(), {**BUS, "how": "foot"}) == {"how": "foot"}
    assert kept(a_winding_form(), BUS) == BUS


def test_the_count_drops_it_too_whoever_sealed_the_envelope() -> None:
    sealed = {"how": "bus", "bus-full": "never", "wait": "waiting", "path": "By the river.", "helped": "alone"}
    assert accept_answers(a_winding_form(), sealed) == {"how": "bus", "bus-full": "never", "helped": "alone"}


def test_one_of_several_ticked_answers_is_enough() -> None:
    more = a_question_dict("text", show_if={"question": "a-choices", "is": ["blue", "green"]})
    form = an_instrument(a_question_dict("choices"), more)
    assert kept(form, {"a-choices": ("red", "green"), "a-text": "Yes."}) == {
        "a-choices": ("red", "green"),
        "a-text": "Yes.",
    }
    assert kept(form, {"a-choices": ("red",), "a-text": "Yes."}) == {"a-choices": ("red",)}


def test_what_may_still_come_is_known_to_be_certain_or_not() -> None:
    form = a_winding_form()
    sure = {item.id for item, surely in ahead(form, {}, "how") if surely}
    unsure = {item.id for item, surely in ahead(form, {}, "how") if not surely}
    assert sure == {"mornings-safe", "mornings-calm", "mornings-late", "helped"}
    assert unsure == {"how-other", "bus-full", "wait", "path"}
    assert [(item.id, surely) for item, surely in ahead(form, BUS, "mornings-late")] == [("helped", True)]
    # An answer that is given here and now may still be changed here and now.
    assert ("wait", False) in [(item.id, surely) for item, surely in ahead(form, BUS, "bus-full")]


def test_what_is_asked_because_of_a_question_goes_with_it() -> None:
    assert dependents(a_winding_form(), ["how"]) == {"how", "how-other", "bus-full", "wait", "path"}


def test_own_words_choose_their_answer_where_nothing_else_was_chosen() -> None:
    def answers(**typed: list[str]) -> dict[str, Answer]:
        form = a_winding_form()
        posted = Posted({f"q-{id_.replace('_', '-')}": value for id_, value in typed.items()})
        return answers_of(form, build_form(form, "en")(posted))

    assert answers(how_other=["By boat"]) == {"how": "other", "how-other": "By boat"}
    assert kept(a_winding_form(), answers(how=["bus"], how_other=["By boat"])) == {"how": "bus"}


def test_own_words_tick_their_box_beside_others_as_far_as_the_limit_allows() -> None:
    for most, ticked in ((3, ("red", "green")), (1, ("red",))):
        more = a_question_dict("text", companion_of="a-choices", show_if={"question": "a-choices", "is": ["green"]})
        form = an_instrument(a_question_dict("choices", at_most=most), more)
        posted = Posted({"q-a-choices": ["red"], "q-a-text": ["Dark green"]})
        assert answers_of(form, build_form(form, "en")(posted))["a-choices"] == ticked


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"question": "nobody", "is": ["red"]}, "condition_question"),
        ({"question": "a-text", "is": ["red"]}, "condition_question"),
        ({"question": "a-number", "is": ["0-2"]}, "condition_question"),
        ({"question": "later", "is": ["red"]}, "condition_question"),
        ({"question": "a-scale", "is": ["red"]}, "condition_question"),
        ({"question": "a-choice", "is": ["red", "purple"]}, "condition_answer"),
    ],
)
def test_a_condition_names_an_earlier_question_and_answers_that_it_offers(
    condition: dict[str, object], code: str
) -> None:
    asked = [a_question_dict(type_) for type_ in ("choice", "text", "number")]
    later = a_question_dict("choice", id="later")
    with pytest.raises(ValidationError) as refused:
        an_instrument(*asked, a_question_dict("scale", show_if=condition), later)
    (error,) = refused.value.errors()
    assert (error["type"], error["loc"][3:6]) == (code, (3, "scale", "show_if"))


def test_a_section_cannot_depend_on_its_own_questions() -> None:
    section = {"id": "one", "title": words("One"), "questions": [a_question_dict("choice")]}
    with pytest.raises(ValidationError, match="Before this there is no question"):
        an_instrument(sections=[{**section, "show_if": {"question": "a-choice", "is": ["red"]}}])


def test_a_plain_form_is_not_searched_for_conditions() -> None:
    plain = an_instrument(a_question_dict("choice", options=options("red", "blue")))
    assert (plain.has_conditions, plain.has_pipes) == (False, False)
    assert Instrument.model_validate(plain.model_dump()) == plain
