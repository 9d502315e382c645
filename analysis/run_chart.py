"""One share over many rounds: its median, and where it moved and stayed.

R. J. Perla, L. P. Provost and S. K. Murray, "The run chart: a simple analytical tool for learning from variation in
healthcare processes", BMJ Quality & Safety 20 (2011), 46-51.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from statistics import median

from analysis.summary import Share

#: Fewer rounds have no median that a round could be held against (domain.md 4.3).
FEWEST_POINTS = 8
#: So many points in a row on one side of the median are no chance any more.
SHIFT = 6


class Side(StrEnum):
    """Where a share lies beside the median; a coded share that may lie on either side lies nowhere."""

    ABOVE = "above"
    BELOW = "below"
    ON_IT = "on_it"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Point:
    """One round's share, with the label that the school gave it."""

    label: str
    share: Share
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Six or more rounds in a row on one side, from the first label to the last."""

    side: Side
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class RunChart:
    """The points in their order, the median in whole percent (None below eight points), the shifts."""

    points: tuple[Point, ...]
    median: int | None = None
    shifts: tuple[Shift, ...] = ()


def run_chart(shares: Sequence[tuple[str, Share]]) -> RunChart:
    """The run chart of the rounds' shares, (label, share) in the order of time.

    Held against the median as it is printed. Points on it neither make nor break a shift; a share whose code leaves
    its side open ends one, so that nothing is called a shift that may be none.
    """
    if len(shares) < FEWEST_POINTS:
        return RunChart(tuple(Point(label, share) for label, share in shares))
    middle = round(median(share.point for _label, share in shares))
    points = tuple(Point(label, share, _side(share, middle)) for label, share in shares)
    return RunChart(points, middle, _shifts(points))


def _side(share: Share, middle: int) -> Side:
    if share.low > middle:
        return Side.ABOVE
    if share.high < middle:
        return Side.BELOW
    return Side.ON_IT if share.low == share.high else Side.CANNOT_TELL


def _shifts(points: Sequence[Point]) -> tuple[Shift, ...]:
    runs = groupby((point for point in points if point.side is not Side.ON_IT), key=lambda point: point.side)
    long_enough = ((side, run) for side, each in runs if len(run := list(each)) >= SHIFT)
    return tuple(
        Shift(side, run[0].label, run[-1].label) for side, run in long_enough if side in (Side.ABOVE, Side.BELOW)
    )
