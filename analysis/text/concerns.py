"""Which texts of children somebody should read first. It only orders what a person reads, and decides nothing."""

from collections.abc import Sequence
from enum import StrEnum

from analysis.text.clauses import clauses
from analysis.text.concern_words import vote
from analysis.text.reading import Reader


class Grade(StrEnum):
    """How soon a text should be read: now, today, or in its turn."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"


#: From these numbers on a text is amber, or red, where meaning is known and where it is not. At the first of each pair
#: 2 % of ordinary comments were, at the second one in 200.
_LIMITS = {True: (0.72, 1.2), False: (0.45, 0.58)}


def grade(texts: Sequence[str], languages: Sequence[str], reader: Reader) -> list[Grade]:
    """One grade a text: the more urgent of the model's and the word list's.

    `languages` are BCP 47 tags, "und" or "" where nobody knows.
    """
    if not texts:
        return []
    parts = [[text[start:end] for start, end in clauses(text)] for text in texts]
    amber, red = _LIMITS[reader.knows_meaning]
    return [
        max(_of(urgency, amber, red), Grade(vote(text, language) or Grade.GREY), key=_ORDER.index)
        for text, language, urgency in zip(texts, languages, reader.concern(texts, parts).tolist(), strict=True)
    ]


_ORDER = (Grade.GREY, Grade.AMBER, Grade.RED)


def _of(urgency: float, amber: float, red: float) -> Grade:
    return Grade.RED if urgency >= red else Grade.AMBER if urgency >= amber else Grade.GREY
