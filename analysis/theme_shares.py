"""Which shares of themes may be told, of everybody who wrote and by group: for the team alone.

A theme's people are told in bands of five wherever it is shown. Its share is told too where 20 people or more wrote,
and a group's share where the shares of all groups together leave nobody singled out. Who reads them is taken to know
how many people of each group wrote, and how many about the theme: whoever reviewed the comments does.

Groups of 10 to 19 people stand together with the others where two groups of 20 or more are left then: only those have
numbers that can be compared. Where there are only small ones they get words: "20 to 40 %" of ten are three or four.
"""

from collections.abc import Collection, Mapping
from itertools import chain, combinations

from analysis.comment_groups import big_groups
from analysis.differences import Part, Printed, shown_beside
from analysis.disclosure import FEWEST_FOR_WORDS, FLOOR, WHOLE_PERCENTS, direction, people_band, share
from analysis.summary import Figure, Reader, TooFew
from analysis.tables import OTHER_GROUPS
from analysis.words import ThemeInGroup

_TEAM = Reader.TEAM
#: So many groups are looked at in all their combinations; where there are more, no theme is told by group.
MOST_GROUPS = 12


def theme_share(total: Part) -> Figure | None:
    """A theme's share of all who wrote to the question; None where fewer wrote than shares are told of."""
    return share(*total, reader=_TEAM) if total.people >= WHOLE_PERCENTS else None


def by_group(total: Part, groups: Mapping[str, Part]) -> tuple[ThemeInGroup, ...]:
    """A theme's share in each group, the others last; hidden ones carry no number, () is nothing to show.

    `total` is everybody's, people without a group among them. Nothing is told of a theme whose own people are not.
    """
    if total.given < FLOOR[_TEAM] or len(groups) > MOST_GROUPS:
        return ()
    groups = _big(groups)
    shown = _shown(total, groups, Printed(_in_a_group, FLOOR[_TEAM], total_is_known=True))
    if len(shown) < 2:
        # One group alone stands beside nothing that it could be held against.
        return ()
    return tuple(
        ThemeInGroup(name, people_band(part.people, reader=_TEAM), _in_a_group(*part))
        if name in shown
        else ThemeInGroup(name, TooFew(), TooFew())
        for name, part in groups.items()
    )


def _big(groups: Mapping[str, Part]) -> dict[str, Part]:
    """Decided by how many wrote at all, so that it tells nothing of what about."""
    kept = big_groups({name: part.people for name, part in groups.items()}, WHOLE_PERCENTS)
    if len(kept) < 2:
        return dict(groups)
    big: dict[str, Part] = {name: Part(0, 0) for name in kept}
    for name, part in groups.items():
        into = name if name in kept else OTHER_GROUPS
        big[into] = Part(big[into].given + part.given, big[into].people + part.people)
    return big


def _in_a_group(count: int, people: int) -> Figure:
    return direction(count, people) if people < WHOLE_PERCENTS else share(count, people, reader=_TEAM)


def _shown(total: Part, groups: Mapping[str, Part], printed: Printed) -> frozenset[str]:
    candidates = frozenset(name for name, part in groups.items() if part.people >= FEWEST_FOR_WORDS)
    while shown := shown_beside(total, groups, candidates, printed):
        if not _somebody_is_singled_out(total, groups, shown, printed):
            break
        candidates = shown - {min(shown, key=lambda name: (groups[name].people, name))}
    return shown


def _somebody_is_singled_out(total: Part, groups: Mapping[str, Part], shown: Collection[str], printed: Printed) -> bool:
    """Whether it can be worked out of any groups together that some, but too few, wrote about the theme, or did not.

    `shown_beside` looks at each group. Two groups of which few wrote about it may be, together, three people.
    """
    told = [(printed.counts(part) if name in shown else range(part.people + 1), part) for name, part in groups.items()]
    left_over = total.people - sum(part.people for part in groups.values())
    told += [(range(left_over + 1), Part(0, left_over))] if left_over else []
    whole = printed.whole(total)
    all_low, all_high = sum(one[0] for one, _part in told), sum(one[-1] for one, _part in told)
    for some in chain.from_iterable(combinations(told, size) for size in range(1, len(told) + 1)):
        low, high = sum(one[0] for one, _part in some), sum(one[-1] for one, _part in some)
        fewest, most = max(low, whole[0] - (all_high - high)), min(high, whole[-1] - (all_low - low))
        people = sum(part.people for _one, part in some)
        if _is_too_few(fewest, most, printed.floor) or _is_too_few(people - most, people - fewest, printed.floor):
            return True
    return False


def _is_too_few(fewest: int, most: int, floor: int) -> bool:
    return fewest > 0 and most < floor
