"""Which shares of themes are told by group, checked by an attacker who counts everything that is possible."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.differences import Part
from analysis.disclosure import people_band, share
from analysis.summary import Direction, People, Reader, Share, TooFew
from analysis.tables import OTHER_GROUPS
from analysis.theme_shares import MOST_GROUPS, by_group, theme_share
from analysis.words import ThemeInGroup

TEAM = Reader.TEAM


def told(*groups: tuple[int, int], in_no_group: int = 0) -> list[str]:
    """What is told of the groups a, b, c …, each given as (wrote about it, wrote)."""
    parts = {name: Part(*group) for name, group in zip("abcdefgh", groups, strict=False)}
    return [f"{one.group} {_word(one)}" for one in by_group(_total(parts, in_no_group), parts)]


def _word(one: ThemeInGroup) -> str:
    match one.figure:
        case Share(shape=shape, point=point):
            return f"{shape} {point}"
        case Direction(word=word):
            return word
        case TooFew():
            return "hidden"


def _total(parts: Mapping[str, Part], in_no_group: int = 0) -> Part:
    return Part(sum(part.given for part in parts.values()), sum(part.people for part in parts.values()) + in_no_group)


def test_two_big_groups_are_told_in_numbers_and_small_ones_in_words() -> None:
    assert told((20, 40), (10, 40)) == ["a exactly 50", "b exactly 25"]
    assert told((8, 12), (6, 12), (3, 12)) == ["a most", "b about_half", "c few"]


def test_small_groups_stand_together_where_big_ones_can_be_compared_then() -> None:
    assert told((20, 40), (10, 40), (4, 11), (7, 12)) == ["a exactly 50", "b exactly 25", "~other exactly 48"]
    assert told((20, 40), (10, 40), (0, 11)) == ["b exactly 25", "~other exactly 39"]


@pytest.mark.parametrize(
    "groups",
    [
        # Four people of a group would be left: forty per cent of everybody, and sixty of the others.
        [(20, 40), (4, 40)],
        # Nobody of the other group, which a figure of its own would not say.
        [(20, 40), (0, 40)],
        # Everybody of it.
        [(20, 40), (40, 40)],
        # Four people wrote about it at all.
        [(2, 40), (2, 40)],
        # Few of ten and few of ten: the total says that they are one to four together.
        [(1, 10), (1, 10), (9, 10)],
        # One group alone has nothing beside it.
        [(20, 40)],
        # Nine people wrote there: no word of theirs is told.
        [(20, 40), (5, 9)],
    ],
)
def test_nothing_is_told_by_group_where_somebody_would_be_singled_out(groups: list[tuple[int, int]]) -> None:
    assert told(*groups) == []


def test_three_people_without_a_group_are_not_given_away_by_the_others() -> None:
    assert told((20, 40), (18, 40), in_no_group=3) == []


def test_no_theme_is_told_by_more_groups_than_can_be_looked_at_together() -> None:
    assert len(told(*[(20, 40)] * 8)) == 8
    many = {f"g{number}": Part(20, 40) for number in range(MOST_GROUPS + 1)}
    assert by_group(_total(many), many) == ()


@st.composite
def written(draw: st.DrawFn) -> dict[str, Part]:
    """Two to four groups as the count keeps them, or smaller ones, where texts came more than once."""
    sizes = draw(st.lists(st.integers(8, 44), min_size=2, max_size=4))
    return {f"g{place}": Part(draw(st.integers(0, size)), size) for place, size in enumerate(sizes)}


@settings(max_examples=600, deadline=None)
@given(parts=written(), in_no_group=st.integers(0, 12))
@example(parts={"a": Part(1, 10), "b": Part(1, 10), "c": Part(9, 10)}, in_no_group=0)
@example(parts={"a": Part(2, 12), "b": Part(1, 12), "c": Part(12, 30)}, in_no_group=0)
def test_nothing_released_lets_anybody_work_out_a_cell_under_the_threshold(
    parts: dict[str, Part], in_no_group: int
) -> None:
    total = _total(parts, in_no_group)
    released = by_group(total, parts)
    if not released:
        # What a reviewer knows of the theme itself is not told by groups.
        return
    assert total.given >= 5
    for counts, people in _possible(total, parts, released):
        assert not counts <= {1, 2, 3, 4}, (parts, counts)
        assert not {people - count for count in counts} <= {1, 2, 3, 4}, (parts, counts)


@pytest.mark.parametrize("sizes", [(10, 10), (14, 23), (25, 25), (40, 22), (10, 11, 12), (21, 12, 10)])
def test_who_knows_how_it_is_decided_learns_no_more(sizes: tuple[int, ...]) -> None:
    # Everything that may have been written, by what is released of it: hiding must not tell either.
    alike: defaultdict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(*(range(size + 1) for size in sizes)):
        parts = {f"g{place}": Part(*part) for place, part in enumerate(zip(counts, sizes, strict=True))}
        if 5 <= sum(counts) <= sum(sizes) - 5:
            alike[sum(counts), by_group(_total(parts), parts)].append(counts)
    for tables in alike.values():
        for place, size in enumerate(sizes):
            could_be = {counts[place] for counts in tables}
            assert not could_be <= {1, 2, 3, 4}
            assert not {size - count for count in could_be} <= {1, 2, 3, 4}


def test_the_attacker_finds_two_groups_that_are_a_handful_together(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"a": Part(1, 10), "b": Part(1, 10), "c": Part(9, 10)}
    monkeypatch.setattr("analysis.theme_shares._somebody_is_singled_out", lambda *_facts: False)
    released = by_group(_total(parts), parts)
    assert any(counts == {1, 2, 3, 4} for counts, _people in _possible(_total(parts), parts, released))


def test_the_attacker_finds_what_is_told_without_care() -> None:
    parts = {"a": Part(20, 40), "b": Part(4, 40)}
    careless = [ThemeInGroup(name, People(40, 44), share(*part, reader=TEAM)) for name, part in parts.items()]
    found = _possible(_total(parts), parts, tuple(careless))
    assert any(counts == {4} for counts, _people in found)


@pytest.mark.parametrize("people", range(10, 130))
def test_a_themes_band_and_share_together_leave_nobody_singled_out(people: int) -> None:
    for given_ in range(5, people + 1):
        ((counts, _all),) = _possible(Part(given_, people), {}, (), reviewed=False)
        assert not {people - count for count in counts} <= {1, 2, 3, 4}
        assert min(counts) >= 5


def _possible(
    total: Part, parts: Mapping[str, Part], released: tuple[ThemeInGroup, ...], *, reviewed: bool = True
) -> Iterator[tuple[set[int], int]]:
    """Every count that any groups together may have, with how many people they are; by trying all there are.

    Who attacks knows the size of every group, every figure of a group, and of the theme itself how many people wrote
    about it, as reviewers do, or its band and its share.
    """
    figures = {one.group: one for one in released}
    told: defaultdict[str, list[Part]] = defaultdict(list)
    for name, part in parts.items():
        told[OTHER_GROUPS if OTHER_GROUPS in figures and name not in figures else name].append(part)
    ranges = []
    for name, members in told.items():
        part = Part(sum(one.given for one in members), sum(one.people for one in members))
        one = figures.get(name)
        same = one is not None and not isinstance(one.figure, TooFew)
        alike = {count for count in range(part.people + 1) if not same or _printed(count, part.people, one) == one}
        ranges.append((alike, part.people))
    left_over = total.people - sum(part.people for part in parts.values())
    ranges.append((set(range(left_over + 1)), left_over))
    whole = {
        count
        for count in ([total.given] if reviewed else range(total.people + 1))
        if people_band(count, reader=TEAM) == people_band(total.given, reader=TEAM)
        and theme_share(Part(count, total.people)) == theme_share(total)
    }
    for size in range(1, len(ranges) + 1):
        for places in combinations(range(len(ranges)), size):
            mine = _sums([ranges[place] for place in places])
            others = _sums([one for place, one in enumerate(ranges) if place not in places])
            counts = {count for count in mine if any(rest + count in whole for rest in others)}
            if people := sum(ranges[place][1] for place in places):
                yield counts, people


def _printed(count: int, people: int, like: ThemeInGroup | None) -> ThemeInGroup | None:
    """The figure that this count would have had: by its own rules, a word below 20 people."""
    assert like is not None
    if isinstance(like.figure, Share):
        return ThemeInGroup(like.group, like.people, share(count, people, reader=TEAM))
    word = "most" if 3 * count >= 2 * people else "few" if 3 * count <= people else "about_half"
    return ThemeInGroup(like.group, like.people, Direction(word))  # type: ignore[arg-type]  # one of the three


def _sums(ranges: list[tuple[set[int], int]]) -> set[int]:
    sums = {0}
    for counts, _people in ranges:
        sums = {sum_ + count for sum_ in sums for count in counts}
    return sums
