"""What kinds of items an editor can add, what each of them can be told, and how each begins."""

from collections.abc import Callable
from typing import Any

from forms.draft import free_id, ids_of
from forms.labels import ready_options
from forms.steps.units import Unit
from forms.texts import Data
from forms.validation import ITEM_TYPES

#: Every kind, in the order in which they are offered: the frequent ones first.
KINDS = (
    "scale",
    "choice",
    "choices",
    "yes-maybe-no",
    "smileys",
    "picture-choice",
    "text",
    "short-text",
    "matrix",
    "then-now",
    "ranking",
    "points",
    "number",
    "month",
    "week",
    "notice",
)
#: What is not told field by field: a kind, ids, and what has a page of its own.
_ELSEWHERE = ("type", "id", "stem", "companion_of", "show_if")
#: Points to share out, unless somebody says otherwise.
_POINTS = 10


def keys_of_kind(kind: str) -> tuple[str, ...]:
    """The keys of what can be told of an item of this kind, as files call them."""
    fields = ITEM_TYPES[kind].model_fields
    return tuple(key for name, field in fields.items() if (key := field.alias or name) not in _ELSEWHERE)


def new_unit(data: Data, kind: str, words: str) -> Unit:
    """A new question or notice with these words and, where there are ready-made answers, with those."""
    language = str(data["languages"][0])
    item: Data = {"type": kind, "id": free_id(words, ids_of(data)), "text": {language: words}}
    begin: Callable[[str], dict[str, Any]] = _BEGINNINGS.get(kind, lambda _language: {})
    item |= {key: value for key, value in begin(language).items() if value}
    if kind == "matrix":
        item |= {"type": "scale", "stem": item["text"], "text": {}}
    return [item]


def _scale(language: str) -> dict[str, Any]:
    return {"options": ready_options("how-much", language), "apart": _beside_a_scale(language)}


def _beside_a_scale(language: str) -> list[Data]:
    """Don't know, and does not apply: what else can stand apart is for lists."""
    return [each for each in ready_options("apart", language) if each["id"] != "nothing"]


_BEGINNINGS: dict[str, Callable[[str], dict[str, Any]]] = {
    "scale": _scale,
    "matrix": _scale,
    "then-now": lambda language: {"options": ready_options("how-much", language)},
    "yes-maybe-no": lambda language: {"options": ready_options("yes-maybe-no", language)},
    "smileys": lambda _language: {"faces": "warm"},
    "points": lambda _language: {"total": _POINTS},
}
