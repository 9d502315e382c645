"""What sums that lie inside each other leave open, and which may not be made."""

import pytest

from analysis.ledger import Earlier, related
from analysis.roll_up import NotRolledUp, WhyNot
from analysis.summary import Reader, Summary
from analysis.tree import left_open, tree_of

NOTHING = Summary(Reader.TEAM, people=None, group_size=None, rate=None, questions=(), findings=())  # type: ignore[arg-type]  # nobody reads it here


def rounds(names: str) -> frozenset[str]:
    """The rounds a, b, c … of a sum."""
    return frozenset(names)


def opened(**told: range) -> dict[str, range]:
    """What is left open of each sum."""
    named = {rounds(name): counts for name, counts in told.items()}
    return {"".join(sorted(name)): counts for name, counts in left_open(tree_of(named), named).items()}


def test_a_sum_less_the_others_tells_the_last_one() -> None:
    assert opened(a=range(9, 10), b=range(21), ab=range(20, 21))["b"] == range(11, 12)


def test_what_is_known_of_a_part_closes_its_neighbour_through_the_sum_above() -> None:
    # c is 5 of 30, so a and b are 25 together; a is 10 at most.
    told = opened(a=range(11), b=range(21), c=range(5, 6), ab=range(31), abc=range(30, 31))
    assert (told["ab"], told["a"], told["b"]) == (range(25, 26), range(5, 11), range(15, 21))


def test_figures_that_contradict_each_other_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="leave nothing open"):
        opened(a=range(3), b=range(3), ab=range(9, 10))


@pytest.mark.parametrize(("new", "why"), [("bc", WhyNot.CROSSES), ("ab", WhyNot.MADE_BEFORE)])
def test_sums_may_not_cross_or_be_repeated(new: str, why: WhyNot) -> None:
    with pytest.raises(NotRolledUp) as refused:
        related(rounds(new), [Earlier("Year 5", rounds("ab"), NOTHING)])
    assert (refused.value.why, refused.value.names) == (why, ("Year 5",))


def test_a_sum_is_weighed_with_those_inside_it_around_it_and_beside_it_in_the_same_whole() -> None:
    earlier = [Earlier(name, rounds(name), NOTHING) for name in ("ab", "cd", "abcd", "ef")]
    assert [each.name for each in related(rounds("abcde"), earlier[:3])] == ["ab", "cd", "abcd"]
    assert [each.name for each in related(rounds("abc"), [earlier[0], earlier[2], earlier[3]])] == ["ab", "abcd"]
