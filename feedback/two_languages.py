"""Two languages at once: every text with the same in a second language below it, on a screen and on paper.

A text gets into a page in many ways: as a sentence with gaps, as a label, as the error of a field. While a page is
made, a text in two languages is one string that holds both between marks. Whoever hands it on need not know, and gaps
are filled in both. When the page is whole, `set_below` puts the second where people read it, marked with its language,
and leaves it out where only one fits: in attributes, titles and lists that open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.languages import direction_of

#: Between the codes of two languages in an address: "/ur+en/r/…".
JOIN = "+"
# Noncharacters: no text has them, and they mean nothing to a browser (Unicode Standard, section 23.7).
_OPEN, _LANGUAGE, _SECOND, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARKS = re.compile(f"([{_OPEN}{_LANGUAGE}{_SECOND}{_CLOSE}])")
#: Where a tag, or an element that takes one text and nothing else, begins and ends.
_PLACES = re.compile(r"</?(?:title|option|optgroup|textarea|script|style)\b|<|>", re.IGNORECASE)


def both_of(address: str) -> tuple[str, str | None]:
    """The languages that an address begins with: "ur+en" are two, "ur" is one."""
    first, _, second = address.partition(JOIN)
    return first, second or None


def paired(first: str, second: str, language: str) -> str:
    """One string for a text and the same in a second `language`; the text alone where both are the same."""
    return first if first == second else f"{_OPEN}{first}{_LANGUAGE}{language}{_SECOND}{second}{_CLOSE}"


def first_of(text: str) -> str:
    """The text in the first language only."""
    return _only(_parsed(_pieces(text)), second=False)


def set_below(page: str) -> str:
    """The page with each second text below the first. A mark that belongs to no pair is dropped."""
    place, done = _Place(), []
    for node in _parsed(_pieces(page)):
        if isinstance(node, str):
            place.pass_by(node)
        done.append(node if isinstance(node, str) else node.set(is_plain=place.is_plain))
    return "".join(done)


@dataclass(slots=True)
class _Pair:
    """A text in two languages. Pairs stand in pairs: a date in a sentence is one, too."""

    first: "list[str | _Pair]"
    language: str
    second: "list[str | _Pair]"

    def set(self, *, is_plain: bool) -> str:
        first, second = _only(self.first, second=False), _only(self.second, second=True)
        if is_plain or not second:
            return first
        direction = direction_of(self.language)
        below = f'<span class="below" lang="{self.language}" dir="{direction}">{second}</span>'
        # Around both, because what stands in a row beside a picture or a box must stay one thing.
        return f'<span class="both">{first} {below}</span>'


@dataclass(slots=True)
class _Place:
    """Where in a page we are, so far as it decides whether elements may be put there."""

    is_in_tag: bool = False
    is_in_text: bool = False

    @property
    def is_plain(self) -> bool:
        return self.is_in_tag or self.is_in_text

    def pass_by(self, text: str) -> None:
        for found in _PLACES.finditer(text):
            self.is_in_tag = found[0] != ">"
            if len(found[0]) > 1:
                self.is_in_text = not found[0].startswith("</")


def _pieces(text: str) -> Iterator[str]:
    return (piece for piece in _MARKS.split(text) if piece)


def _parsed(pieces: Iterator[str], ends: str = "") -> "list[str | _Pair]":
    """Texts and pairs up to the mark that ends them, which is taken too."""
    nodes: list[str | _Pair] = []
    for piece in pieces:
        if piece == ends:
            break
        if piece == _OPEN:
            first, language = _parsed(pieces, _LANGUAGE), "".join(_strings(_parsed(pieces, _SECOND)))
            nodes.append(_Pair(first, language, _parsed(pieces, _CLOSE)))
        elif not _MARKS.fullmatch(piece):
            nodes.append(piece)
    return nodes


def _strings(nodes: "list[str | _Pair]") -> Iterator[str]:
    return (node for node in nodes if isinstance(node, str))


def _only(nodes: "list[str | _Pair]", *, second: bool) -> str:
    """Everything in one of the two languages."""
    return "".join(
        node if isinstance(node, str) else _only(node.second if second else node.first, second=second) for node in nodes
    )
