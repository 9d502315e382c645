"""A YAML file as plain data that still knows the line of everything in it.

Only the plain part of YAML is read: no anchors and aliases (a few lines of them can stand for gigabytes), no tags
(they can name code), no key twice (YAML would keep the last one in silence). Words stay words: `no` and `2026-11-22`
are text here, not False and a date.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from forms.problems import Fault, Place

Data = dict[str, "Data"] | list["Data"] | str | int | float | bool | None

_LONGEST_FILE = 1_000_000
_DEEPEST = 30
_WHOLE_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_PLAIN_WORDS: Mapping[str, Data] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Unreadable(Exception):
    """The text is no YAML, so that nothing more can be said about it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Tree:
    """The file as `data`, with the `faults` found while reading."""

    data: dict[str, Data]
    faults: tuple[Fault, ...]
    _root: yaml.Node

    def position(self, place: Place, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `place` (or of its key), or of the nearest part that exists."""
        node, mark = self._root, self._root.start_mark
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            # A block starts on the line below its key, where nobody would look for it.
            mark = key.start_mark if key and (of_key or not isinstance(node, yaml.ScalarNode)) else node.start_mark
        return _position(mark)


def read_tree(text: str) -> Tree:
    """Read one YAML document whose top is a mapping; raises Unreadable."""
    if len(text) > _LONGEST_FILE:
        raise Unreadable(Fault("too_big", values={"most": _LONGEST_FILE}, position=(1, 1)))
    try:
        composer = _PlainComposer(text)
        root = composer.get_single_node()
    except yaml.reader.ReaderError as error:
        raise Unreadable(_unprintable(text, error)) from error
    except _TooDeep as error:
        raise Unreadable(Fault("too_deep", position=_position(error.problem_mark))) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        values = {"reason": error.problem or error.context}
        raise Unreadable(Fault("not_yaml", values=values, position=_position(mark))) from error
    if root is None or root.value == "":
        raise Unreadable(Fault("empty_file", position=(1, 1)))
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable(Fault("not_a_form", position=_position(root.start_mark)))
    faults = composer.faults
    return Tree(_mapping(root, (), faults), tuple(faults), root)


class _TooDeep(yaml.MarkedYAMLError):
    """Raised before Python's own recursion limit is."""


class _PlainComposer(yaml.SafeLoader):
    """Composes nodes and notes what the plain part of YAML does not have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.faults: list[Fault] = []
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave the parser out
        start, end = event.start_mark, event.end_mark
        position = _position(start)
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]  # likewise
            self.faults.append(Fault("alias", values={"name": event.anchor}, position=position))
            return yaml.ScalarNode("", "", start, end)
        if event.anchor is not None:
            self.faults.append(Fault("anchor", values={"name": event.anchor}, position=position))
            event.anchor = None
        if event.tag is not None:
            name = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.faults.append(Fault("tag", values={"name": name}, position=position))
            event.tag = None
        if self._depth >= _DEEPEST:
            raise _TooDeep(problem="too many levels", problem_mark=start)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _unprintable(text: str, error: yaml.reader.ReaderError) -> Fault:
    before = text[: error.position]
    position = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return Fault("unprintable", values={"sign": f"U+{error.character:04X}"}, position=position)


def _plain(node: yaml.Node, place: Place, faults: list[Fault]) -> Data:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, faults)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*place, index), faults) for index, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, place: Place, faults: list[Fault]) -> dict[str, Data]:
    data: dict[str, Data] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        position = _position(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault("odd_key", place, position=position))
        elif key.value in data:
            values = {"key": key.value, "line": lines[key.value]}
            faults.append(Fault("repeated_key", (*place, key.value), values, position))
        else:
            lines[key.value] = position[0]
            data[key.value] = _plain(value, (*place, key.value), faults)
    return data


def _scalar(node: yaml.Node) -> Data:
    text = str(node.value)
    if getattr(node, "style", None) is not None:  # quoted, or a block of text
        return text
    if text in _PLAIN_WORDS:
        return _PLAIN_WORDS[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(_pairs(node, step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _pairs(node: yaml.MappingNode, step: str | int) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    return ((key, value) for key, value in node.value if key.value == step)


def _position(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
