"""Which bars a question has: every cell its own, or only what stands for enough people (domain.md 2.1c P6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analysis.disclosure import EVERY_CELL, FLOOR, is_exact, possible_counts, rest_of, share
from analysis.summary import Bar, Direction, Figure, Reader, TooFew
from analysis.tables import Column, Measure


@dataclass(frozen=True, slots=True)
class Limits:
    """How a question must be told, so that it gives away nothing that was released elsewhere.

    Beside the headline only `own_bars` (None: every cell) may have bars of their own. `headline` (None: as it is
    coded) is printed in place of the headline's share.
    """

    own_bars: frozenset[str] | None = None
    headline: Figure | None = None


NO_LIMITS = Limits()


def bars(
    column: Column,
    counts: Mapping[str, int],
    people: int,
    *,
    headline: tuple[str, ...],
    reader: Reader,
    limits: Limits = NO_LIMITS,
) -> tuple[Bar, ...]:
    """The bars of one question; () where nothing may be shown.

    Every cell has its own bar only where all of them may stand alone beside the headline's share; otherwise there are
    two, the headline's cells and the rest. `Bar.favourable` marks the cells that count as favourable.
    """
    withheld = frozenset() if limits.own_bars is None else frozenset(column.cells) - limits.own_bars
    figure = share(sum(counts[cell] for cell in headline), people, reader=reader) if headline else TooFew()
    if limits.headline is not None:
        figure, withheld = limits.headline, frozenset(column.cells)
    if isinstance(figure, TooFew):
        return ()
    if column.overlaps:
        return _overlapping(column, counts, people, headline=headline, figure=figure, reader=reader, withheld=withheld)
    cells = {cell: share(counts[cell], people, reader=reader) for cell in column.cells}
    stand_alone = all(is_exact(cells[cell]) and counts[cell] >= FLOOR[reader] for cell in cells)
    if people >= EVERY_CELL and stand_alone and is_exact(figure) and not withheld:
        return tuple(Bar((cell,), cells[cell], cell in column.favourable) for cell in cells)
    rest = tuple(cell for cell in column.cells if cell not in headline)
    first = Bar(headline, figure, bool(column.favourable))
    return (first, Bar(rest, rest_of(figure))) if rest else (first,)


def _overlapping(
    column: Column,
    counts: Mapping[str, int],
    people: int,
    *,
    headline: tuple[str, ...],
    figure: Figure,
    reader: Reader,
    withheld: frozenset[str],
) -> tuple[Bar, ...]:
    """A bar for each cell that enough people chose; the others stand together in one bar without a figure.

    Their shares overlap, so little can be subtracted; but "2 of 40 ticked this" would single out the two. And since
    everybody ticked something, one hidden cell alone holds at least whoever ticked no other: the smallest of the
    others is then hidden with it. In a ranking nearly everybody fills every place, so that the cells add up to a known
    sum: what is hidden then has to be enough people together, too.
    """
    small = {cell for cell in column.cells if not _may_stand(counts[cell], people, reader)}
    hidden = (small | withheld).difference(headline)
    others = sorted((cell for cell in column.cells if cell not in {*headline, *hidden}), key=lambda cell: -counts[cell])
    known_sum = column.measure is Measure.RANKING
    while others and (
        len(hidden) == 1
        or (hidden and known_sum and sum(counts[cell] for cell in hidden) < FLOOR[reader])
        or _sum_tells_more(column, counts, people, hidden=hidden, reader=reader)
    ):
        hidden.add(others.pop())
    shown = tuple(
        Bar(
            (cell,),
            figure if cell in headline else share(counts[cell], people, reader=reader),
            cell in column.favourable,
        )
        for cell in column.cells
        if cell not in hidden
    )
    left = tuple(cell for cell in column.cells if cell in hidden)
    return (*shown, Bar(left, TooFew())) if left else shown


def _sum_tells_more(
    column: Column, counts: Mapping[str, int], people: int, *, hidden: Collection[str], reader: Reader
) -> bool:
    """Whether a coded cell is told more closely by what all cells add up to.

    Everybody ticked something: five people, and "about half, few, few" can only be three, one and one. In a ranking
    every place was filled, so that exact cells tell the coded one.
    """
    told = [
        range(people + 1) if cell in hidden else possible_counts(counts[cell], people, reader=reader)
        for cell in column.cells
    ]
    coded = [cell not in hidden and not is_exact(share(counts[cell], people, reader=reader)) for cell in column.cells]
    fewest, most = sum(one[0] for one in told), sum(one[-1] for one in told)
    filled = column.places * people
    for one, is_coded in zip(told, coded, strict=True):
        too_low = one[0] + most - one[-1] < (filled if column.measure is Measure.RANKING else people)
        too_high = column.measure is Measure.RANKING and one[-1] + fewest - one[0] > filled
        if is_coded and (too_low or too_high):
            return True
    return False


def _may_stand(count: int, people: int, reader: Reader) -> bool:
    """Whether a ticked answer may have its own bar: a word, or a share that at least the floor of people stands for."""
    figure = share(count, people, reader=reader)
    return isinstance(figure, Direction) or possible_counts(count, people, reader=reader).start >= FLOOR[reader]
