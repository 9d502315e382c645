"""The step that changes what a question or a notice says, and which answers it offers."""

from collections.abc import Mapping, Sequence
from typing import Any

from forms.draft import free_id, ids_of
from forms.steps.conditions import loosened
from forms.steps.kinds import keys_of_kind
from forms.steps.lines import Line, as_options, with_companions
from forms.steps.units import Unit, find_unit, is_matrix, kind_of, units_of, with_units
from forms.texts import Data

_WORDS = ("text", "title", "hint", "why", "unit", "then", "now")
#: Kinds whose pictures go by the place or the id of an answer, and by nothing else.
_OWN_PICTURES = ("smileys", "yes-maybe-no")
#: What all rows of a matrix share.
_SHARED = ("hint", "why", "goal", "options", "apart", "next_steps")


def change_unit(data: Data, unit_id: str, facts: Mapping[str, Any]) -> Data:
    """With these facts in place of the old ones, by the keys of `keys_of_kind`; what is not named stays. PartUnknown.

    Words are plain text in the source language, answers and rows are `Line`s with ids; "" and None take a fact out.
    Conditions that name an answer that is gone are loosened.
    """
    number, position, unit = find_unit(data, unit_id)
    units = units_of(data["sections"][number])
    told = {key: value for key, value in facts.items() if key in keys_of_kind(kind_of(unit))}
    taken = ids_of(data) - {item["id"] for item in unit}
    change = _changed_matrix if is_matrix(unit) else _changed_question
    units[position] = change(unit, told, str(data["languages"][0]), taken)
    return loosened(with_units(data, {number: units}))


def unit_in_its_place(before: Mapping[str, Any], after: Mapping[str, Any], unit_id: str) -> str:
    """The id that a unit goes by after a change: that of its first row, which may be another one now."""
    number, position, _unit = find_unit(before, unit_id)
    return str(units_of(after["sections"][number])[position][0]["id"])


def _changed_question(unit: Unit, facts: Mapping[str, Any], language: str, taken: set[str]) -> Unit:
    item = dict(unit[0])
    for key, value in facts.items():
        _put(item, key, value, language)
    if "options" not in facts:
        return [item, *unit[1:]]
    lines: Sequence[Line] = facts["options"]
    if "favourable" in keys_of_kind(item["type"]):
        item["favourable"] = [line.id for line in lines if line.favourable]
    return with_companions([item, *unit[1:]], lines, taken)


def _changed_matrix(unit: Unit, facts: Mapping[str, Any], language: str, taken: set[str]) -> Unit:
    shared = {key: value for key, value in facts.items() if key in _SHARED}
    stem = {language: facts["text"]} if facts.get("text") else unit[0]["stem"]
    rows: Sequence[Line] = facts.get("rows") or [Line(row["id"], row["text"].get(language, "")) for row in unit]
    old, used, changed = {row["id"]: row for row in unit}, {*taken, *(row.id for row in rows)}, []
    for row in rows:
        id_ = row.id or free_id(row.label, used)
        used.add(id_)
        item = dict(old.get(id_, unit[0])) | {
            "id": id_,
            "stem": stem,
            "text": {language: row.label} if row.label else {},
        }
        for key, value in shared.items():
            _put(item, key, value, language)
        changed.append(item)
    return changed


def _put(item: Data, key: str, value: Any, language: str) -> None:
    kept: Any = value
    if key in _WORDS:
        kept = {language: value} if value else None
    elif key in ("options", "apart"):
        kept = as_options(value, language, with_pictures=item["type"] not in _OWN_PICTURES) or None
    elif key == "next_steps":
        kept = {level: {language: said} for level, said in value.items() if said}
    if kept in (None, "", {}, []):
        item.pop(key, None)
    else:
        item[key] = kept
