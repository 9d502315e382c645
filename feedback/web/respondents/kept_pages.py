"""What is the same for everybody who answers a round, made once and kept as long as the round stays as it is.

A school answers in the same ten minutes. Rendering a form takes longer than everything else of a visit together, so a
page is rendered once for each round and address, with marks where each visitor's own parts go.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from feedback.operations.answers.publish import Asked

_Made = TypeVar("_Made")
_made: WeakKeyDictionary[Asked, dict[Hashable, Any]] = WeakKeyDictionary()
#: An address can be typed in capitals or not; nobody shall fill the memory with ways to do so.
_MOST = 200


def made_once(asked: Asked, key: Hashable, make: Callable[[], _Made]) -> _Made:
    """What `make` returned the first time it was asked for this key and this round."""
    kept = _made.setdefault(asked, {})
    if key not in kept:
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = make()
    made: _Made = kept[key]
    return made


def new_mark() -> str:
    """Something that stands in no page, to be filled in for each visitor."""
    return f"mark{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A rendered page, cut at its marks: the texts between them, and which mark follows each."""

    pieces: tuple[str, ...]
    marks: tuple[str, ...]

    def filled(self, parts: Mapping[str, str]) -> str:
        """The page with each visitor's own parts, which are HTML already."""
        own = [parts[mark] for mark in self.marks]
        return "".join(piece for pair in zip(self.pieces, [*own, ""], strict=True) for piece in pair)


def cut(page: str, marks: Mapping[str, str]) -> KeptPage:
    """The page cut where each mark stands, however often; `marks` maps names to them."""
    pieces, names, rest = [], [], page
    while found := min(((rest.find(mark), name) for name, mark in marks.items() if mark in rest), default=None):
        at, name = found
        pieces.append(rest[:at])
        names.append(name)
        rest = rest[at + len(marks[name]) :]
    return KeptPage((*pieces, rest), tuple(names))
