"""Which group stays with a comment at the count."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from analysis.comment_groups import FEWEST_OF_A_GROUP, Kept, group_to_keep, kept_with_groups
from analysis.tables import OTHER_GROUPS


def kept(**sizes: int) -> dict[str, int] | None:
    """What is kept of groups of these sizes, "none" being people whose group is not known."""
    groups = [None if name == "none" else name for name, size in sizes.items() for _ in range(size)]
    found = group_to_keep({"class": groups})
    return None if found is None else dict(Counter(found[1]))


def test_two_groups_of_ten_stay_and_two_of_nine_do_not() -> None:
    assert kept(a=10, b=10) == {"a": 10, "b": 10}
    assert kept(a=10, b=9) is None
    assert kept(a=9, b=9) is None


def test_small_groups_stand_together_where_they_are_many_enough() -> None:
    assert kept(a=12, b=6, c=5) == {"a": 12, OTHER_GROUPS: 11}
    assert kept(a=12, b=6, none=4) == {"a": 12, OTHER_GROUPS: 10}


def test_a_rest_of_a_few_takes_the_smallest_big_group_with_it_or_nothing_stays() -> None:
    assert kept(a=30, b=20, c=3) == {"a": 30, OTHER_GROUPS: 23}
    assert kept(a=30, none=1) is None
    assert kept(a=30, b=20, none=1) == {"a": 30, OTHER_GROUPS: 21}


def test_one_variable_stays_the_first_declared_that_leaves_two_groups() -> None:
    groups = {"class": ["a"] * 19 + ["b"], "bus": ["yes"] * 10 + ["no"] * 10, "lunch": ["yes", "no"] * 10}
    found = group_to_keep(groups)
    assert found is not None
    assert found[0] == "bus"
    assert group_to_keep({"class": groups["class"]}) is None
    assert group_to_keep({}) is None


def test_every_question_is_decided_by_who_wrote_to_it() -> None:
    # Everybody of both classes answers the first question, half of the second class the other one.
    classes = ["a"] * 10 + ["b"] * 10
    written = [("wish", f"wish {place}", place) for place in range(20)]
    written += [("more", f"more {place}", place) for place in range(15)]
    found = kept_with_groups(written, {"group": classes})
    assert found[0] == Kept("wish", "wish 0", ("group", "a"))
    assert found[19] == Kept("wish", "wish 19", ("group", "b"))
    assert [one.group for one in found[20:]] == [None] * 15


@given(st.lists(st.sampled_from([None, "a", "b", "c", "d", "e"]), max_size=90))
def test_whatever_stays_and_everybody_beside_it_are_ten_or_more(groups: list[str | None]) -> None:
    found = group_to_keep({"class": groups})
    if found is None:
        return
    sizes = Counter(found[1])
    assert len(sizes) >= 2
    assert len(found[1]) == len(groups)
    assert min(sizes.values()) >= FEWEST_OF_A_GROUP
    assert all(len(groups) - size >= FEWEST_OF_A_GROUP for size in sizes.values())
    # Nobody is put into a group that is not theirs.
    assert all(now in (was, OTHER_GROUPS) for was, now in zip(groups, found[1], strict=True))
