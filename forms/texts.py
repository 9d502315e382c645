"""Every text of an instrument under a key that stays when questions move: what is translated, checked and signed.

A key is a way made of ids, such as "title", "sections/class/title" or "items/easy/options/yes/label".
These functions read and write *data*: an instrument as plain JSON (`canonical` without the last step), which may be a
draft that is not finished.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from forms.wording import Words

#: An instrument, or a draft of one, as plain JSON.
Data = dict[str, Any]
#: Whom a text is for: everybody who is asked, or the school's staff.
For = Literal["respondents", "staff"]

_OPTION_LISTS = ("options", "apart")
#: The texts of a question or a notice, in the order in which they are read.
_OF_ITEMS = ("stem", "title", "text", "hint", "then", "now", "unit", "why")
_LEVELS = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Text:
    """One text with its key. `item` is the id of the question or notice that it belongs to, "" for none.

    `field` is the last step of its key: "title", "introduction", "text", "hint", "why", "stem", "unit", "label", …
    """

    key: str
    words: Words
    item: str
    field: str
    readers: For = "respondents"


def texts_of(data: Mapping[str, Any]) -> Iterator[Text]:
    """The texts that are there, in the order of the form. What is missing or malformed in a draft is left out."""
    for key, holder, field, item, readers in _places(data):
        words = holder.get(field)
        if isinstance(words, dict):
            yield Text(key, {language: str(said) for language, said in words.items()}, item, field, readers)


def with_texts(data: Mapping[str, Any], texts: Mapping[str, Words]) -> Data:
    """A copy in which the texts under these keys have these words besides their own; unknown keys raise KeyError."""
    changed = deepcopy(dict(data))
    places = {key: (holder, field) for key, holder, field, _item, _readers in _places(changed)}
    for key, words in texts.items():
        holder, field = places[key]
        own = holder.get(field)
        holder[field] = {**(own if isinstance(own, dict) else {}), **words}
    return changed


def only_in(data: Mapping[str, Any], languages: tuple[str, ...]) -> Data:
    """A copy with these languages alone, in its texts and in its list of languages."""
    kept = deepcopy(dict(data))
    for _key, holder, field, _item, _readers in _places(kept):
        words = holder.get(field)
        if isinstance(words, dict):
            holder[field] = {language: said for language, said in words.items() if language in languages}
    kept["languages"] = list(languages)
    return kept


def words_hash(words: str) -> str:
    """SHA-256 of one text in one language, in hex: by it a translation knows its source, and a signature its text."""
    return sha256(words.encode()).hexdigest()


_Place = tuple[str, dict[str, Any], str, str, For]


def _places(data: Mapping[str, Any]) -> Iterator[_Place]:
    """Where texts are, or could be: key, what holds the words, under which name there, whose they are, and for whom."""
    if isinstance(data, dict):
        yield "title", data, "title", "", "respondents"
        yield "introduction", data, "introduction", "", "respondents"
    for section in _parts(data, "sections"):
        yield f"sections/{section['id']}/title", section, "title", "", "respondents"
        for item in _parts(section, "questions"):
            yield from _places_of(item)
    for theme in _parts(data, "themes"):
        for field in ("title", "next_step"):
            if field in theme:
                readers: For = "staff" if field == "next_step" else "respondents"
                yield f"themes/{theme['id']}/{field}", theme, field, "", readers


def _places_of(item: dict[str, Any]) -> Iterator[_Place]:
    id_ = item["id"]
    for field in _OF_ITEMS:
        if field in item or field == "text":
            yield f"items/{id_}/{field}", item, field, id_, "respondents"
    for options in _OPTION_LISTS:
        for option in _parts(item, options):
            yield f"items/{id_}/{options}/{option['id']}/label", option, "label", id_, "respondents"
    steps = item.get("next_steps")
    if isinstance(steps, dict):
        for level in _LEVELS:
            yield f"items/{id_}/next_steps/{level}", steps, level, id_, "staff"


def _parts(holder: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The parts of a list that can be named: those with an id."""
    parts = holder.get(name)
    for part in parts if isinstance(parts, list | tuple) else ():
        if isinstance(part, dict) and isinstance(part.get("id"), str):
            yield part
