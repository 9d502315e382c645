"""What is exported as SurveyJS is JSON of the library's elements and comes back as it was."""

import json

import pytest

from forms.definition import Instrument
from forms.exchange.surveyjs import read, write
from tests.forms.exchange.samples import same
from tests.forms.exchange.test_xlsform_round_trip import exported

#: The question types of the library that we write, after its API reference.
_ELEMENTS = {"radiogroup", "checkbox", "ranking", "text", "comment", "html", "matrix", "multipletext", "panel"}


@pytest.mark.parametrize("instrument", exported(), ids=lambda each: each.id)
def test_an_instrument_comes_back_equal_and_loses_nothing(instrument: Instrument) -> None:
    imported = read(write(instrument))
    assert imported.losses == ()
    assert same(imported, instrument)


@pytest.mark.parametrize("instrument", exported(), ids=lambda each: each.id)
def test_every_question_is_an_element_of_the_library(instrument: Instrument) -> None:
    survey = json.loads(write(instrument))
    elements = [element for page in survey["pages"] for element in page["elements"]]
    inner = [each for element in elements for each in element.get("elements", ())]
    assert {element["type"] for element in (*elements, *inner)} <= _ELEMENTS
    named = {element["name"] for element in (*elements, *inner)}
    assert {item.id for item in instrument.items} <= named
