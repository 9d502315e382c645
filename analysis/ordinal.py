"""Two crowds on the same ordered cells: does one of them rate higher, by how much, and how sure is that?

Counts are given cell by cell, from lowest to highest. They need not be whole, so that counts can be taken that were
rebuilt from printed shares. Plain arithmetic for the light web process, held against scipy and printed examples in the
tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import comb, erfc, sqrt

Counts = Sequence[float]

#: So small a crowd without ties has its exact chance told (as scipy does).
_EXACT_UP_TO = 8


class Magnitude(StrEnum):
    """How big a Cliff's delta is. The words are conventions; the sentence of `times_in_hundred` is what is meant."""

    NEGLIGIBLE = "negligible"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


#: J. Romano, J. D. Kromrey, J. Coraggio and J. Skowronek, "Appropriate statistics for ordinal level data", annual
#: meeting of the Florida Association of Institutional Research (2006): |delta| below which each word holds.
_BELOW = ((0.147, Magnitude.NEGLIGIBLE), (0.33, Magnitude.SMALL), (0.474, Magnitude.MEDIUM))
#: What is smaller than this is no difference worth a word.
NEGLIGIBLE_BELOW = _BELOW[0][0]


@dataclass(frozen=True, slots=True)
class Delta:
    """Cliff's delta, -1 (all of the second rate higher) to 1 (all of the first do), with its 95 % interval."""

    delta: float
    interval: tuple[float, float]


def mann_whitney(first: Counts, second: Counts) -> tuple[float, float]:
    """(U of the first crowd, two-sided chance of a U at least this far from its middle without any difference).

    H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947), 50-60: normal approximation with a
    correction for ties and for continuity; exact where one crowd is tiny and nobody is tied. ValueError where a crowd
    is empty or the cells differ.
    """
    people, people_too = _sizes(first, second, fewest=1)
    u = people * people_too * (1 + _delta(first, second)) / 2
    far = max(u, people * people_too - u)
    together = [mine + theirs for mine, theirs in zip(first, second, strict=True)]
    if min(people, people_too) <= _EXACT_UP_TO and all(tied in (0, 1) for tied in together):
        return u, _exact(round(far), round(people), round(people_too))
    everybody = people + people_too
    ties = sum(tied**3 - tied for tied in together) / (everybody * (everybody - 1))
    spread = sqrt(max(0.0, people * people_too * (everybody + 1 - ties) / 12))
    beyond = far - people * people_too / 2 - 0.5
    return u, 1.0 if spread == 0 or beyond <= 0 else erfc(beyond / spread / sqrt(2))


def cliffs_delta(first: Counts, second: Counts, *, z: float = 1.959964) -> Delta:
    """How much oftener somebody of `first` rates above somebody of `second` than below, with its interval.

    N. Cliff, Ordinal Methods for Behavioral Data Analysis (1996), chapter 5: the consistent estimate of the variance;
    D. Feng and N. Cliff, "Monte Carlo evaluation of ordinal d with improved confidence interval", Journal of Modern
    Applied Statistical Methods 3 (2004), 322-332: the asymmetric interval, and the one of crowds that do not overlap.
    ValueError where a crowd has fewer than two people or the cells differ.
    """
    people, people_too = _sizes(first, second, fewest=2)
    delta = _delta(first, second)
    if abs(delta) > 1 - 1e-12:
        few = min(people, people_too)
        inner = (few - z**2) / (few + z**2)
        return Delta(delta, (inner, 1.0) if delta > 0 else (-1.0, -inner))
    return Delta(delta, asymmetric_interval(delta, variance_of_delta(first, second), z=z))


def variance_of_delta(first: Counts, second: Counts) -> float:
    """Cliff's consistent estimate; never below (1 - delta^2) / (people * people - 1), where everybody said the same."""
    people, people_too = _sizes(first, second, fewest=2)
    delta = _delta(first, second)
    of_first = sum(count * (one - delta) ** 2 for count, one in zip(first, dominance(second), strict=True))
    of_second = sum(count * (one + delta) ** 2 for count, one in zip(second, dominance(first), strict=True))
    tied = sum(mine * theirs for mine, theirs in zip(first, second, strict=True))
    of_pairs = people * people_too * (1 - delta**2) - tied
    terms = (
        (people_too - 1) * of_first / (people - 1),
        (people - 1) * of_second / (people_too - 1),
        of_pairs / ((people - 1) * (people_too - 1)),
    )
    return max(sum(terms) / (people * people_too), (1 - delta**2) / (people * people_too - 1))


def asymmetric_interval(delta: float, variance: float, *, z: float) -> tuple[float, float]:
    """Feng and Cliff's interval, which bends away from the ends -1 and 1."""
    half = z * sqrt(variance) * sqrt((1 - delta**2) ** 2 + z**2 * variance)
    under = 1 - delta**2 + z**2 * variance
    return max(-1.0, (delta - delta**3 - half) / under), min(1.0, (delta - delta**3 + half) / under)


def magnitude(delta: float) -> Magnitude:
    """The word for a delta, whichever crowd rates higher."""
    return next((word for limit, word in _BELOW if abs(delta) < limit), Magnitude.LARGE)


def times_in_hundred(delta: float) -> int:
    """How many times in 100 a randomly picked person of the first crowd rates above one of the second.

    Ties are split in halves (A. Vargha and H. D. Delaney, Journal of Educational and Behavioral Statistics 25 (2000),
    101-132: their A is (1 + delta) / 2).
    """
    return round(50 * (1 + delta))


def dominance(counts: Counts) -> list[float]:
    """For each cell, the share of the crowd below it minus the share above it, -1 to 1."""
    everybody = sum(counts)
    up_to = list(accumulate(counts))
    return [(2 * reached - count - everybody) / everybody for count, reached in zip(counts, up_to, strict=True)]


def _delta(first: Counts, second: Counts) -> float:
    return sum(count * one for count, one in zip(first, dominance(second), strict=True)) / sum(first)


def _sizes(first: Counts, second: Counts, *, fewest: int) -> tuple[float, float]:
    sizes = sum(first), sum(second)
    if len(first) != len(second) or min(sizes) < fewest or min(*first, *second) < 0:
        raise ValueError(f"two crowds of {sizes[0]} and {sizes[1]} people on {len(first)} and {len(second)} cells")
    return sizes


def _exact(u: int, people: int, people_too: int) -> float:
    """Twice the share of all orders of so many people whose U is `u` or more."""
    # How many orders have each U: the coefficients of a Gaussian binomial, one factor after the other.
    orders = [1] + [0] * (people * people_too)
    for step in range(1, people + 1):
        for place in range(len(orders) - 1, people_too + step - 1, -1):
            orders[place] -= orders[place - people_too - step]
        for place in range(step, len(orders)):
            orders[place] += orders[place - step]
    return min(1.0, 2 * sum(orders[u:]) / comb(people + people_too, people))
