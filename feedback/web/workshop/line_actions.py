"""The buttons beside a line of answers: up, down, remove. They change what was typed before it is read."""

import re
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

_BUTTON = re.compile(r"(?P<does>up|down|remove)-(?P<list>options|apart|rows)-(?P<number>\d{1,2})")
_LINE = re.compile(r"(?P<list>options|apart|rows)-(?P<number>\d{1,2})-(?P<part>\w+)")


def after_pressing(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was typed, with the line moved or removed whose button was pressed, if one was."""
    pressed = _BUTTON.fullmatch(typed.get("go", ""))
    if pressed is None:
        return typed
    name, number = pressed["list"], int(pressed["number"])
    order = sorted({int(line["number"]) for line in _lines(typed) if line["list"] == name})
    if number not in order:
        return typed
    at = order.index(number)
    to = {"up": at - 1, "down": at + 1, "remove": -1}[pressed["does"]]
    if pressed["does"] == "remove":
        order.remove(number)
    elif 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return _in_order(typed, name, {old: new for new, old in enumerate(order)})


def place_of_line(typed: MultiDict[str, str]) -> str:
    """The id of the line to go to after a button: where the line is now, or the one that took its place."""
    pressed = _BUTTON.fullmatch(typed.get("go", ""))
    if pressed is None:
        return ""
    number = max(0, int(pressed["number"]) + {"up": -1, "down": 1, "remove": 0}[pressed["does"]])
    return f"{pressed['list']}-{number}-label"


def _lines(typed: MultiDict[str, str]) -> Iterable[re.Match[str]]:
    return filter(None, (_LINE.fullmatch(key) for key in typed))


def _in_order(typed: MultiDict[str, str], name: str, numbers: dict[int, int]) -> MultiDict[str, str]:
    changed: MultiDict[str, str] = MultiDict()
    for key, value in typed.items(multi=True):
        line = _LINE.fullmatch(key)
        if line is None or line["list"] != name:
            changed.add(key, value)
        elif int(line["number"]) in numbers:
            changed.add(f"{name}-{numbers[int(line['number'])]}-{line['part']}", value)
    return changed
