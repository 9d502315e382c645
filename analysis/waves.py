"""Two rounds of one question, before and after: what their releases alone say of the difference.

Nobody knows who answered twice: the rounds are two crowds, never pairs. Everything is rebuilt from printed figures at
the low end of their bands, so that it says no more than they do.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, floor
from statistics import median
from typing import Literal

from analysis.census import share_of
from analysis.crowds import Crowd, chance_between, crowd_of, difference_between, least_apart
from analysis.detectable import detectable_delta
from analysis.ordinal import (
    NEGLIGIBLE_BELOW,
    Magnitude,
    cliffs_delta,
    dominance,
    magnitude,
    mann_whitney,
    times_in_hundred,
)
from analysis.summary import People, QuestionSummary, Share
from analysis.tables import Measure
from analysis.words import Beside, Difference

#: The chance, at most, of a difference that is called one.
_BELIEVED = 0.05
#: A printed share may be half a percent more, or less.
_ROUNDED = 0.005
#: Whose cells go from lowest to highest.
_ORDERED = {Measure.SCALE, Measure.CHANGE}


@dataclass(frozen=True, slots=True)
class Rating:
    """How the end rates beside the baseline: Cliff's delta, -1 to 1, above 0 where the end rates higher.

    `interval` is its 95 % interval, opened by what rounding leaves open. `times` of 100 a randomly picked person of the
    end rated higher than one of the baseline, ties halved. `chance` is the two-sided Mann-Whitney test's.
    """

    delta: float
    interval: tuple[float, float]
    magnitude: Magnitude
    times: int
    chance: float


@dataclass(frozen=True, slots=True)
class WaveDifference:
    """The end beside the baseline. `beside` is MORE where the end rates higher, or more gave an answer of `cells`.

    `rating` where both rounds print every step; otherwise `share` and `points`, the 95 % interval of the end's share
    minus the baseline's in whole points; neither where nothing can be said. `detectable` is the smallest |delta| that
    crowds of these sizes would have shown, None for too few. `unpaired`: nobody's two answers were held together.
    """

    question: str
    beside: Beside
    cells: tuple[str, ...] = ()
    rating: Rating | None = None
    share: Difference | None = None
    points: tuple[int, int] | None = None
    detectable: float | None = None
    unpaired: Literal[True] = True


def between_waves(
    baseline: QuestionSummary, end: QuestionSummary, *, cells: Collection[str] | None = None
) -> WaveDifference:
    """What two rounds of one question say together; ValueError for two questions.

    `cells` are the answers whose share is compared where no rating can be: those of a criterion, for example. Without
    them it is the headline's cells, as far as the bars of either round tell them.
    """
    if baseline.question != end.question or baseline.measure != end.measure:
        raise ValueError(f"two questions: {baseline.question} and {end.question}")
    if not isinstance(baseline.people, People) or not isinstance(end.people, People):
        return WaveDifference(end.question, Beside.CANNOT_TELL)
    detectable = detectable_delta(baseline.people.low, end.people.low)
    detectable = None if detectable is None else ceil(100 * detectable) / 100
    before, after = _rebuilt(baseline), _rebuilt(end)
    if before and after and list(before) == list(after):
        rating = _rating(list(before.values()), list(after.values()))
        return WaveDifference(end.question, _beside(rating), rating=rating, detectable=detectable)
    wanted = frozenset(cells) if cells is not None else _headline(baseline, end)
    now, then = crowd_of(share_of(end, wanted), end.people), crowd_of(share_of(baseline, wanted), baseline.people)
    if now is None or then is None:
        return WaveDifference(end.question, Beside.CANNOT_TELL, detectable=detectable)
    share, points = _difference(now, then)
    in_order = tuple(cell for bar in end.bars for cell in bar.cells if cell in wanted)
    return WaveDifference(end.question, share.beside, in_order, share=share, points=points, detectable=detectable)


def _rebuilt(question: QuestionSummary) -> dict[str, float] | None:
    """Each step's people at the low end of the band, where every step has its own exact share; they sum to the band's
    end, which the rounded percents need not.
    """
    shares = {bar.cells[0]: bar.figure for bar in question.bars if len(bar.cells) == 1}
    points = {cell: one.point for cell, one in shares.items() if isinstance(one, Share) and one.shape == "exactly"}
    is_whole = len(points) == len(question.bars) > 1
    if not is_whole or question.measure not in _ORDERED or not isinstance(question.people, People):
        return None
    everybody = sum(points.values())
    return {cell: question.people.low * point / everybody for cell, point in points.items()}


def _rating(before: list[float], after: list[float]) -> Rating:
    found = cliffs_delta(after, before)
    open_by = _left_open(before) + _left_open(after)
    return Rating(
        delta=round(found.delta, 2),
        interval=(
            max(-1.0, floor(100 * (found.interval[0] - open_by)) / 100),
            min(1.0, ceil(100 * (found.interval[1] + open_by)) / 100),
        ),
        magnitude=magnitude(found.delta),
        times=times_in_hundred(found.delta),
        chance=round(mann_whitney(after, before)[1], 4),
    )


def _left_open(counts: list[float]) -> float:
    """How far delta can move when the other crowd's shares are half a percent off, up at one end, down at the other."""
    steps = dominance(counts)
    return _ROUNDED * sum(abs(step - median(steps)) for step in steps)


def _beside(rating: Rating) -> Beside:
    low, high = rating.interval
    if low >= -NEGLIGIBLE_BELOW and high <= NEGLIGIBLE_BELOW:
        return Beside.ALIKE
    if rating.chance > _BELIEVED or low <= 0 <= high:
        return Beside.CANNOT_TELL
    return Beside.MORE if low > 0 else Beside.LESS


def _headline(baseline: QuestionSummary, end: QuestionSummary) -> frozenset[str]:
    """The cells of the headline, the same in both rounds; none where the bars do not tell, or tell two."""
    rounds = [one for one in (baseline, end) if one.bars]
    # Merged bars show a headline as it was printed; single ones only which answers are the better ones.
    merged = [one for one in rounds if any(len(bar.cells) > 1 for bar in one.bars)]
    told = {_printed_headline(one) for one in merged} or {_better(one) for one in rounds}
    return next(iter(told)) if len(told) == 1 else frozenset()


def _printed_headline(question: QuestionSummary) -> frozenset[str]:
    return frozenset(next((bar.cells for bar in question.bars if bar.figure == question.headline), ()))


def _better(question: QuestionSummary) -> frozenset[str]:
    return frozenset(cell for bar in question.bars if bar.favourable for cell in bar.cells)


def _difference(end: Crowd, baseline: Crowd) -> tuple[Difference, tuple[int, int]]:
    share = difference_between(end, baseline, is_believed=chance_between(end, baseline) <= _BELIEVED)
    low, high = least_apart(end, baseline), -least_apart(baseline, end)
    return share, (max(-100, floor(low)), min(100, ceil(high)))
