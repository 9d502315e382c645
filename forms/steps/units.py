"""The units of a draft's sections, and where they are."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from forms.texts import Data

#: A question with its lines for own words, the rows of a matrix, or a notice: items as data.
Unit = list[Data]


class StepImpossible(Exception):
    """A step cannot be taken, and `code` says why: "no_room", "last_section", "first", "last"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PartUnknown(LookupError):
    """There is no item, section or theme with this id."""


def units_of(section: Mapping[str, Any]) -> list[Unit]:
    """The units of a section, in the order of the form."""
    units: list[Unit] = []
    for _stem, alike in groupby(section.get("questions", ()), key=_matrix_of):
        items = list(alike)
        if "stem" in items[0]:
            units.append(items)
            continue
        for item in items:
            if units and item.get("companion_of") and item["companion_of"] == units[-1][0]["id"]:
                units[-1].append(item)
            else:
                units.append([item])
    return units


def is_matrix(unit: Unit) -> bool:
    """Whether the unit is the rows of a matrix."""
    return "stem" in unit[0]


def kind_of(unit: Unit) -> str:
    """The type of the unit as files call it: "matrix" for several rows, else that of its question or notice."""
    return "matrix" if is_matrix(unit) else str(unit[0]["type"])


def find_unit(data: Mapping[str, Any], unit_id: str) -> tuple[int, int, Unit]:
    """The number of the section, the unit's number in it, and the unit that begins with this item; PartUnknown."""
    for number, section in enumerate(data.get("sections", ())):
        for position, unit in enumerate(units_of(section)):
            if unit[0]["id"] == unit_id:
                return number, position, unit
    raise PartUnknown(unit_id)


def find_section(data: Mapping[str, Any], section_id: str) -> int:
    """The number of the section; PartUnknown."""
    for number, section in enumerate(data.get("sections", ())):
        if section["id"] == section_id:
            return number
    raise PartUnknown(section_id)


def with_units(data: Data, changed: Mapping[int, Sequence[Unit]]) -> Data:
    """A copy in which the sections with these numbers consist of these units."""
    sections = [
        section | {"questions": [item for unit in changed[number] for item in unit]} if number in changed else section
        for number, section in enumerate(data["sections"])
    ]
    return data | {"sections": sections}


def _matrix_of(item: Data) -> str:
    # The stem's words make rows of one matrix, as they do on the page (feedback/web/filling.py).
    return repr(sorted(item["stem"].items())) if item.get("stem") else ""
