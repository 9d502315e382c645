"""What several figures say together: which groups of a breakdown may stand beside their total.

A reader who takes the shown groups from the total must learn no more about any group than that group's own figure says
(domain.md 2.1c P4 and P5, 2.1d attack a). The check is by bounds on whole numbers of people, and supposes a reader who
knows the size of every group, as a teacher does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from analysis.disclosure import FLOOR, Coding, is_exact, printed_alike, share
from analysis.summary import Reader

#: A hidden group's count has to stay possible over this many people, or over the whole group if it is smaller (P5).
WIDTH_LEFT_OPEN = 6


class Part(NamedTuple):
    """`given` of `people` gave the answer in question."""

    given: int
    people: int


@dataclass(frozen=True, slots=True)
class Printed:
    """What readers see: how figures are coded, and from how many people on.

    `total_is_known`: some readers know the total's count itself, whatever its figure leaves open.
    """

    coding: Coding
    floor: int
    total_is_known: bool = False

    def counts(self, part: Part) -> range:
        """Every count that is printed like the part's."""
        return printed_alike(*part, self.coding)

    def whole(self, total: Part) -> range:
        """Every count that the total may have, as far as it is told.

        A printed percent counts as the number itself: of many people it leaves a few open, and other bars, another
        breakdown or a roll-up may close them.
        """
        known = self.total_is_known or not self.is_coded(total)
        return range(total.given, total.given + 1) if known else self.counts(total)

    def is_coded(self, part: Part) -> bool:
        """Whether the part's figure leaves its count open on purpose."""
        return not is_exact(self.coding(*part))


def shown_groups(total: Part, groups: Mapping[str, Part], *, reader: Reader) -> frozenset[str]:
    """The groups that may be shown beside the total; the public sees no group that the team does not see."""
    candidates = frozenset(groups)
    if reader is not Reader.TEAM:
        candidates = shown_groups(total, groups, reader=Reader.TEAM)
    return shown_beside(total, groups, candidates, Printed(partial(share, reader=reader), FLOOR[reader]))


def shown_beside(
    total: Part, groups: Mapping[str, Part], candidates: Collection[str], printed: Printed
) -> frozenset[str]:
    """The candidates among the groups that may be shown beside the total, printed like this.

    Hidden are groups that are too small or leave too few people, then the smallest others, until those hidden are
    several and enough and nothing more can be worked out. People of the total in none of `groups` count as hidden.
    """
    shown = {name for name in candidates if printed.floor <= groups[name].people <= total.people - printed.floor}
    while shown:
        away = _people_without_figure(total, groups, shown)
        if len(away) == 1 or 0 < sum(away) < printed.floor:
            suspects = shown
        elif not (suspects := _told_too_much(total, groups, shown, printed)):
            break
        shown.discard(min(suspects, key=lambda name: (groups[name].people, name)))
    return frozenset(shown)


def _people_without_figure(total: Part, groups: Mapping[str, Part], shown: set[str]) -> list[int]:
    hidden = [part.people for name, part in groups.items() if name not in shown]
    in_no_group = total.people - sum(part.people for part in groups.values())
    return [*hidden, in_no_group] if in_no_group else hidden


def _told_too_much(total: Part, groups: Mapping[str, Part], shown: set[str], printed: Printed) -> set[str]:
    """The shown groups to hide next: those said too much about, or any of them where a hidden group is given away."""
    told = {name: printed.counts(groups[name]) for name in shown}
    away = _people_without_figure(total, groups, shown)
    fewest = sum(counts[0] for counts in told.values())
    most = sum(counts[-1] for counts in told.values()) + sum(away)
    whole = printed.whole(total)

    def left_open(low: int, high: int) -> range:
        return range(max(low, whole[0] - (most - high)), min(high, whole[-1] - (fewest - low)) + 1)

    if any(len(left_open(0, people)) <= min(people, WIDTH_LEFT_OPEN) for people in away):
        return shown
    if printed.is_coded(total) and not (fewest <= whole[0] and whole[-1] <= most):
        return shown
    return {
        name
        for name, counts in told.items()
        if printed.is_coded(groups[name]) and left_open(counts[0], counts[-1]) != counts
    }
