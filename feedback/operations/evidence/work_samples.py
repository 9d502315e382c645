"""Work samples: how many pieces of work of one class are at each level of a rubric, so that no piece stands out."""

from collections.abc import Iterable

#: Fewer than these at one level would single their makers out.
FEWEST = 5
_BETWEEN = " + "

Level = tuple[str, int]


def merged(levels: Iterable[Level]) -> tuple[Level, ...]:
    """The levels, lowest first, those with 1 to 4 pieces put together with the smaller neighbour.

    An empty level stays one. Nothing is left where all of them together have fewer than 5 pieces.
    """
    left = [(name, pieces) for name, pieces in levels]
    while len(left) > 1 and (small := _smallest(left)) is not None:
        beside = min((at for at in (small - 1, small + 1) if 0 <= at < len(left)), key=lambda at: left[at][1])
        first, second = sorted((small, beside))
        together = left[first][0] + _BETWEEN + left[second][0], left[first][1] + left[second][1]
        left[first : second + 1] = [together]
    return tuple(left) if sum(pieces for _name, pieces in left) >= FEWEST else ()


def _smallest(levels: list[Level]) -> int | None:
    small = [at for at, (_name, pieces) in enumerate(levels) if 0 < pieces < FEWEST]
    return min(small, key=lambda at: levels[at][1]) if small else None
