"""A school's list of name words as tags: HMAC-SHA-256 under the round's data key, cut to 128 bits.

Whoever has the database cannot tell a word, and with the data key gone nobody can. A tag may be of a word, of a
spelling of it without an ending, or of a word with one letter left out, which finds misspelt names.
"""

import hmac
from collections.abc import Iterable

from analysis.name_words import one_letter_off, spellings

_BYTES = 16
_IS, _NEAR = "is", "near"


def tags_of(words: Iterable[str], data_key: bytes) -> set[str]:
    """What is stored of folded words (`analysis.name_words.words_of`), in hex."""
    found = set()
    for word in words:
        found |= {_tag(data_key, _IS, form) for form in spellings(word)}
        found |= {_tag(data_key, _NEAR, form) for form in one_letter_off(word)}
    return found


class SealedNames:
    """The lists of the rounds that are counted together, each with its own key; asked without being read."""

    def __init__(self, lists: Iterable[tuple[bytes, frozenset[str]]]) -> None:
        self._lists = [(key, tags) for key, tags in lists if tags]
        self._held: dict[str, bool] = {}

    def holds(self, word: str) -> bool:
        """Whether the folded word is on a list."""
        # Of Chinese text every run of characters is asked about, most of them often.
        if word not in self._held:
            self._held[word] = self._has(_IS, word)
        return self._held[word]

    def nearly_holds(self, word: str) -> bool:
        """Whether a word is on a list that differs in one letter."""
        return any(self._has(_NEAR, form) for form in one_letter_off(word))

    def _has(self, kind: str, word: str) -> bool:
        return any(_tag(key, kind, word) in tags for key, tags in self._lists)


def _tag(data_key: bytes, kind: str, word: str) -> str:
    return hmac.digest(data_key, f"voicebox name word {kind} {word}".encode(), "sha256")[:_BYTES].hex()
