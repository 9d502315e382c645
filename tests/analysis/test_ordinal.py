"""Two crowds on one scale, held against scipy and against printed examples."""

from collections.abc import Sequence
from math import erfc, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from analysis.ordinal import (
    Magnitude,
    asymmetric_interval,
    cliffs_delta,
    magnitude,
    mann_whitney,
    times_in_hundred,
    variance_of_delta,
)

#: K. Y. Hogarty and J. D. Kromrey, "Using SAS to calculate tests of Cliff's delta", SUGI 24 (1999), poster 238: the
#: example of R's effsize::cliff.delta too. Scores 10, 20, 30, 40, 50.
TREATMENT, CONTROL = [2, 3, 3, 1, 1], [1, 1, 1, 2, 1]


def counted(scores: Sequence[int], cells: Sequence[int]) -> list[int]:
    """How many scores are in each cell."""
    return [scores.count(cell) for cell in cells]


def spelled_out(counts: Sequence[int]) -> list[int]:
    """The cell of every person."""
    return [cell for cell, count in enumerate(counts) for _ in range(count)]


CROWDS = (
    st.integers(2, 6)
    .flatmap(lambda cells: st.tuples(*[st.lists(st.integers(0, 12), min_size=cells, max_size=cells)] * 2))
    .filter(lambda crowds: min(sum(crowds[0]), sum(crowds[1])) >= 2)
)


def test_siegels_example_of_scores_with_ties() -> None:
    # S. Siegel, Nonparametric Statistics for the Behavioral Sciences (1956), pages 122-125: 16 and 23 societies,
    # U = 304 and, corrected for ties, z = 3.45 (there without the correction for continuity: 120 instead of 119.5).
    absent = [13, 12, 12, 10, 10, 10, 10, 9, 8, 8, 7, 7, 7, 7, 7, 6]
    present = [17, 16, 15, 15, 15, 14, 14, 14, 13, 13, 13, 12, 12, 12, 12, 11, 11, 10, 10, 10, 8, 8, 6]
    cells = range(6, 18)
    u, chance = mann_whitney(counted(present, cells), counted(absent, cells))
    assert u == pytest.approx(304)
    assert chance == pytest.approx(erfc(3.45 * 119.5 / 120 / sqrt(2)), rel=0.02)


def test_a_tiny_crowd_without_ties_has_its_exact_chance() -> None:
    # scipy's own documentation of mannwhitneyu: ages of males and females at diagnosis, U = 17, p = 0.1111.
    males, females = [19, 22, 16, 29, 24], [20, 11, 17, 12]
    cells = sorted(males + females)
    assert mann_whitney(counted(males, cells), counted(females, cells)) == pytest.approx((17, 1 / 9))


@given(CROWDS)
def test_the_chance_is_scipys(crowds: tuple[list[int], list[int]]) -> None:
    first, second = crowds
    found = mann_whitney(first, second)
    if sum(1 for one, other in zip(first, second, strict=True) if one + other) == 1:
        assert found[1] == 1
        return
    is_tied = max(one + other for one, other in zip(first, second, strict=True)) > 1
    method = "asymptotic" if is_tied else "exact"
    expected = mannwhitneyu(spelled_out(first), spelled_out(second), method=method)
    assert found == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9)


def test_the_variance_and_the_interval_are_the_published_ones() -> None:
    # Their three terms are 0.2669753, 0.447 and 1.0055556: (5 * 0.2669753 + 9 * 0.447 + 1.0055556) / 60.
    assert variance_of_delta(TREATMENT, CONTROL) == pytest.approx(0.106057, abs=1e-6)
    found = cliffs_delta(TREATMENT, CONTROL)
    assert found.delta == pytest.approx(-0.25)
    assert found.interval == pytest.approx((-0.7125, 0.3640), abs=1e-4)
    # effsize prints -0.7265846 to 0.3890062 from its unbiased variance and Student's t of 14 degrees of freedom.
    assert asymmetric_interval(-0.25, 0.09805556, z=2.144787) == pytest.approx((-0.7265846, 0.3890062), abs=1e-6)


def test_crowds_that_do_not_overlap_are_not_certain() -> None:
    # Feng and Cliff 2004: (n - z^2) / (n + z^2), with n = 10 in the smaller crowd.
    found = cliffs_delta([0, 0, 10], [20, 5, 0])
    assert found.delta == 1
    assert found.interval == pytest.approx((0.4449, 1), abs=1e-4)
    assert cliffs_delta([20, 5, 0], [0, 0, 10]).interval == pytest.approx((-1, -0.4449), abs=1e-4)


def test_everybody_in_one_cell_is_no_difference_and_no_certainty() -> None:
    found = cliffs_delta([0, 12, 0], [0, 10, 0])
    assert found.delta == 0
    assert found.interval[0] < -0.1 < 0.1 < found.interval[1]


@given(CROWDS)
def test_turned_round_the_difference_is_its_mirror(crowds: tuple[list[int], list[int]]) -> None:
    there, back = cliffs_delta(*crowds), cliffs_delta(*reversed(crowds))
    assert there.delta == pytest.approx(-back.delta, abs=1e-12)
    assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]), abs=1e-9)
    assert times_in_hundred(there.delta) + times_in_hundred(back.delta) in (99, 100, 101)


@given(CROWDS)
def test_the_interval_holds_its_delta_and_stays_on_the_scale(crowds: tuple[list[int], list[int]]) -> None:
    found = cliffs_delta(*crowds)
    low, high = found.interval
    assert -1 <= low <= found.delta + 1e-12
    assert found.delta - 1e-12 <= high <= 1


@pytest.mark.parametrize(
    ("delta", "word"),
    [
        (0.146, Magnitude.NEGLIGIBLE),
        (-0.147, Magnitude.SMALL),
        (0.33, Magnitude.MEDIUM),
        (-0.474, Magnitude.LARGE),
    ],
)
def test_romanos_words(delta: float, word: Magnitude) -> None:
    assert magnitude(delta) is word


def test_a_randomly_picked_person_rates_higher_so_many_times_in_a_hundred() -> None:
    assert [times_in_hundred(delta) for delta in (-1, 0, 0.24, 1)] == [0, 50, 62, 100]


def test_other_cells_or_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="on 2 and 3 cells"):
        cliffs_delta([5, 5], [5, 5, 5])
    with pytest.raises(ValueError, match="two crowds of 1 and 10 people"):
        cliffs_delta([1, 0], [5, 5])
    with pytest.raises(ValueError, match="two crowds of 0 and 10 people"):
        mann_whitney([0, 0], [5, 5])
