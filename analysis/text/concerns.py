"""Which texts of children somebody should read first. It only orders what a person reads, and decides nothing."""

from collections.abc import Sequence
from enum import StrEnum

from analysis.text.concern_words import vote
from analysis.text.reading import Reader


class Grade(StrEnum):
    """How soon a text should be read: now, today, or in its turn."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"


#: From these probabilities on a text is amber, or red. At AMBER at most 2 % of ordinary comments are.
AMBER, RED = 0.5, 0.9


def grade(texts: Sequence[str], languages: Sequence[str], reader: Reader) -> list[Grade]:
    """One grade a text: the more urgent of the model's and the word list's.

    `languages` are BCP 47 tags, "und" or "" where nobody knows.
    """
    likely: list[float] = reader.concern(texts).tolist() if texts else []
    return [
        max(_of(share), Grade(vote(text, language) or Grade.GREY), key=_ORDER.index)
        for text, language, share in zip(texts, languages, likely, strict=True)
    ]


_ORDER = (Grade.GREY, Grade.AMBER, Grade.RED)


def _of(share: float) -> Grade:
    return Grade.RED if share >= RED else Grade.AMBER if share >= AMBER else Grade.GREY
