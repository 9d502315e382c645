"""The pictures of a form that came in a pack: which of them it shows, what they show, and new names for them."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from forms.draft import items_of
from forms.texts import Data
from forms.wording import Words


def shown_pictures(data: Mapping[str, Any]) -> dict[str, Words]:
    """Each picture that the form shows, with the words beside which it first stands, by language."""
    found: dict[str, Words] = {}
    for part in _parts(data):
        if part.get("picture"):
            found.setdefault(str(part["picture"]), dict(part.get("label") or part.get("text") or {}))
    return found


def with_names(data: Data, names: Mapping[str, str]) -> Data:
    """The form with its pictures under other names: {old: new}."""
    renamed = deepcopy(data)
    for part in _parts(renamed):
        if part.get("picture") in names:
            part["picture"] = names[part["picture"]]
    return renamed


def _parts(data: Mapping[str, Any]) -> Iterator[Data]:
    """All that can have a picture: questions and their answers."""
    for item in items_of(data):
        yield item
        yield from (*item.get("options", ()), *item.get("apart", ()))
