"""Which declared groups were heard, beside how many people the school says are in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.disclosure import response_rate
from analysis.summary import Figure, GroupFigure, People, Summary, TooFew


class TotalTooSmall(ValueError):
    """A group is said to have fewer people than certainly answered in it."""

    def __init__(self, group: str) -> None:
        super().__init__(f"fewer people than answered: {group}")
        self.group = group


@dataclass(frozen=True, slots=True)
class GroupReach:
    """A group and the share of it that was heard, no finer than its printed people.

    `total` is what the school typed, None where it typed nothing. `rate` is TooFew where the group is hidden, and None
    where nobody can tell: it is not printed, or its total is not known.
    """

    group: str
    total: int | None
    rate: Figure | None


def reach(summary: Summary, variable: str, totals: Mapping[str, int]) -> tuple[GroupReach, ...]:
    """The groups of `variable` in the order printed, then the typed ones that are not printed.

    A group's people are those of the question that most of it answered, so that its rate never says more than that
    printed band. TotalTooSmall where a typed total, below the band's low end, can not be.
    """
    printed = _printed(summary, variable)
    found = [_reach(group, people, totals.get(group)) for group, people in printed.items()]
    return (*found, *(GroupReach(group, total, None) for group, total in totals.items() if group not in printed))


def _printed(summary: Summary, variable: str) -> dict[str, People | TooFew]:
    groups: dict[str, People | TooFew] = {}
    for one in _figures(summary, variable):
        known = groups.setdefault(one.group, one.people)
        if isinstance(one.people, People) and (isinstance(known, TooFew) or one.people.low > known.low):
            groups[one.group] = one.people
    return groups


def _figures(summary: Summary, variable: str) -> list[GroupFigure]:
    return [
        one
        for question in summary.questions
        for breakdown in question.breakdowns
        if breakdown.variable == variable
        for one in breakdown.groups
    ]


def _reach(group: str, people: People | TooFew, total: int | None) -> GroupReach:
    if isinstance(people, TooFew):
        # Not even whether the total could be: that would be a number to try.
        return GroupReach(group, total, TooFew())
    if total is not None and total < people.low:
        raise TotalTooSmall(group)
    return GroupReach(group, total, response_rate(people, total))
