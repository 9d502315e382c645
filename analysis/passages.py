"""Passages of text in any script: how many words one has, and which of them only repeat another one."""

import re
import unicodedata
from collections.abc import Sequence

#: Fewer words than this, and two people may well have said the same: "more football" is two voices.
_OWN_WORDS = 7
#: Letters of scripts that write no spaces between words, and how many of them make about one word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LETTERS_A_WORD = 2


def word_count(text: str) -> int:
    """About how many words: what stands between spaces, and every two letters where a script writes none."""
    words = sum(any(map(str.isalnum, word)) for word in _UNSPACED.sub(" ", text).split())
    return words + -(-len(_UNSPACED.findall(text)) // _LETTERS_A_WORD)


def first_of(texts: Sequence[str]) -> list[int]:
    """For each text the place of the first that says the same at length; its own place where none before it does.

    Case, punctuation and spaces make no difference. Short texts stand for themselves.
    """
    seen: dict[str, int] = {}
    return [
        seen.setdefault(_bare(text), place) if word_count(text) >= _OWN_WORDS else place
        for place, text in enumerate(texts)
    ]


def _bare(text: str) -> str:
    # Letters, their marks and numbers: without its marks a word of Hindi is another word.
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")
