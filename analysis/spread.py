"""How far a share can be trusted: sampling (Wilson) and the people who did not answer (bounds)."""

from math import sqrt


def wilson(successes: float, people: int, *, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share, both ends between 0 and 1; 95 % with the usual `z`.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212. `successes` need not be whole, so that the interval of a coded share
    can be taken. ValueError without people, or with more successes than people.
    """
    if people < 1 or not 0 <= successes <= people:
        raise ValueError(f"no share: {successes} of {people}")
    share = successes / people
    shrink = 1 + z**2 / people
    middle = (share + z**2 / (2 * people)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / people + z**2 / (4 * people**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def nonresponse_bounds(successes: float, people: int, group_size: int) -> tuple[float, float]:
    """Between which shares of the whole group the truth lies, whatever the people who said nothing would have said.

    Of `group_size`, `people` answered and `successes` of them said yes. Where more answered than were thought to be
    in the group, nobody is missing. ValueError as for `wilson`.
    """
    if people < 1 or not 0 <= successes <= people:
        raise ValueError(f"no share: {successes} of {people}")
    everybody = max(people, group_size)
    return successes / everybody, (successes + everybody - people) / everybody
