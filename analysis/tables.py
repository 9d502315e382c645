"""What a count hands to analysis: which cells a question has and how many people are in each.

A *column* describes one question without saying of which type it is; a *tally* is a row of whole numbers. Nothing
in this package has ever seen one respondent's answers side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

#: The group that small groups are merged into before anything is stored.
OTHER_GROUPS = "~other"


class Measure(StrEnum):
    """What an answer means. The one list shared, by value, with `forms.questions.base.Measure`."""

    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    RANKING = "ranking"
    NUMBER = "number"
    TEXT = "text"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Column:
    """One question as analysis sees it.

    `cells` are in the order of the form (for a scale: from lowest to highest), without the `apart` ones
    ("don't know", "does not apply"). `favourable` is the part of `cells` that counts as top box; empty where
    no answer is better than another. In a ranking a cell counts who put it among the first `places`; a change has
    the `steps` of its scale, of which each cell is a pair (`analysis.change`).
    """

    question: str
    measure: Measure
    cells: tuple[str, ...] = ()
    favourable: frozenset[str] = frozenset()
    apart: tuple[str, ...] = ()
    places: int = 1
    steps: tuple[str, ...] = ()

    @property
    def overlaps(self) -> bool:
        """Whether one person may be in several cells, so that their shares can not be added up."""
        return self.measure is Measure.CHOICES or self.places > 1


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one question, of everybody (`breakdown` is None) or of one group of a declared breakdown.

    `answered` counts people who gave any answer to the question, those apart included; for several choices the
    cells may sum to more than it. For text only `answered` is filled.
    """

    question: str
    answered: int
    counts: Mapping[str, int]
    breakdown: str | None = None
    group: str | None = None
