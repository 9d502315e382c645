"""A question once more as another kind: a new item, so that waves never compare what was asked in two ways."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from forms.steps.items import add_unit
from forms.steps.kinds import KINDS, keys_of_kind, new_unit
from forms.steps.lines import as_options, lines_of, named
from forms.steps.units import Unit, find_unit, is_matrix, kind_of
from forms.texts import Data

#: Kinds whose answers are their own: three with fixed ids, or a row of faces.
_OWN_ANSWERS = ("yes-maybe-no", "smileys")
#: What means something else in another kind, or has other limits there.
_NOT_SHARED = ("text", "rows", "options", "apart", "max_length", "first", "last", "favourable")


def other_kinds(unit: Unit) -> tuple[str, ...]:
    """The kinds of question that a question can be copied as; none for a notice, which asks nothing."""
    own = kind_of(unit)
    return tuple(kind for kind in KINDS if kind not in (own, "notice")) if own != "notice" else ()


def copy_as(data: Data, unit_id: str, kind: str) -> Data:
    """With a question of this kind right behind the one of this id, as `id_of_copy_as` names it.

    It has the same words, reason, goal and condition, and the answers where both kinds offer answers of one's own.
    PartUnknown, StepImpossible("no_room").
    """
    number, _position, unit = find_unit(data, unit_id)
    section = str(data["sections"][number]["id"])
    return add_unit(data, _copied(data, unit, kind), section=section, after=unit_id)


def id_of_copy_as(data: Data, unit_id: str, kind: str) -> str:
    """The id that such a copy gets."""
    return str(_copied(data, find_unit(data, unit_id)[2], kind)[0]["id"])


def _copied(data: Data, unit: Unit, kind: str) -> Unit:
    old, language = unit[0], str(data["languages"][0])
    words = old["stem" if is_matrix(unit) else "text"].get(language, "")
    (new,) = new_unit(data, kind, words)
    both = {*keys_of_kind(kind), "show_if"} & {*keys_of_kind(kind_of(unit)), "show_if"}
    shared = {key: deepcopy(old[key]) for key in sorted(both.difference(_NOT_SHARED)) if key in old}
    return [new | shared | _answers(unit, kind, both, language)]


def _answers(unit: Unit, kind: str, both: set[str], language: str) -> dict[str, Any]:
    """The lists of answers that both kinds have, under ids that fit the new one."""
    found: dict[str, Any] = {}
    if kind in _OWN_ANSWERS or kind_of(unit) in _OWN_ANSWERS:
        return found
    for key in both & {"options", "apart"}:
        lines = lines_of(unit, key, language)
        # In some kinds ids are shorter.
        lines = named([replace(line, id="") for line in lines] if kind == "then-now" else lines, kind)
        if lines:
            found[key] = as_options(lines, language, with_pictures=True)
        if key == "options" and "favourable" in both and (good := [line.id for line in lines if line.favourable]):
            found["favourable"] = good
    return found
