"""Which groups may stand beside their total, checked by a solver that knows nothing of how it was decided."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.differences import Part, shown_groups
from analysis.disclosure import share
from analysis.summary import Reader, Share

TEAM, PUBLIC = Reader.TEAM, Reader.PUBLIC


def shown(*groups: tuple[int, int], reader: Reader = TEAM, in_no_group: int = 0) -> str:
    """The shown ones of the groups a, b, c …, each given as (said yes, people)."""
    parts = {name: Part(*group) for name, group in zip("abcdefgh", groups, strict=False)}
    total = Part(sum(part.given for part in parts.values()), sum(part.people for part in parts.values()) + in_no_group)
    return "".join(sorted(shown_groups(total, parts, reader=reader)))


@pytest.mark.parametrize(
    ("groups", "team", "public"),
    [
        ([(12, 24), (11, 24)], "ab", "ab"),
        # 25 = 21 + 4: the four, and so the 21.
        ([(12, 21), (2, 4)], "", ""),
        # A word for eight people says too much beside exact figures for everybody else.
        ([(12, 24), (12, 24), (11, 22), (4, 8)], "ab", "ab"),
        # Three words leave each other open; for the public these groups are too small, together they are enough.
        ([(12, 24), (11, 24), (5, 9), (4, 9), (4, 8)], "abcde", "ab"),
        # 39 of 45 and 19 of 25 would say that all of the other 20 said yes.
        ([(19, 25), (20, 20)], "", ""),
        # All 24 said yes, which their own figure does not say; the total of the others would.
        ([(24, 24), (12, 24), (11, 24), (13, 24)], "cd", "cd"),
    ],
)
def test_a_group_is_hidden_with_whatever_gives_it_away(groups: list[tuple[int, int]], team: str, public: str) -> None:
    assert shown(*groups) == team
    assert shown(*groups, reader=PUBLIC) == public


def test_people_in_no_group_are_a_hidden_group() -> None:
    assert shown((12, 24), (11, 24), (12, 25)) == "abc"
    assert shown((12, 24), (11, 24), (12, 25), in_no_group=2) == "c"


@st.composite
def broken_down(draw: st.DrawFn) -> dict[str, Part]:
    """Two to five groups of up to 45 people."""
    sizes = draw(st.lists(st.integers(1, 45), min_size=2, max_size=5))
    return {f"g{place}": Part(draw(st.integers(0, size)), size) for place, size in enumerate(sizes)}


def total_of(groups: dict[str, Part]) -> Part:
    """Everybody."""
    return Part(sum(part.given for part in groups.values()), sum(part.people for part in groups.values()))


def printed_as(part: Part, reader: Reader) -> tuple[int, int]:
    """The least and the most people that the printed figure may stand for, by trying every number."""
    figure = share(part.given, part.people, reader=reader)
    same = [count for count in range(part.people + 1) if share(count, part.people, reader=reader) == figure]
    return same[0], same[-1]


def worked_out(groups: dict[str, Part], visible: frozenset[str], reader: Reader, name: str) -> tuple[int, int]:
    """What a reader with a solver, and with the size of every group, can work out about one group."""
    names = list(groups)
    bounds = [printed_as(groups[each], reader) if each in visible else (0, groups[each].people) for each in names]
    least, most = printed_as(total_of(groups), reader)
    everybody = np.ones((1, len(names)))
    target = np.array([1.0 if each == name else 0.0 for each in names])
    ends = [
        linprog(sign * target, A_ub=np.vstack([everybody, -everybody]), b_ub=[most, -least], bounds=bounds).fun * sign
        for sign in (1, -1)
    ]
    return round(ends[0]), round(ends[1])


@settings(max_examples=150)
@given(broken_down(), st.sampled_from(Reader))
def test_no_hidden_group_can_be_worked_out_and_no_coded_one_any_better(groups: dict[str, Part], reader: Reader) -> None:
    visible = shown_groups(total_of(groups), groups, reader=reader)
    for name, part in groups.items() if visible else ():
        low, high = worked_out(groups, visible, reader, name)
        figure = share(part.given, part.people, reader=reader)
        if name not in visible:
            assert high - low >= min(part.people, 6)
        elif not (isinstance(figure, Share) and figure.shape == "exactly"):
            assert (low, high) == printed_as(part, reader)


@given(broken_down(), st.sampled_from(Reader))
def test_every_shown_group_and_all_the_others_together_are_enough_people(
    groups: dict[str, Part], reader: Reader
) -> None:
    floor = {TEAM: 5, PUBLIC: 10}[reader]
    visible = shown_groups(total_of(groups), groups, reader=reader)
    hidden = [part.people for name, part in groups.items() if name not in visible]
    assert all(groups[name].people >= floor for name in visible)
    assert not visible or not hidden or (len(hidden) > 1 and sum(hidden) >= floor)


@given(broken_down())
def test_the_public_sees_no_group_that_the_team_does_not_see(groups: dict[str, Part]) -> None:
    everybody = total_of(groups)
    assert shown_groups(everybody, groups, reader=PUBLIC) <= shown_groups(everybody, groups, reader=TEAM)
