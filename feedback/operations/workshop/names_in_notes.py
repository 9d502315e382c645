"""Whether a note of staff has somebody's name in it: asked before it is stored, so that its writer looks again.

It warns and never refuses: it cannot know that Rose is a flower. The school's sealed lists of name words are not asked;
they are for the count alone, and would tell whoever types a name whether it is on them.
"""

import re

from analysis.name_hints import name_hints
from analysis.name_words import fold
from feedback.operations.school import School


def names_in(school: School, text: str) -> tuple[str, ...]:
    """What in `text` may be a person's name, e-mail address or number, as it stands there, each once, in order.

    Words of the school's own name are none.
    """
    own = {fold(word) for word in school.settings.school_name.split()}
    return tuple(found for found in name_hints(text) if fold(found) not in own)


def marked(text: str, found: tuple[str, ...]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of what was found, for a page to mark."""
    if not found:
        return [(text, False)]
    longest_first = sorted(found, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return [(piece, at % 2 == 1) for at, piece in enumerate(pattern.split(text)) if piece]
