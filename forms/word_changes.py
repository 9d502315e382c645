"""What is different between two wordings of one text, word by word."""

from difflib import SequenceMatcher
from typing import Literal

from forms.pieces import pieces

#: A run of words that stayed, went, or came.
Piece = tuple[Literal["same", "gone", "new"], str]


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both in order; joining "same" and "gone" gives `before`, "same" and "new" gives `after`."""
    old, new = pieces(before), pieces(after)
    found: list[Piece] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[from_old:to_old])))
            continue
        if to_old > from_old:
            found.append(("gone", "".join(old[from_old:to_old])))
        if to_new > from_new:
            found.append(("new", "".join(new[from_new:to_new])))
    return tuple(found)
