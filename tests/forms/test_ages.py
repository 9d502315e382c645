"""What the youngest, and people who listen, cannot do without."""

import pytest

from forms.definition import Instrument, canonical
from forms.library import open_library
from forms.loader import InstrumentRefused, load_instrument
from tests.winding import WINDING, a_winding_form

FOR_THE_YOUNG = WINDING.replace("audience: families", "audience: students\nages: 6-8")


def codes_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(text, name="winding.yaml")
    return [(problem.code, text.splitlines()[problem.line - 1].strip()[:20]) for problem in refused.value.problems]


def test_every_answer_of_the_youngest_needs_a_picture_and_a_shared_scale_is_named_where_it_is_used() -> None:
    codes = codes_of(FOR_THE_YOUNG)
    assert {code for code, _ in codes} == {"missing_picture"}
    assert {"- {id: foot, label: {", "scale: how-often"} & {line for _, line in codes} or codes
    assert ("missing_picture", "scale: how-often") in codes
    assert ("missing_picture", "- {id: foot, label: ") in codes


def test_so_does_every_answer_of_a_form_that_families_listen_to() -> None:
    listened_to = WINDING.replace("layout: screens", "layout: screens\naudio: true")
    assert {code for code, _ in codes_of(listened_to)} == {"missing_picture"}


def test_six_to_eight_year_olds_are_not_given_a_page_of_questions() -> None:
    assert ("young_on_a_page", "layout: page") in codes_of(FOR_THE_YOUNG.replace("layout: screens", "layout: page"))


def test_a_form_that_was_stored_before_is_still_read() -> None:
    stored = a_winding_form(audience="students", ages="6-8")
    assert Instrument.model_validate_json(canonical(stored)) == stored


def test_the_library_form_for_the_youngest_has_all_its_pictures() -> None:
    form = open_library("first-look")
    assert form.ages == "6-8"
    assert all(option.picture for question in form.questions for option in question.offered())
