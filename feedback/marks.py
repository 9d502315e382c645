"""What stands in a comment for what was taken out of it, in the words of whoever reads it."""

import re
from collections.abc import Callable

from forms.wording import N_

#: As they are stored (`analysis.text.redaction.MARKS`), and the same words are translated.
MARKS = (
    N_("[name]"),
    N_("[phone]"),
    N_("[email]"),
    N_("[handle]"),
    N_("[link]"),
    N_("[address]"),
    N_("[class]"),
    N_("[birthday]"),
)
_MARK = re.compile("|".join(re.escape(mark) for mark in MARKS))


def say_marks(text: str, say: Callable[[str], str]) -> str:
    """The text with its marks said by `say`, which translates."""
    return _MARK.sub(lambda mark: say(mark[0]), text)
