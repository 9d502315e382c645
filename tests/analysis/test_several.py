"""Families of tests, and what crowds of a size can show, against printed examples and tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.detectable import detectable_delta
from analysis.several import holm

CHANCES = st.lists(st.floats(0, 1), max_size=12)


@pytest.mark.parametrize(
    ("chances", "adjusted"),
    [
        # pingouin's documentation of its function holm.
        ([0.5, 0.003, 0.32, 0.054, 0.0003], [0.64, 0.012, 0.64, 0.162, 0.0015]),
        # Wikipedia, "Holm-Bonferroni method": the first and the last of the four are upheld at 5 %.
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        ([0.7, 0.8], [1, 1]),
        ([], []),
    ],
)
def test_a_family_is_adjusted_as_holm_does(chances: list[float], adjusted: list[float]) -> None:
    assert holm(chances) == pytest.approx(adjusted)


@given(CHANCES)
def test_what_was_smaller_stays_smaller_and_nothing_shrinks(chances: list[float]) -> None:
    adjusted = holm(chances)
    pairs = sorted(zip(chances, adjusted, strict=True))
    assert [other for _one, other in pairs] == sorted(adjusted)
    assert all(one <= other <= min(1, one * len(chances)) or one == other for one, other in pairs)


@pytest.mark.parametrize(("people", "delta"), [(10, 0.74), (20, 0.52), (30, 0.42), (50, 0.32), (100, 0.23)])
def test_two_crowds_of_a_size_show_what_the_table_says(people: int, delta: float) -> None:
    # The table of domain.md 4.3.
    found = detectable_delta(people, people)
    assert found is not None
    assert round(found, 2) == delta


def test_a_handful_of_people_shows_nothing_and_the_smaller_crowd_decides() -> None:
    assert detectable_delta(5, 5) is None
    with_many = detectable_delta(20, 1000)
    assert with_many is not None
    assert 0.36 < with_many < 0.37
    with pytest.raises(ValueError, match="no crowds: 0 and 9 people"):
        detectable_delta(0, 9)
