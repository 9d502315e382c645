"""Which group stays with a comment: one declared variable at most, and only what many people share.

Decided at the count, for each question alone, before anything is stored. What stays is for shares of themes by group
and for nothing else: nobody who reads comments is told.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.disclosure import FEWEST_FOR_WORDS
from analysis.tables import OTHER_GROUPS

#: A group that fewer people than this wrote from is merged with others before it is stored with what they wrote.
FEWEST_OF_A_GROUP = FEWEST_FOR_WORDS


class Kept(NamedTuple):
    """A comment as it is stored: the question it answers, its redacted text, and (variable, group) or nothing."""

    question: str
    text: str
    group: tuple[str, str] | None = None


def kept_with_groups(written: Sequence[tuple[str, str, int]], groups: Mapping[str, Sequence[str | None]]) -> list[Kept]:
    """Comments, each (question, text, place of whoever wrote it), with what stays of their groups.

    `groups[variable][place]` is a person's group; the variables are in the order in which they were declared.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for question, _text, place in written:
        places[question].append(place)
    stay: dict[tuple[str, int], tuple[str, str]] = {}
    for question, people in places.items():
        of_each = {variable: [members[place] for place in people] for variable, members in groups.items()}
        if found := group_to_keep(of_each):
            variable, merged = found
            stay |= {(question, place): (variable, group) for place, group in zip(people, merged, strict=True)}
    return [Kept(question, text, stay.get((question, place))) for question, text, place in written]


def group_to_keep(members: Mapping[str, Sequence[str | None]]) -> tuple[str, tuple[str, ...]] | None:
    """What stays with the comments to one question: a variable, and the group of each comment; None is nothing.

    `members[variable][i]` is the group that comment `i` came from, None where it is not known; the variables are in
    the order in which they were declared, and the first one that leaves two groups stays. Whatever the groups, each
    kept one and everybody beside it are at least FEWEST_OF_A_GROUP comments.
    """
    for variable, groups in members.items():
        kept = big_groups(Counter(OTHER_GROUPS if group is None else group for group in groups), FEWEST_OF_A_GROUP)
        if len(kept) > 1:
            return variable, tuple(group if group in kept else OTHER_GROUPS for group in groups)
    return None


def big_groups(people: Mapping[str, int], fewest: int) -> dict[str, int]:
    """The groups that are left, and how many people each has, where every group needs `fewest`: the rest are others."""
    named = {group: size for group, size in people.items() if group != OTHER_GROUPS}
    rest, kept = people.get(OTHER_GROUPS, 0), dict(named)
    for group in sorted(named, key=lambda group: (named[group], group)):
        # Smallest first: a rest that is still too small to hide anybody takes the next smallest group with it.
        if named[group] < fewest or 0 < rest < fewest:
            rest += kept.pop(group)
    return kept | {OTHER_GROUPS: rest} if rest else kept
