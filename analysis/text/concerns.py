"""Which texts of children somebody should read first. It only orders what a person reads, and decides nothing."""

from collections.abc import Sequence
from enum import StrEnum

from analysis.text.concern_words import vote


class Grade(StrEnum):
    """How soon a text should be read: now, today, or in its turn."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"


def grade(texts: Sequence[str], languages: Sequence[str]) -> list[Grade]:
    """One grade a text; `languages` are BCP 47 tags, "und" or "" where nobody knows."""
    return [Grade(vote(text, language) or Grade.GREY) for text, language in zip(texts, languages, strict=True)]
