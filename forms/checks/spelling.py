"""Spellings brought together, so that a word is found however it was typed, and where it stood can still be told."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Arabic vowel signs and the stroke that lengthens a word, the dot of borrowed Devanagari letters, invisible joiners.
_DROPPED = frozenset("\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u093c\u200b\u200c\u200d\u00ad")
_SAME = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "ё": "е", "\u00a0": " "}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched. `places` has for each of its characters the place in `original`."""

    original: str
    text: str
    places: tuple[int, ...]

    def said(self, start: int, end: int) -> str:
        """What stood there in the original's own letters."""
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1]

    def replaced(self, start: int, end: int, other: str) -> str:
        """The original with something else in this place."""
        first, last = self.places[start], self.places[end - 1] + 1
        return " ".join(f"{self.original[:first]}{other}{self.original[last:]}".split())


@lru_cache(maxsize=8192)
def fold(text: str) -> Folded:
    """A text in small letters, in one spelling each."""
    original = unicodedata.normalize("NFC", text)
    letters = [(_folded(sign), place) for place, sign in enumerate(original)]
    return Folded(
        original,
        "".join(folded for folded, _place in letters),
        tuple(place for folded, place in letters for _each in folded),
    )


def fold_pattern(pattern: str) -> str:
    """A regular expression in the same spelling; what a backslash escapes stays as it is, and the names of groups."""
    written = unicodedata.normalize("NFC", pattern)
    return "".join(
        sign if written[place - 1 : place] in ("\\", "?") else _folded(sign) for place, sign in enumerate(written)
    )


def _folded(sign: str) -> str:
    if sign in _DROPPED:
        return ""
    small = sign.casefold()
    return _SAME.get(small, small)
