"""A whole class was asked: what its shares may be, whoever kept silent; and more for it than against it.

Everything is made from printed figures, at whichever ends are widest, so that it says no more than they do.
"""

from dataclasses import dataclass
from itertools import product
from math import ceil, floor
from typing import Literal

from analysis.proportions import newcombe_together, opposed
from analysis.spread import nonresponse_bounds, wilson
from analysis.summary import Figure, People, QuestionSummary, Share, TooFew
from analysis.tables import Measure

#: Where everybody is in one cell, so that shares can be added up.
_PARTS_OF_ONE = {Measure.CHOICE, Measure.SCALE, Measure.NUMBER, Measure.CHANGE}
#: So much more than everybody the printed shares of ten cells may be.
_ROUNDED_UP = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which whole percents, 0 to 100, the share of a whole group lies: no chance, only people not heard."""

    low: int
    high: int
    kind: Literal["bounds"] = "bounds"


@dataclass(frozen=True, slots=True)
class Net:
    """Top minus bottom in whole points, -100 to 100. `low` and `high` are what the coded shares leave open; `interval`
    is the 95 % interval from both of these ends, `point` their printed difference.
    """

    low: int
    high: int
    point: int
    interval: tuple[int, int]
    kind: Literal["net"] = "net"


def whole_group(figure: Figure, people: People | TooFew, group_size: int) -> Bounds | TooFew:
    """The share of all `group_size` people, whatever those who said nothing would have said.

    Where more answered than the group has people, nobody is missing. TooFew for a word or nothing.
    """
    if not isinstance(figure, Share) or not isinstance(people, People):
        return TooFew()
    ends = [
        nonresponse_bounds(share * crowd, crowd, group_size)
        for share, crowd in product(_ends(figure), (people.low, people.high))
    ]
    # Outwards, but not by what is only the last digit of a float.
    return Bounds(
        floor(100 * min(low for low, _high in ends) + 1e-9), ceil(100 * max(high for _low, high in ends) - 1e-9)
    )


def net_score(top: Figure, bottom: Figure, people: People | TooFew) -> Net | TooFew:
    """The share at the top of a scale minus the share at its bottom; TooFew where either is hidden or a word.

    ValueError where both together are more than everybody, and so no parts of one whole.
    """
    if not isinstance(top, Share) or not isinstance(bottom, Share) or not isinstance(people, People):
        return TooFew()
    if top.point + bottom.point > 100 + _ROUNDED_UP:
        raise ValueError(f"no parts of one whole: {top.point} and {bottom.point} percent")
    # Rounded shares may be a little more than everybody together, and coded ones can not both lie at their high ends.
    over = max(0, top.point + bottom.point - 100)
    low = (top.low, min(bottom.high - over, 100 - top.low))
    high = (min(top.high, 100 - bottom.low + over), bottom.low - over)
    from_, to = _interval(*low, people.low)[0], _interval(*high, people.low)[1]
    return Net(
        low=low[0] - low[1],
        high=high[0] - high[1],
        point=top.point - bottom.point + over,
        interval=(max(-100, floor(from_ + 1e-9)), min(100, ceil(to - 1e-9))),
    )


def net_of(question: QuestionSummary, top: frozenset[str], bottom: frozenset[str]) -> Net | TooFew:
    """The net score of a question from its printed bars; TooFew where they do not tell both sides."""
    return net_score(share_of(question, top), share_of(question, bottom), question.people)


def share_of(question: QuestionSummary, cells: frozenset[str]) -> Figure:
    """The printed share of exactly these cells: their own bar, or the sum of single bars that are all exact.

    TooFew where the bars do not tell it; where people may be in several cells only one cell's own bar does. A sum is
    that of the printed percents: off by half a percent for each bar at most.
    """
    inside = [bar for bar in question.bars if cells >= set(bar.cells)]
    if not cells or {cell for bar in inside for cell in bar.cells} != cells:
        return TooFew()
    if len(inside) == 1:
        return inside[0].figure
    figures = [bar.figure for bar in inside if isinstance(bar.figure, Share) and bar.figure.shape == "exactly"]
    if len(figures) < len(inside) or question.measure not in _PARTS_OF_ONE:
        return TooFew()
    if not isinstance(question.people, People):
        return TooFew()
    point = min(100, sum(figure.point for figure in figures))
    from_, to = wilson(point * question.people.low / 100, question.people.low)
    return Share("exactly", point, point, point, (round(100 * from_), round(100 * to)))


def _ends(figure: Share) -> tuple[float, float]:
    """Shares were rounded to whole percents."""
    return max(0.0, figure.low - 0.5) / 100, min(100.0, figure.high + 0.5) / 100


def _interval(top: int, bottom: int, people: int) -> tuple[float, float]:
    """In points: the two shares as parts of one whole of `people` people."""
    first, second = top / 100, bottom / 100
    low, high = newcombe_together(
        (first, *wilson(first * people, people)), (second, *wilson(second * people, people)), opposed(first, second)
    )
    return 100 * low, 100 * high
