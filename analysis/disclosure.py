"""What may be shown: the one place that turns counts into figures, for the team and for everybody.

Thresholds follow domain.md 2.1: five people inside the team and ten in public (P1, P2), wide bands from 10 to 19
people, the ends coded by group size (2.1b), distributions only where every cell may stand alone (P6). Every figure for
the public is a function of the team's figure. Numbers of people are bands of five, so every limit and every interval is
computed at the low end of the band and cannot give the number away. Which groups may stand beside the total is decided
in `analysis.differences`, with these figures.

Answers set apart ("don't know", "does not apply") are outside every share, and are not shown at all in this version:
a small number of them next to the others would be one more difference to take.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Literal

from analysis.spread import wilson
from analysis.summary import Direction, Figure, People, Reader, Share, TooFew

#: Fewer people than this, and nothing is shown.
FLOOR = {Reader.TEAM: 5, Reader.PUBLIC: 10}
#: Fewer people than this, and no word of what they wrote is shown to anybody (P3).
FEWEST_FOR_WORDS = 10
#: From here on shares are whole percents, from here on every cell may have its bar.
WHOLE_PERCENTS, EVERY_CELL = 20, 30

#: Percent points; a share that is left open further than this is not told.
WIDEST_BAND = 40

#: What turns a count and the people that it is among into the figure that is printed: "few" before "most".
Coding = Callable[[int, int], Figure]

Shape = Literal["exactly", "at_least", "at_most", "between"]

_TURNED: dict[Shape, Shape] = {"at_least": "at_most", "at_most": "at_least", "exactly": "exactly", "between": "between"}
_TOP_BY_SIZE = ((300, 99), (100, 98), (40, 95), (20, 90), (10, 80))
_PUBLIC_SIDES_OF_TEN = 40


def people_band(count: int, *, reader: Reader) -> People | TooFew:
    """`count` people as they may be printed: a band of five, however many they are.

    Exact numbers of a big round would tell how few skipped one question: 120 people, 118 of them here.
    """
    if count < FLOOR[reader]:
        return TooFew()
    return People(_low_end(count), _low_end(count) + 4)


def share(count: int, people: int, *, reader: Reader) -> Figure:
    """The share that `count` of `people` are, as it may be printed. ValueError where `count` is not among `people`."""
    if not 0 <= count <= people:
        raise ValueError(f"no share: {count} of {people}")
    if people < FLOOR[reader]:
        return TooFew()
    if people < 10:
        return direction(count, people)
    if people < WHOLE_PERCENTS:
        return _wide_band(count, people)
    # Rounded before it is coded, or 89.6 % would be 90 for one reader and below "90 % or more" for the other; rounded
    # half to even, so that a share and the rest always make 100.
    point, top = round(Fraction(100 * count, people)), _top(people, reader)
    if point >= top:
        return _share("at_least", top, 100, top, people)
    if point <= 100 - top:
        return _share("at_most", 0, 100 - top, 100 - top, people)
    return _share("exactly", point, point, point, people)


def band_of(fewest: int, most: int, people: int) -> Figure:
    """What is printed where readers may learn no more than that `fewest` to `most` of `people`, who are 5 or more.

    The ends are rounded outwards to five percent. What leaves more than 40 points open says nothing.
    """
    low, high = 100 * fewest // (5 * people) * 5, -(-100 * most // (5 * people)) * 5
    if high - low > WIDEST_BAND:
        return TooFew()
    if high == 100:
        return _share("at_least", low, 100, low, people)
    if low == 0:
        return _share("at_most", 0, high, high, people)
    ends = [_share("between", low, high, end, people).interval for end in (low, high)]
    return Share("between", low, high, (low + high) // 2, (ends[0][0], ends[1][1]))


def direction(count: int, people: int) -> Direction:
    """Where a number would say too much: whether most of `people`, about half or few of them are `count`."""
    # A third of six are "about half" of them, and of no other number: or that would be three, and nothing else.
    few = 1 if people == 6 else people // 3
    if count >= people - few:
        return Direction("most")
    return Direction("few") if count <= few else Direction("about_half")


def is_exact(figure: Figure) -> bool:
    """Whether the figure is a percent, printed as it is, and not coded or hidden."""
    return isinstance(figure, Share) and figure.shape == "exactly"


def rest_of(figure: Figure) -> Figure:
    """The share of all others: derived from the coded figure, so that nothing is left to subtract."""
    match figure:
        case Share(shape=shape, low=low, high=high, point=point, interval=(from_, to)):
            return Share(_TURNED[shape], 100 - high, 100 - low, 100 - point, (100 - to, 100 - from_))
        case Direction(word="most"):
            return Direction("few")
        case Direction(word="few"):
            return Direction("most")
        case _:
            return figure


def possible_counts(count: int, people: int, *, reader: Reader) -> range:
    """Every count of `people` that is printed as the same figure as `count`: what a reader is told, in people."""
    return printed_alike(count, people, partial(share, reader=reader))


def printed_alike(count: int, people: int, coding: Coding) -> range:
    """The same where figures are printed in this way."""
    everything = range(people + 1)
    printed = _order(coding(count, people))

    def order(other: int) -> tuple[int, int]:
        return _order(coding(other, people))

    return range(bisect_left(everything, printed, key=order), bisect_right(everything, printed, key=order))


def response_rate(respondents: People | TooFew, group_size: int | None) -> Figure | None:
    """The share of a group of known size that answered, no finer than the printed number of people; None if unknown.

    Everybody was asked, so nothing was sampled: `interval` is the band again. The ends are coded as for the public.
    """
    if not group_size:
        return None
    if isinstance(respondents, TooFew):
        return respondents
    low, high = (min(round(Fraction(100 * end, group_size)), 100) for end in (respondents.low, respondents.high))
    top = _top(max(group_size, 10), Reader.PUBLIC)
    if high >= top:
        low = min(low, top)
        return Share("at_least", low, 100, low, (low, 100))
    if high <= 100 - top:
        return Share("at_most", 0, 100 - top, 100 - top, (0, 100 - top))
    return Share("exactly" if low == high else "between", low, high, (low + high) // 2, (low, high))


def _low_end(people: int) -> int:
    return people // 5 * 5


def _top(people: int, reader: Reader) -> int:
    """From which percent on a share is coded: by table 2.1b, and such that no shown side is smaller than the floor."""
    crowd = _low_end(people)
    table = next(top for size, top in _TOP_BY_SIZE if crowd >= size)
    if crowd < WHOLE_PERCENTS:
        return table
    side = 10 if reader is Reader.PUBLIC and crowd >= _PUBLIC_SIDES_OF_TEN else 5
    return min(table, (crowd - side) * 100 // crowd // 5 * 5)


def _wide_band(count: int, people: int) -> Share:
    if 5 * count >= 4 * people:
        return _share("at_least", 80, 100, 80, people)
    if 5 * count <= people:
        return _share("at_most", 0, 20, 20, people)
    if 5 * count <= 2 * people:
        return _share("between", 20, 40, 30, people)
    if 5 * count < 3 * people:
        return _share("between", 40, 60, 50, people)
    return _share("between", 60, 80, 70, people)


def _share(shape: Shape, low: int, high: int, point: int, people: int) -> Share:
    crowd = _low_end(people)
    from_, to = wilson(point * crowd / 100, crowd)
    return Share(shape, low, high, point, (round(100 * from_), round(100 * to)))


def _order(figure: Figure) -> tuple[int, int]:
    match figure:
        case Share(low=low, high=high):
            return low, high
        case Direction(word=word):
            return ("few", "about_half", "most").index(word), 0
        case TooFew():
            return 0, 0
