"""Parts of a SurveyJS file with their paths: each key that is read is ticked off, so that the rest can be told."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.exchange.assembly import Answer
from forms.exchange.core import FileRefused
from forms.exchange.names import language_code

OWN = "voicebox:"
#: Keys that hold words in several languages, wherever they stand.
_WORDS = (
    *("title", "description", "html", "text", "otherText", "noneText", "refuseText", "dontKnowText"),
    *("labelTrue", "labelFalse", "minRateDescription", "maxRateDescription"),
)
_DEEPEST = 60
#: Switches that are off where nobody turns them on; hand-written files say so.
_OFF_ANYWAY = (
    *("isRequired", "readOnly", "hasOther", "hasNone", "hasSelectAll", "hasComment", "showOtherItem", "showNoneItem"),
    *("showRefuseItem", "showDontKnowItem", "showSelectAllItem", "showCommentArea", "isUnique", "multiSelect"),
    *("useDisplayValuesInDynamicTexts", "allowMultiple", "storeDataAsText", "showClearButton", "swapOrder"),
)


@dataclass(slots=True)
class Node:
    """One object of the file; `path` is where it stands, such as "pages[0].elements[2]"."""

    data: Mapping[str, Any]
    path: str
    languages: "Locales"
    read: set[str] = field(default_factory=set)

    def get(self, *names: str) -> Any:
        """The value of the first of these keys that is there; all of them count as read."""
        self.read.update(names)
        return next((self.data[name] for name in names if name in self.data), None)

    def text(self, *names: str) -> str:
        """The value of a key as text; "" for none. FileRefused where it is an object or a list."""
        value = self.get(*names)
        if isinstance(value, dict | list):
            raise FileRefused("malformed", found=names[0], place=self.at(names[0]))
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    def whole(self, *names: str) -> int | None:
        """The value of a key as a whole number that is not negative; None where it is none."""
        value = self.get(*names)
        if isinstance(value, str) and value.isdecimal() and len(value) < 10:
            value = int(value)
        return int(value) if type(value) in (int, float) and value == int(value) and 0 <= value < 10**9 else None

    def words(self, *names: str) -> dict[str, str]:
        """Words by language."""
        return self.languages.said(self.get(*names), self.at(names[0]))

    def said(self) -> str:
        """What it is called in one text: its title in the first language that has one, else its name."""
        return next(iter(self.words("title").values()), "") or self.text("name")

    def nodes(self, *names: str) -> Iterator["Node"]:
        """The objects of a list; FileRefused where it is none."""
        value = self.get(*names)
        if value is not None and not isinstance(value, list):
            raise FileRefused("malformed", found=names[0], place=self.at(names[0]))
        name = next((name for name in names if name in self.data), names[0])
        for number, each in enumerate(value or ()):
            if not isinstance(each, dict):
                raise FileRefused("malformed", found=each, place=f"{self.at(name)}[{number}]")
            yield Node(each, f"{self.at(name)}[{number}]", self.languages)

    def answers(self, *names: str) -> list[Answer]:
        """The answers of a list: values, objects with a value and a text, or "value|text" as old files have it."""
        value = self.get(*names)
        name = next((name for name in names if name in self.data), names[0])
        if value is not None and not isinstance(value, list):
            raise FileRefused("malformed", found=name, place=self.at(name))
        return [self.languages.answer(each, f"{self.at(name)}[{number}]") for number, each in enumerate(value or ())]

    def own(self) -> dict[str, Any]:
        """What we noted here."""
        names = [name for name in self.data if name.startswith(OWN)]
        self.read.update(names)
        return {name.removeprefix(OWN): self.data[name] for name in names}

    def at(self, name: str) -> str:
        """Where a key of it stands."""
        return f"{self.path}.{name}" if self.path else name

    def rest(self) -> Iterator[tuple[str, str, str]]:
        """What was not read: key, place, and what stood there; nothing that is empty or off."""
        for name, value in self.data.items():
            if name not in self.read and not (value in (None, "", [], {}) or (value is False and name in _OFF_ANYWAY)):
                said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                yield name, self.at(name), f"{name}: {said}"


@dataclass(frozen=True, slots=True)
class Locales:
    """BCP 47 by the file's own names of languages; "default" is the source's. `unknown` are those that nobody knows."""

    by_name: Mapping[str, str]
    all: list[str]
    unknown: list[str]

    def said(self, value: Any, place: str) -> dict[str, str]:
        """Words by language, of a text or of a text by language; FileRefused for anything else."""
        if value is None:
            return {}
        if isinstance(value, list) or (isinstance(value, dict) and not all(isinstance(v, str) for v in value.values())):
            raise FileRefused("malformed", found=value, place=place)
        texts = value if isinstance(value, dict) else {"default": str(value)}
        named = sorted(texts.items(), key=lambda text: text[0] == "default")
        words: dict[str, str] = {}
        for name, text in named:
            if name in self.by_name:
                words.setdefault(self.by_name[name], text)
        return dict(sorted(words.items(), key=lambda text: self.all.index(text[0])))

    def answer(self, value: Any, place: str) -> Answer:
        """One answer of a list."""
        if isinstance(value, dict):
            # The columns of some tables have a name and a title, as questions have.
            name = _plain(value.get("value", value.get("name", value.get("text"))), place)
            return Answer(name, self.said(value.get("text", value.get("title", name)), place), place)
        name = _plain(value, place)
        name, _, text = name.partition("|")
        return Answer(name, self.said(text or name, place), place)


def locales_of(data: Mapping[str, Any], own: str = "") -> Locales:
    """The languages of all words in the file; `own` is the source where we wrote it."""
    names = list(dict.fromkeys(_names(data, 0)))
    shown = data.get("locale")
    default = own or (language_code(shown) if isinstance(shown, str) and shown and shown not in names else None) or "en"
    by_name = {name: language_code(name) for name in names if name != "default"}
    known = {"default": default} | {name: code for name, code in by_name.items() if code}
    return Locales(known, list(dict.fromkeys(known.values())), [name for name, code in by_name.items() if code is None])


def _names(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for name, part in value.items() if isinstance(value, dict) else ():
        if name in _WORDS and isinstance(part, dict):
            yield from (str(language) for language in part)
        yield from _names(part, depth + 1)
    for part in value if isinstance(value, list) else ():
        yield from _names(part, depth + 1)


def _plain(value: Any, place: str) -> str:
    if value is None or isinstance(value, dict | list):
        raise FileRefused("malformed", found=value, place=place)
    return str(value).lower() if isinstance(value, bool) else str(value)
