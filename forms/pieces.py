"""A text in pieces: words, and what stands between them, in any script."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

#: Scripts that put no space between words: there each letter, with its marks, is a piece of its own.
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
#: Zero-width joiners and the apostrophe belong to the word that they stand in.
_INSIDE = frozenset("\u200c\u200d'\u2019\u02bc")


def has_no_spaces(letter: str) -> bool:
    """Whether the letter is of a script that puts no space between words."""
    return any(low <= ord(letter) <= high for low, high in _WITHOUT_SPACES)


def is_of_a_word(sign: str) -> bool:
    """Whether it is a letter, a digit, a mark on one, or what stands inside words."""
    return unicodedata.category(sign)[0] in "LMN" or sign in _INSIDE


def pieces(text: str) -> list[str]:
    """Words, spaces and other signs in their order: put together they are the text again."""
    found: list[str] = []
    for kind, signs in groupby(text, key=_kind):
        run = "".join(signs)
        found += _letters(run) if kind == "letters" else list(run) if kind == "sign" else [run]
    return found


def words_of(text: str) -> list[str]:
    """The words alone; of scripts without spaces each run of letters is one."""
    return ["".join(run) for is_word, run in groupby(text, key=is_of_a_word) if is_word]


def _kind(sign: str) -> str:
    if sign.isspace():
        return "space"
    if not is_of_a_word(sign):
        return "sign"
    # A mark goes with its letter, whichever script that is of.
    return "letters" if has_no_spaces(sign) else "word"


def _letters(run: str) -> Iterator[str]:
    start = 0
    for place, sign in enumerate(run):
        if place > start and unicodedata.category(sign)[0] != "M":
            yield run[start:place]
            start = place
    yield run[start:]
