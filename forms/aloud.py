"""What a voice reads of a form: the introduction, and each question with its answers, under one name each."""

from collections.abc import Mapping
from typing import Any

from forms.texts import texts_of, words_hash

#: The title and what is said before the first question; no item's id begins with a digit.
INTRODUCTION = "0-introduction"
_OF_INTRODUCTION = ("title", "introduction")
#: There for whoever opens it, and not read.
_SILENT = ("why",)


def read_aloud(data: Mapping[str, Any], language: str) -> dict[str, tuple[str, ...]]:
    """Name of each part -> the texts that are read there, in the order of the form.

    A question takes along what is asked beside it. A part of which a text has no words in this language has no texts.
    """
    items = [item for section in data.get("sections", ()) for item in section.get("questions", ())]
    beside = {item["id"]: item["companion_of"] for item in items if item.get("companion_of")}
    said: dict[str, list[str]] = {name: [] for name in (INTRODUCTION, *(item["id"] for item in items))}
    for text in texts_of(data):
        name = INTRODUCTION if text.key in _OF_INTRODUCTION else beside.get(text.item, text.item)
        if name in said and text.readers == "respondents" and text.field not in _SILENT and any(text.words.values()):
            said[name].append(text.words.get(language, ""))
    return {name: tuple(words) if all(words) else () for name, words in said.items() if name not in beside}


def hash_read(words: tuple[str, ...]) -> str:
    """What tells whether a recording still reads these texts."""
    return words_hash("\n".join(words))
