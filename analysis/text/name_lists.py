"""The school's own list of name words, as redaction asks it; without ever seeing the words, if they are sealed."""

from collections.abc import Iterable
from typing import Protocol

from analysis.name_words import fold, one_letter_off, spellings, spelt

#: Start and end of something found in a text.
Span = tuple[int, int]


class NameWords(Protocol):
    """The school's own list of name words, asked with folded words (`analysis.name_words.fold`)."""

    def holds(self, word: str) -> bool:
        """Whether the word is on it."""

    def nearly_holds(self, word: str) -> bool:
        """Whether a word is on it that differs in one letter."""


class NoNames:
    """The list of a school that gave none."""

    def holds(self, word: str) -> bool:
        """Never."""
        return not word

    def nearly_holds(self, word: str) -> bool:
        """Never."""
        return not word


NO_NAMES = NoNames()


class PlainNames:
    """A list in clear, for tests and measurements."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = [form for word in words for form in (fold(word), spelt(word))]
        self._words = frozenset(form for word in folded for form in spellings(word))
        self._near = frozenset(key for word in folded for key in one_letter_off(word))

    def holds(self, word: str) -> bool:
        """Whether the word is on it."""
        return word in self._words

    def nearly_holds(self, word: str) -> bool:
        """Whether a word is on it that differs in one letter."""
        return not self._near.isdisjoint(one_letter_off(word))


def apart(spans: Iterable[Span]) -> list[Span]:
    """In order, and of those that overlap the one that begins first, or is longer."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found
