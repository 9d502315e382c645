"""Which shares of themes may be told, of everybody who wrote and by group: for the team alone.

A theme's people are told in bands of five wherever it is shown. Its share is told too where 20 people or more wrote,
and a group's share where the shares of all groups, the total and its band together leave nobody singled out. Who reads
them is taken to know how many people of each group wrote. A group of 10 to 19 people gets a word instead of a number:
"20 to 40 %" of ten people are three or four.
"""

from collections.abc import Mapping

from analysis.differences import Part, Printed, shown_beside
from analysis.disclosure import FEWEST_FOR_WORDS, FLOOR, WHOLE_PERCENTS, direction, people_band, share
from analysis.summary import Figure, People, Reader, TooFew
from analysis.words import ThemeInGroup

_TEAM = Reader.TEAM


def theme_share(total: Part) -> Figure | None:
    """A theme's share of all who wrote to the question; None where fewer wrote than shares are told of."""
    return share(*total, reader=_TEAM) if total.people >= WHOLE_PERCENTS else None


def by_group(total: Part, groups: Mapping[str, Part]) -> tuple[ThemeInGroup, ...]:
    """A theme's share in each group, in the order of `groups`; hidden ones carry no number, () is nothing to show.

    `total` is everybody's, people without a group among them. Nothing is told of a theme whose own people are not.
    """
    band = people_band(total.given, reader=_TEAM)
    if isinstance(band, TooFew):
        return ()
    big = [name for name, part in groups.items() if part.people >= FEWEST_FOR_WORDS]
    told = range(band.low, min(band.high, total.people) + 1)
    shown = shown_beside(total, groups, big, Printed(_in_a_group, FLOOR[_TEAM], told))
    if len(shown) < 2:
        # One group alone stands beside nothing that it could be held against.
        return ()
    return tuple(
        ThemeInGroup(name, _people(part), _in_a_group(*part))
        if name in shown
        else ThemeInGroup(name, TooFew(), TooFew())
        for name, part in groups.items()
    )


def _in_a_group(count: int, people: int) -> Figure:
    return direction(count, people) if people < WHOLE_PERCENTS else share(count, people, reader=_TEAM)


def _people(part: Part) -> People | TooFew:
    return people_band(part.people, reader=_TEAM)
