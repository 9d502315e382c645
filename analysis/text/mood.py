"""A lexicon's vote on the mood of a comment: open to see, English only, shown beside what a person decides."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.text.english import polarity

#: Nearer to 0 than this, the lexicon's vote says nothing.
CLEAR_FROM = 0.1


class Mood(StrEnum):
    """What the vote says; UNCLEAR for mixed, neutral and unknown words, and for every language but English."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Vote:
    """The mood, and the polarity it came from (-1 to 1; 0 where nothing was asked)."""

    mood: Mood
    polarity: float


def mood_of(text: str, language: str) -> Vote:
    """The vote on `text`, written in `language` (a BCP 47 tag).

    In other languages than English the lexicon would find English look-alikes and vote on those, so it is not asked.
    """
    if language.partition("-")[0].lower() != "en":
        return Vote(Mood.UNCLEAR, 0.0)
    value = polarity(text)
    if abs(value) < CLEAR_FROM:
        return Vote(Mood.UNCLEAR, value)
    return Vote(Mood.POSITIVE if value > 0 else Mood.NEGATIVE, value)
