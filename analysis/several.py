"""Several questions asked of the same answers: the more of them, the sooner chance says yes to one.

For the few that were declared before; what is only looked through has `analysis.proportions.discoveries`.
"""

from collections.abc import Sequence

#: How often, at most, a family of declared tests may have one answer by chance alone.
FALSE_ALARMS = 0.05
#: The share of what is believed that may be chance where a school only looks through its figures (domain.md 4.3).
EXPLORING = 0.10


def holm(chances: Sequence[float]) -> list[float]:
    """Each chance (0 to 1) as it stands in the whole family, in the order given; at most 1.

    S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979),
    65-70: the smallest of m counts m times, the next m - 1 times, and none counts less than the one before it.
    """
    adjusted = [0.0] * len(chances)
    so_far = 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        so_far = max(so_far, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = so_far
    return adjusted
