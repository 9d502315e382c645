"""Steps with questions and notices: adding, moving, copying, removing."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from forms.draft import free_id, ids_of
from forms.piping import said_otherwise
from forms.steps.conditions import loosened
from forms.steps.units import StepImpossible, Unit, find_section, find_unit, is_matrix, units_of, with_units
from forms.texts import Data

#: As `forms.definition` allows in one section.
_MOST_ITEMS = 100


def add_unit(data: Data, unit: Unit, *, section: str, after: str = "") -> Data:
    """With a new unit behind the one with the id `after`, or at the end of the section; StepImpossible("no_room")."""
    number = find_section(data, section)
    units = units_of(data["sections"][number])
    ids = [each[0]["id"] for each in units]
    units.insert(ids.index(after) + 1 if after in ids else len(units), unit)
    return _roomy(with_units(data, {number: units}), number)


def move_unit(data: Data, unit_id: str, by: int) -> Data:
    """One place up (-1) or down (+1), over the edge of its section into the next one.

    StepImpossible("first"), StepImpossible("last"), StepImpossible("no_room").
    """
    number, position, unit = find_unit(data, unit_id)
    units = units_of(data["sections"][number])
    to = position + by
    if 0 <= to < len(units):
        units.insert(to, units.pop(position))
        return with_units(data, {number: units})
    other = number + by
    if not 0 <= other < len(data["sections"]):
        raise StepImpossible("first" if by < 0 else "last")
    theirs = units_of(data["sections"][other])
    del units[position]
    theirs.insert(len(theirs) if by < 0 else 0, unit)
    return _roomy(with_units(data, {number: units, other: theirs}), other)


def place_unit(data: Data, unit_id: str, *, section: str, before: str = "") -> Data:
    """In this section, before the unit with the id `before`, or at its end; StepImpossible("no_room")."""
    number, position, unit = find_unit(data, unit_id)
    to = find_section(data, section)
    if before == unit_id:
        return data
    left = units_of(data["sections"][number])
    del left[position]
    theirs = left if to == number else units_of(data["sections"][to])
    ids = [each[0]["id"] for each in theirs]
    theirs.insert(ids.index(before) if before in ids else len(theirs), unit)
    return _roomy(with_units(data, {number: left, to: theirs}), to)


def duplicate_unit(data: Data, unit_id: str) -> Data:
    """With a copy behind it, under ids of its own; StepImpossible("no_room")."""
    number, position, unit = find_unit(data, unit_id)
    units = units_of(data["sections"][number])
    units.insert(position + 1, copied(data, unit))
    return _roomy(with_units(data, {number: units}), number)


def id_of_copy(data: Data, unit_id: str) -> str:
    """The id that the copy of a unit gets."""
    return str(copied(data, find_unit(data, unit_id)[2])[0]["id"])


def copied(data: Data, unit: Unit) -> Unit:
    """The unit once more, under ids that nothing in the draft has."""
    taken, copy = ids_of(data), deepcopy(unit)
    new: dict[str, str] = {}
    for item in copy:
        own = free_id(new[item["companion_of"]] + "-own" if item.get("companion_of") in new else item["id"], taken)
        taken.add(own)
        new[item["id"]] = own
        item["id"] = own
        if item.get("companion_of"):
            item["companion_of"] = new[item["companion_of"]]
            item["show_if"] = item["show_if"] | {"question": item["companion_of"]}
        elif is_matrix(unit):
            # Two matrices with the same words one after the other would be one.
            item["stem"] = {language: f"{said} (2)" for language, said in item["stem"].items()}
    return copy


def remove_unit(data: Data, unit_id: str) -> Data:
    """Without it. What was asked only because of its answers is asked of everybody then (`conditions.freed`)."""
    _number, _position, unit = find_unit(data, unit_id)
    return remove_items(data, {item["id"] for item in unit})


def remove_items(data: Data, gone: Collection[str]) -> Data:
    """Without these items, without conditions that name them; texts say what they say without their answers."""
    sections = []
    for section in data["sections"]:
        kept = [_otherwise(item, gone) for item in section["questions"] if item["id"] not in gone]
        sections.append(section | {"questions": kept})
    return loosened(data | {"sections": sections})


def _otherwise(item: Data, gone: Collection[str]) -> Data:
    changed: dict[str, Any] = {
        key: said_otherwise(item[key], frozenset(gone)) for key in ("stem", "text", "hint") if item.get(key)
    }
    return item | changed if any(changed[key] != item[key] for key in changed) else item


def _roomy(data: Data, number: int) -> Data:
    if len(data["sections"][number]["questions"]) > _MOST_ITEMS:
        raise StepImpossible("no_room")
    return data
