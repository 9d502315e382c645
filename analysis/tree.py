"""Sums of rounds that lie inside each other or side by side, and what their figures leave open together.

Each sum is what the parts right below it are together. Counts are whole numbers in a row, so a sum of ranges has every
number between its ends, and bounds that go up the tree once and down once are exact.
"""

from collections.abc import Iterable, Mapping

#: The rounds that a release is about.
Rounds = frozenset[str]
#: A sum -> the releases right below it. Single rounds are no keys.
Tree = Mapping[Rounds, tuple[Rounds, ...]]


def tree_of(releases: Iterable[Rounds]) -> Tree:
    """The tree of releases that do not cross and of which one has all rounds; every single round is among them."""
    by_size = sorted(set(releases), key=lambda rounds: (len(rounds), sorted(rounds)))
    below: dict[Rounds, tuple[Rounds, ...]] = {}
    for place, rounds in enumerate(by_size):
        above = next((larger for larger in by_size[place + 1 :] if rounds < larger), None)
        if above is not None:
            below[above] = (*below.get(above, ()), rounds)
    return below


def left_open(tree: Tree, told: Mapping[Rounds, range]) -> dict[Rounds, range]:
    """What all figures together leave open of each; `told` has what each of them says by itself.

    ValueError where they contradict each other.
    """
    top = max(told, key=len)
    fewest_and_most: dict[Rounds, range] = {}
    _go_up(tree, told, top, fewest_and_most)
    _go_down(tree, top, fewest_and_most)
    return fewest_and_most


def _go_up(tree: Tree, told: Mapping[Rounds, range], rounds: Rounds, found: dict[Rounds, range]) -> range:
    here = told[rounds]
    if rounds in tree:
        parts = [_go_up(tree, told, below, found) for below in tree[rounds]]
        here = _both(here, sum(part[0] for part in parts), sum(part[-1] for part in parts))
    found[rounds] = here
    return here


def _go_down(tree: Tree, rounds: Rounds, found: dict[Rounds, range]) -> None:
    parts = tree.get(rounds, ())
    fewest, most = sum(found[part][0] for part in parts), sum(found[part][-1] for part in parts)
    closer = {
        part: _both(
            found[part],
            found[rounds][0] - (most - found[part][-1]),
            found[rounds][-1] - (fewest - found[part][0]),
        )
        for part in parts
    }
    found |= closer
    for part in parts:
        _go_down(tree, part, found)


def _both(told: range, fewest: int, most: int) -> range:
    low, high = max(told[0], fewest), min(told[-1], most)
    if low > high:
        raise ValueError(f"{told} and {fewest} to {most} leave nothing open")
    return range(low, high + 1)
