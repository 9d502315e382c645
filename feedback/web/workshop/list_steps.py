"""The buttons of the editor's list: which step each of them is, and where to look after it."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import abort

from feedback.web.workshop.editing import Step
from forms.steps.items import duplicate_unit, id_of_copy, move_unit, place_unit, remove_unit
from forms.steps.sections import move_section, remove_section
from forms.steps.units import find_section, find_unit, units_of
from forms.texts import Data

#: A button's name -> its step's code, and the step itself for the part whose id the button sends.
_BUTTONS: dict[str, tuple[str, Callable[[Data, str], Data]]] = {
    "up": ("item_moved", lambda data, id_: move_unit(data, id_, -1)),
    "down": ("item_moved", lambda data, id_: move_unit(data, id_, +1)),
    "copy": ("item_copied", duplicate_unit),
    "remove": ("item_removed", remove_unit),
    "section-up": ("section_moved", lambda data, id_: move_section(data, id_, -1)),
    "section-down": ("section_moved", lambda data, id_: move_section(data, id_, +1)),
    "section-remove": ("section_removed", remove_section),
}


def pressed(data: Data, typed: Mapping[str, str]) -> tuple[Step, str]:
    """The step that was pressed, and the id of the place to look at afterwards; 400 for none, PartUnknown."""
    name = next((each for each in ("place", *_BUTTONS) if each in typed), None)
    if name is None:
        abort(400)
    id_ = typed[name]
    if name == "place":
        section, before = typed.get("section", ""), typed.get("before", "")
        return Step("item_moved", lambda now: place_unit(now, id_, section=section, before=before), id_), f"item-{id_}"
    code, change = _BUTTONS[name]
    return Step(code, partial(_on, change, id_), id_), _place(data, name, id_)


def _on(change: Callable[[Data, str], Data], id_: str, data: Data) -> Data:
    return change(data, id_)


def _place(data: Data, name: str, id_: str) -> str:
    """Where to look; when a unit is gone at the one that takes its place, or else at its section."""
    if name.startswith("section-"):
        find_section(data, id_)
        return "main" if name == "section-remove" else f"section-{id_}"
    number, position, _unit = find_unit(data, id_)
    if name == "copy":
        return f"item-{id_of_copy(data, id_)}"
    if name != "remove":
        return f"item-{id_}"
    section = data["sections"][number]
    left = [unit[0]["id"] for unit in units_of(section) if unit[0]["id"] != id_]
    return f"item-{left[min(position, len(left) - 1)]}" if left else f"section-{section['id']}"
