"""Two shares side by side: is there a difference, how far can it be trusted, and how big is it?

Plain arithmetic, held against scipy in the tests: whoever signs a review waits for this, in the web process, which
must stay light.
"""

from collections.abc import Sequence
from math import asin, erfc, exp, lgamma, sqrt

#: From this expected count in every cell on, the chi-square distribution is near enough (W. G. Cochran, "Some methods
#: for strengthening the common chi-square tests", Biometrics 10 (1954), 417-451).
FEWEST_EXPECTED = 5
#: Counts as likely as the one that was found are as extreme, whatever the last digits of their probabilities are.
_AS_LIKELY = 1 + 1e-7


def chance_of_difference(first: tuple[int, int], second: tuple[int, int]) -> float:
    """How likely shares at least this far apart are where nothing but chance tells the crowds apart: two-sided, 0 to 1.

    Each crowd is (how many said it, of how many). Pearson's chi-square where every expected count is at least
    FEWEST_EXPECTED, Fisher's exact test otherwise. ValueError where somebody is missing from a crowd.
    """
    for given, people in (first, second):
        if people < 1 or not 0 <= given <= people:
            raise ValueError(f"no share: {given} of {people}")
    (given, people), (given_too, people_too) = first, second
    said, everybody = given + given_too, people + people_too
    if said in (0, everybody):
        return 1.0
    smallest = min(said, everybody - said) * min(people, people_too) / everybody
    return _chi_square(first, second) if smallest >= FEWEST_EXPECTED else _fisher(first, second)


def newcombe(
    first: float, first_reach: tuple[float, float], second: float, second_reach: tuple[float, float]
) -> tuple[float, float]:
    """The interval of `first` - `second` from both shares' own Wilson intervals; all between 0 and 1, or all percents.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
    methods", Statistics in Medicine 17 (1998), 873-890, method 10.
    """
    apart = first - second
    below = sqrt((first - first_reach[0]) ** 2 + (second_reach[1] - second) ** 2)
    above = sqrt((first_reach[1] - first) ** 2 + (second - second_reach[0]) ** 2)
    return apart - below, apart + above


def newcombe_together(
    first: tuple[float, float, float], second: tuple[float, float, float], correlation: float
) -> tuple[float, float]:
    """The interval of the difference of two shares of the same people; each is (share, its Wilson interval's ends).

    R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired
    data", Statistics in Medicine 17 (1998), 2635-2650, method 10: `correlation` is his phi, -1 to 1.
    """
    (share, low, high), (other, low_too, high_too) = first, second
    below = _square_and_add(share - low, high_too - other, correlation)
    above = _square_and_add(high - share, other - low_too, correlation)
    return share - other - below, share - other + above


def opposed(first: float, second: float) -> float:
    """Newcombe's phi of two shares that nobody is in both of, such as the top and the bottom of one scale."""
    if min(first, second) <= 0 or max(first, second) >= 1:
        return 0.0
    return -sqrt(first * second / ((1 - first) * (1 - second)))


def chance_of_share(share: float, people: int, target: float) -> float:
    """How likely a share (0 to 1) at least this far from `target` is where the target is the truth: two-sided.

    The score test that Wilson's interval is the inversion of. ValueError without people.
    """
    if people < 1:
        raise ValueError(f"no share of {people} people")
    spread = sqrt(max(0.0, target * (1 - target)) / people)
    if share == target:
        return 1.0
    return erfc(abs(share - target) / spread / sqrt(2)) if spread else 0.0


def cohens_h(first: float, second: float) -> float:
    """How big a difference between two shares (0 to 1) is, beside how shares spread; below 0 where `first` is smaller.

    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition (1988), chapter 6: 0.2 is small, 0.5
    medium, 0.8 large.
    """
    return 2 * asin(sqrt(first)) - 2 * asin(sqrt(second))


def discoveries(chances: Sequence[float], *, false_share: float) -> list[bool]:
    """Which of many differences to believe, so that on average at most `false_share` of the believed ones are chance.

    Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57
    (1995), 289-300.
    """
    believed = -1.0
    for place, chance in enumerate(sorted(chances), start=1):
        if chance <= false_share * place / len(chances):
            believed = chance
    return [chance <= believed for chance in chances]


def _square_and_add(one: float, other: float, correlation: float) -> float:
    # A correlation of -1 may leave a last digit below nothing.
    return sqrt(max(0.0, one**2 - 2 * correlation * one * other + other**2))


def _chi_square(first: tuple[int, int], second: tuple[int, int]) -> float:
    (given, people), (given_too, people_too) = first, second
    said, everybody = given + given_too, people + people_too
    apart = given * (people_too - given_too) - given_too * (people - given)
    squared = apart**2 * everybody / (people * people_too * said * (everybody - said))
    # One degree of freedom: the square of one normal variable.
    return erfc(sqrt(squared / 2))


def _fisher(first: tuple[int, int], second: tuple[int, int]) -> float:
    (given, people), (given_too, people_too) = first, second
    said = given + given_too
    could_be = range(max(0, said - people_too), min(said, people) + 1)
    ways = {count: _ways(people, count) + _ways(people_too, said - count) for count in could_be}
    # Beside the likeliest: in a big crowd no number holds how many ways there are.
    most = max(ways.values())
    likely = {count: exp(each - most) for count, each in ways.items()}
    return min(1.0, sum(one for one in likely.values() if one <= likely[given] * _AS_LIKELY) / sum(likely.values()))


def _ways(people: int, count: int) -> float:
    """The logarithm of how many ways there are to choose so many of these people."""
    return lgamma(people + 1) - lgamma(count + 1) - lgamma(people - count + 1)
