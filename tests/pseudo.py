"""A language that nobody speaks: English with accents on every letter, in brackets, each word 40 % longer.

What stands on a page without brackets and accents did not come out of a catalogue or a form; what is cut in it would
be cut in German or Tamil, too.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

import pytest
from babel.support import NullTranslations, Translations

from feedback import i18n
from feedback.languages import LANGUAGES, Language
from forms.definition import Instrument

#: Of the codes that are kept free for everybody's own use (ISO 639-2: qaa to qtz).
CODE = "qps"
LONGER = 1.4
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀçđéƒǧħíĵķłɱñóƥɋřšťúṽŵẋýžÁƁÇĐÉƑǦĦÍĴĶŁḾÑÓƤɊŘŠŤÚṼŴẊÝŽ"
)
#: Placeholders, tags and characters by name stay as they are; so do the marks of earlier answers in a question.
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]+>|&\w+;|\{[\w-]+\||\})")
_WORD = re.compile(r"[^\W\d_]+")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def pseudo(text: str) -> str:
    """The text as this language has it."""
    parts = _KEPT.split(text)
    said = [part if number % 2 else _WORD.sub(_stretched, part) for number, part in enumerate(parts)]
    return f"⟦{''.join(said)}⟧"


def _stretched(word: re.Match[str]) -> str:
    letters = word.group()
    more = ceil(len(letters) * (LONGER - 1))
    return (letters + (letters * more)[-more:]).translate(_LETTERS)


class _Pseudo(NullTranslations):
    """The English catalogue, message by message."""

    def __init__(self, english: NullTranslations) -> None:
        super().__init__()
        self._english = english
        self._catalog = getattr(english, "_catalog", {})

    def gettext(self, message: str) -> str:
        """Told as this language has it; also under the names that Flask-Babel and Jinja use."""
        return pseudo(self._english.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Likewise."""
        return pseudo(self._english.ngettext(msgid1, msgid2, n))

    ugettext, ungettext = gettext, ngettext


@contextmanager
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """While this lasts the service offers the language; its code."""
    months = tuple(map(pseudo, _MONTHS))
    monkeypatch.setitem(LANGUAGES, CODE, Language(CODE, pseudo("Nobody speaks this"), "en", months=months))
    load = Translations.load

    def loaded(folder: str, locales: list[str], domain: str) -> NullTranslations:
        if locales == [CODE]:
            return _Pseudo(load(folder, ["en"], domain))
        return load(folder, locales, domain)

    monkeypatch.setattr(Translations, "load", loaded)
    i18n.offered.cache_clear()
    yield CODE
    monkeypatch.undo()
    i18n.offered.cache_clear()


def in_pseudo(instrument: Instrument) -> Instrument:
    """The form in this language only, and in English."""

    def told(part: Any) -> Any:
        if isinstance(part, list):
            return [told(each) for each in part]
        if isinstance(part, dict):
            # As somebody may write about a theme: lists of sentences, which nobody reads on a form.
            is_said = isinstance(part.get("en"), str)
            return words(part) if is_said else {key: told(value) for key, value in part.items()}
        return part

    plain = told(instrument.model_dump(mode="json", exclude_none=True))
    return Instrument.model_validate({**plain, "languages": ["en", CODE]})


def words(said: dict[str, str]) -> dict[str, str]:
    """English words, and as this language has them."""
    return {"en": said["en"], CODE: pseudo(said["en"])}
