"""What is different between two wordings of one text, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal

#: A run of words that stayed, went, or came.
Piece = tuple[Literal["same", "gone", "new"], str]

_TOKENS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
#: Scripts written without spaces are compared sign by sign.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both in order; joining "same" and "gone" gives `before`, "same" and "new" gives `after`."""
    old, new = _tokens(before), _tokens(after)
    pieces: list[Piece] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[from_old:to_old])))
            continue
        if to_old > from_old:
            pieces.append(("gone", "".join(old[from_old:to_old])))
        if to_new > from_new:
            pieces.append(("new", "".join(new[from_new:to_new])))
    return tuple(pieces)


def _tokens(words: str) -> list[str]:
    return list(words) if _UNSPACED.search(words) else _TOKENS.findall(words)
