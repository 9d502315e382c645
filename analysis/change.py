"""Then and now: from pairs of answers to how many say less, the same and more.

A pair is too fine to be shown (49 of them for a scale of seven), and it is not what was asked. So what is told is only
the direction, taken from the pairs before anything else looks at them.
"""

from collections.abc import Sequence
from dataclasses import replace

from analysis.tables import Column, Measure, Tally

#: The cells of a change, from lowest to highest.
DIRECTIONS = ("less", "same", "more")


def in_directions(columns: Sequence[Column], tallies: Sequence[Tally]) -> tuple[list[Column], list[Tally]]:
    """Columns and tallies with every change as one of three cells; "more" is favourable where rising pairs are."""
    changes = {column.question: column for column in columns if column.measure is Measure.CHANGE}
    told = [_told(column) if column.question in changes else column for column in columns]
    counted = [_counted(changes[tally.question], tally) if tally.question in changes else tally for tally in tallies]
    return told, counted


def pair(then: str, now: str) -> str:
    """The cell of two steps."""
    return f"{then}--{now}"


def _told(column: Column) -> Column:
    return replace(column, cells=DIRECTIONS, favourable=frozenset({"more"} if column.favourable else ()), steps=())


def _counted(column: Column, tally: Tally) -> Tally:
    counts = dict.fromkeys(DIRECTIONS, 0)
    for cell, direction in _directions(column).items():
        counts[direction] += tally.counts.get(cell, 0)
    return replace(tally, counts=counts)


def _directions(column: Column) -> dict[str, str]:
    steps = column.steps
    return {
        pair(then, now): DIRECTIONS[(after > before) - (after < before) + 1]
        for before, then in enumerate(steps)
        for after, now in enumerate(steps)
    }
