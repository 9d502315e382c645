"""What chance alone would do: the bounds that an attack must stay under to have found nothing."""

from collections.abc import Iterator
from math import exp, lgamma, log, log1p, sqrt

#: How seldom chance alone may fail a check. The proof runs on every build, and must not cry wolf once in years.
FALSE_ALARM = 1e-9
#: The mean tau that is asked for, where enough runs are made that chance stays inside.
ASKED_TAU = 0.15
#: Beyond this many standard errors chance goes once in two million times.
_SIGMAS = 5.0


def most_by_chance(pairs: int, chance: float) -> int:
    """The binomial bound: more right pairs than this happen by chance less than once in a thousand million times.

    `pairs` guesses are made, each right with probability `chance`. (The right pairs of a shuffled class are not quite
    independent; their number has the same mean and a variance larger by one part in the class's size.)
    """
    left = 0.0
    for right in range(pairs, -1, -1):
        left += _probability(right, pairs, chance)
        if left >= FALSE_ALARM:
            return right
    return 0


def tau_error(people: int, runs: int) -> float:
    """The standard error of the mean of Kendall's tau over `runs` shuffled classes (Kendall 1938, section 5)."""
    return sqrt(2 * (2 * people + 5) / (9 * people * (people - 1)) / runs)


def widest_tau(people: int, runs: int) -> float:
    """The mean tau up to which a check passes: 0.15, or five standard errors where the runs are too few for that."""
    return max(ASKED_TAU, _SIGMAS * tau_error(people, runs))


def _probability(right: int, pairs: int, chance: float) -> float:
    ways = lgamma(pairs + 1) - lgamma(right + 1) - lgamma(pairs - right + 1)
    return exp(ways + right * log(chance) + (pairs - right) * log1p(-chance))


def tau(places: list[tuple[int, ...]]) -> float:
    """Kendall's tau between the order in which things came and where they lie: 1 or -1 is known, 0 is nothing."""
    signs = [1 if first < second else -1 for first, second in _pairs(places)]
    return sum(signs) / len(signs) if signs else 0.0


def _pairs(places: list[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    for number, first in enumerate(places):
        for second in places[number + 1 :]:
            yield first, second
