"""XML in and out: texts that stay as they are to the last blank, and trees of others' files without entities."""

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms.translation_files.sheet import FileRefused

#: What XML 1.0 cannot say at all. No page lets it into a text.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A return as it stands would be read as a line feed (XML 1.0, 2.11).
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = {**_IN_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}


def in_text(words: str) -> str:
    """The words as the content of an element."""
    return _UNSAYABLE.sub("", words).translate(_IN_TEXT)


def in_attribute(words: str) -> str:
    """The words as an attribute, with its quotation marks."""
    return '"' + _UNSAYABLE.sub("", words).translate(_IN_ATTRIBUTE) + '"'


def attributes(**values: str) -> str:
    """Attributes with a blank before each; underscores are said as colons, and what is empty is left out."""
    return "".join(f" {name.replace('_', ':')}={in_attribute(value)}" for name, value in values.items() if value)


def tree_of(raw: bytes) -> Element:
    """The root of somebody else's file. FileRefused("unsafe") for a document type, entities or references elsewhere."""
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as unsafe:
        raise FileRefused("unsafe") from unsafe
    except ParseError as broken:
        raise FileRefused("broken", str(broken)) from broken
    except (LookupError, ValueError) as unreadable:
        # An encoding that expat does not know, or that is not what it says.
        raise FileRefused("encoding") from unreadable
    return root


def name_of(element: Element) -> str:
    """The name without its namespace: tools choose prefixes as they like. "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def space_of(element: Element) -> str:
    """The namespace; "" for none."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def child(element: Element, name: str) -> Element | None:
    """The first child of this name in the element's own namespace."""
    space = space_of(element)
    return next((each for each in element if name_of(each) == name and space_of(each) == space), None)
