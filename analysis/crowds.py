"""What two printed shares leave open, and what can be said of their difference all the same.

Always at whichever ends speak least for a difference: so that nothing is said that the figures do not, and chance is
never judged too kindly.
"""

from dataclasses import dataclass, replace
from math import ceil, floor

from analysis.proportions import chance_of_difference, cohens_h, newcombe
from analysis.spread import wilson
from analysis.summary import Figure, People, Share, TooFew
from analysis.words import Beside, Difference, Size

#: A difference that is known to be within so many percentage points is none.
ALIKE_WITHIN = 10
#: Cohen's h from which a difference is medium, and large; below the first word it is too small to be one.
_NOTABLE, _MEDIUM, _LARGE = 0.2, 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the figures leave open: a share between `low` and `high` (0 to 1) of at least `people` people."""

    low: float
    high: float
    people: int


def crowd_of(figure: Figure | None, people: People | TooFew) -> Crowd | None:
    """None for words instead of numbers: too few people to tell anything."""
    if not isinstance(figure, Share) or not isinstance(people, People):
        return None
    # Shares were rounded to whole percents.
    return Crowd(max(0, figure.low - 0.5) / 100, min(100, figure.high + 0.5) / 100, people.low)


def chance_between(first: Crowd, second: Crowd) -> float:
    """How likely shares at least this far apart are by chance alone, taken as near to each other as they may be."""
    share, other = _nearest(first, second)
    if share == other:
        return 1.0
    toward = (floor, ceil) if share > other else (ceil, floor)
    return chance_of_difference(
        (min(first.people, toward[0](share * first.people)), first.people),
        (min(second.people, toward[1](other * second.people)), second.people),
    )


def difference_between(first: Crowd, second: Crowd, *, is_believed: bool) -> Difference:
    """How `first` stands beside `second`; `is_believed` is whether their chance is small enough in its family."""
    low = least_apart(first, second)
    high = -least_apart(second, first)
    within = low >= -ALIKE_WITHIN and high <= ALIKE_WITHIN
    height = abs(cohens_h(*_nearest(first, second)))
    if is_believed and (low > 0 or high < 0) and not (within and height < _NOTABLE):
        size = Size.LARGE if height >= _LARGE else Size.MEDIUM if height >= _MEDIUM else Size.SMALL
        return _more(low, high, size) if low > 0 else replace(_more(-high, -low, size), beside=Beside.LESS)
    return Difference(Beside.ALIKE) if within else Difference(Beside.CANNOT_TELL)


def least_apart(first: Crowd, second: Crowd) -> float:
    """By how many percentage points `first` is at least above `second`, as far as chance lets anybody say."""
    reach, reach_too = (
        wilson(first.low * first.people, first.people),
        wilson(second.high * second.people, second.people),
    )
    return 100 * newcombe(first.low, reach, second.high, reach_too)[0]


def _nearest(first: Crowd, second: Crowd) -> tuple[float, float]:
    """The two shares as near to each other as the figures let them be."""
    if first.low >= second.high:
        return first.low, second.high
    return (first.high, second.low) if first.high <= second.low else (first.low, first.low)


def _more(low: float, high: float, size: Size) -> Difference:
    return Difference(Beside.MORE, size, (max(1, round(low)), min(100, round(high))))
