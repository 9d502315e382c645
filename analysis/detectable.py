"""Which difference two crowds of this size could have shown at all."""

from math import sqrt

#: Two-sided 5 % (1.96) and 80 % power (0.84), as tables of sample sizes add them up.
_FAR_ENOUGH = 1.96 + 0.84


def detectable_delta(people: int, people_too: int) -> float | None:
    """The smallest |Cliff's delta| that is found 8 times in 10, 0 to 1; None where the crowds are too small for any.

    G. E. Noether, "Sample size determination for some common nonparametric tests", Journal of the American Statistical
    Association 82 (1987), 645-647, with Mann and Whitney's own variance without ties, (n + m + 1) / (3 n m) of delta:
    answers that are tied make it smaller still. ValueError without people.
    """
    if min(people, people_too) < 1:
        raise ValueError(f"no crowds: {people} and {people_too} people")
    delta = _FAR_ENOUGH * sqrt((people + people_too + 1) / (3 * people * people_too))
    return delta if delta <= 1 else None
