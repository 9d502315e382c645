"""Intervals, against the published table of domain.md 4.3."""

import pytest

from analysis.spread import nonresponse_bounds, wilson


@pytest.mark.parametrize(
    ("people", "expected"), [(10, (40, 89)), (20, (48, 85)), (30, (52, 83)), (50, (56, 81)), (100, (60, 78))]
)
def test_seven_in_ten_is_as_sure_as_the_table_says(people: int, expected: tuple[int, int]) -> None:
    low, high = wilson(people * 0.7, people)
    assert (round(100 * low), round(100 * high)) == expected


@pytest.mark.parametrize(
    ("said", "people", "expected"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_newcombes_four_examples(said: int, people: int, expected: tuple[float, float]) -> None:
    # Table I, method 3, of "Two-sided confidence intervals for the single proportion: comparison of seven methods" by
    # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872.
    assert wilson(said, people) == pytest.approx(expected, abs=5e-5)


def test_the_interval_stays_between_nobody_and_everybody() -> None:
    assert wilson(0, 12)[0] == 0.0
    assert wilson(12, 12)[1] == 1.0
    assert round(wilson(12, 12)[0], 4) == 0.7575


def test_sixteen_of_twenty_two_in_a_class_of_twenty_six() -> None:
    low, high = nonresponse_bounds(16, 22, 26)
    assert (round(100 * low), round(100 * high)) == (62, 77)


def test_nobody_is_missing_where_more_answered_than_were_asked() -> None:
    assert nonresponse_bounds(11, 22, 20) == (0.5, 0.5)


@pytest.mark.parametrize(("successes", "people"), [(0, 0), (5, 4), (-1, 4)])
def test_there_is_no_share_without_people(successes: int, people: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, people)
    with pytest.raises(ValueError, match="no share"):
        nonresponse_bounds(successes, people, 10)
