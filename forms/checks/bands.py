"""What a form may ask of each age, and of adults: domain.md 3.2."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Band:
    """The most that is asked of somebody.

    `words` are English ones in one question; `grade` is the school year whose reading it may need; `characters` is how
    much an open answer may hold; `pace` is how much longer than an adult somebody takes.
    """

    oldest: int
    items: int
    minutes: int
    words: int
    grade: int
    open_items: int
    steps: int
    characters: int = 5000
    pace: float = 1.0


_ADULT = 99
_STUDENTS = {
    "6-8": Band(8, items=5, minutes=3, words=8, grade=1, open_items=0, steps=3, characters=200, pace=1.8),
    "9-11": Band(11, items=8, minutes=5, words=12, grade=3, open_items=1, steps=5, characters=200, pace=1.4),
    "12-14": Band(14, items=12, minutes=8, words=16, grade=5, open_items=2, steps=5, pace=1.2),
    "15-18": Band(18, items=15, minutes=10, words=20, grade=7, open_items=2, steps=5),
}
_FAMILIES = Band(_ADULT, items=8, minutes=4, words=15, grade=5, open_items=1, steps=5)
_STAFF = Band(_ADULT, items=12, minutes=6, words=25, grade=9, open_items=2, steps=5)

#: Seconds that an adult takes to answer one question of a type, its words read.
SECONDS: Mapping[str, int] = MappingProxyType(
    {
        "yes-maybe-no": 4, "smileys": 4, "choice": 6, "picture-choice": 6, "scale": 6, "choices": 10, "then-now": 12,
        "ranking": 25, "points": 30, "number": 8, "month": 8, "week": 8, "short-text": 15, "text": 45,
    }
)  # fmt: skip
#: Words that an adult reads in a minute, for a form.
WORDS_A_MINUTE = 180


def band_of(audience: object, ages: object) -> Band:
    """The band of a form. Students of no named age are taken for 12 to 14: in the middle of all who may be meant."""
    if audience == "families":
        return _FAMILIES
    if audience == "staff":
        return _STAFF
    return _STUDENTS.get(str(ages), _STUDENTS["12-14"])
