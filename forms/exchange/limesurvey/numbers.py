"""LimeSurvey's numbers: whole ones here, in a range, counted in bands."""

from typing import TYPE_CHECKING, Any

from forms.exchange.assembly import bands
from forms.exchange.limesurvey.grids import rows_of
from forms.exchange.limesurvey.survey import Asked

if TYPE_CHECKING:
    from forms.exchange.limesurvey.reading import Reading

_HIGHEST = 1_000_000
#: Where nothing says how large a number may be.
_USUAL_TOP = 100


def number(reading: "Reading", question: Asked) -> None:
    """A number to type."""
    said = {
        "id": reading.assembly.new_id(question.code, question.place),
        "text": reading.words(question.words, question.place),
        "hint": reading.words(question.helps, f"{question.place}, help"),
        "show_if": reading.condition(question.relevance, question.place),
    }
    add_number(reading, question, said, question.code)


def numbers(reading: "Reading", question: Asked) -> None:
    """A number for each row."""
    for row in rows_of(reading, question):
        add_number(reading, question, row.said, row.name)


def add_number(reading: "Reading", question: Asked, said: dict[str, Any], name: str) -> None:
    """One number with the question's range and unit; what had to be settled is told."""
    low, high = _range(question)
    if (low, high) != _wanted(question):
        reading.assembly.lose("number_range", question.place, name, low=low, high=high)
    if question.attribute("num_value_int_only") != "1":
        reading.assembly.lose("fraction", question.place, name)
    reading.assembly.lose("number_bands", question.place, name)
    unit = reading.words(question.attributes.get("suffix", {}), f"{question.place}, suffix")
    asked = {"type": "number", "minimum": low, "maximum": high, "bands": bands(low, high), "unit": unit}
    reading.assembly.add({**asked, **said}, name)


def _wanted(question: Asked) -> tuple[int | None, int | None]:
    if question.type == ":":
        return question.number("multiflexible_min"), question.number("multiflexible_max")
    return question.number("min_num_value_n"), question.number("max_num_value_n")


def _range(question: Asked) -> tuple[int, int]:
    low, high = _wanted(question)
    digits = question.number("maximum_chars")
    if high is None and digits and 0 < digits <= 6:
        high = 10**digits - 1
    low = min(max(low or 0, 0), _HIGHEST - 1)
    high = min(_USUAL_TOP if high is None else high, _HIGHEST)
    return (low, high) if high > low else (low, max(_USUAL_TOP, low + 1))
