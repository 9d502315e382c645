"""Texts with the marks of translators' tools inside: read as text where nothing is lost by it.

Our own texts have no markup. A tool may have put protected places ({pipe|…}), segments or remarks into marks of its
own; what such a mark stands for is in the file, or the text cannot be taken.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from forms.translation_files.xml_text import name_of, space_of

#: Marks around words: the words are what they mark. In XLIFF 1.2 the content of the later ones is the code itself.
_AROUND = frozenset({"g", "mrk", "pc", "ph", "bpt", "ept", "it"})
#: Marks with nothing in them.
_ALONE = frozenset({"x", "bx", "ex", "ph", "sc", "ec"})
_REMARKS = frozenset({"sm", "em"})
_DEEPEST = 20


class MarkupUnreadable(Exception):
    """A mark whose text nobody can tell."""


def text_of(element: Element, data: Mapping[str, str] | None = None, depth: int = 0) -> str:
    """All text in the element. `data` are the codes of an XLIFF 2 unit by their id. MarkupUnreadable."""
    if depth > _DEEPEST:
        raise MarkupUnreadable
    parts = [element.text or ""]
    for mark in element:
        if isinstance(mark.tag, str):
            if space_of(mark) != space_of(element):
                raise MarkupUnreadable
            parts.append(_said(mark, data or {}, depth))
        parts.append(mark.tail or "")
    return "".join(parts)


def _said(mark: Element, data: Mapping[str, str], depth: int) -> str:
    name = name_of(mark)
    if name in _REMARKS:
        return ""
    if name == "cp":
        return _code_point(mark)
    if name in _ALONE and not len(mark) and not mark.text:
        return _standing_for(mark, data)
    if name not in _AROUND:
        raise MarkupUnreadable
    before, after = mark.get("dataRefStart"), mark.get("dataRefEnd")
    return _looked_up(before, data) + text_of(mark, data, depth + 1) + _looked_up(after, data)


def _standing_for(mark: Element, data: Mapping[str, str]) -> str:
    """The text that an empty mark replaced."""
    for said in (mark.get("equiv-text"), data.get(mark.get("dataRef", "")), mark.get("equiv"), mark.get("disp")):
        if said:
            return said
    raise MarkupUnreadable


def _looked_up(reference: str | None, data: Mapping[str, str]) -> str:
    return data.get(reference, "") if reference else ""


def _code_point(mark: Element) -> str:
    try:
        said = chr(int(mark.get("hex", ""), 16))
        said.encode()
    except (ValueError, OverflowError) as wrong:
        raise MarkupUnreadable from wrong
    return said
