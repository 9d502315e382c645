"""Two shares side by side, held against scipy and against worked examples."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control, fisher_exact

from analysis.proportions import FEWEST_EXPECTED, chance_of_difference, cohens_h, discoveries, newcombe
from analysis.spread import wilson


@given(st.integers(1, 90), st.integers(1, 90), st.data())
def test_the_chance_is_scipys_whichever_test_is_right_for_the_crowds(
    people: int, people_too: int, data: st.DataObject
) -> None:
    given_, given_too = data.draw(st.integers(0, people)), data.draw(st.integers(0, people_too))
    table = [[given_, people - given_], [given_too, people_too - given_too]]
    found = chance_of_difference((given_, people), (given_too, people_too))
    if given_ + given_too in (0, people + people_too):
        assert found == 1
        return
    chi_square = chi2_contingency(table, correction=False)
    expected = fisher_exact(table).pvalue
    if chi_square.expected_freq.min() >= FEWEST_EXPECTED:
        expected = chi_square.pvalue
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_a_huge_crowd_beside_a_small_one_is_no_trouble() -> None:
    huge, small = (120, 100_000), (3, 40)
    expected = fisher_exact([[120, 99_880], [3, 37]]).pvalue
    assert chance_of_difference(huge, small) == pytest.approx(expected, rel=1e-6)


def test_more_people_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="no share: 6 of 5"):
        chance_of_difference((6, 5), (1, 5))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    first: tuple[int, int], second: tuple[int, int], expected: tuple[float, float]
) -> None:
    # Newcombe 1998, table II, method 10.
    low, high = newcombe(first[0] / first[1], wilson(*first), second[0] / second[1], wilson(*second))
    assert (round(low, 4), round(high, 4)) == expected


def test_the_size_of_a_difference_is_cohens() -> None:
    assert cohens_h(0.5, 0.5) == 0
    assert cohens_h(0.65, 0.45) == pytest.approx(0.404, abs=0.001)
    assert cohens_h(0.45, 0.65) == -cohens_h(0.65, 0.45)


def test_what_is_believed_is_what_scipy_would_believe() -> None:
    random = Random(5)  # noqa: S311 - the same numbers in every run
    for _ in range(200):
        chances = [random.random() ** 4 for _ in range(random.randint(1, 30))]
        expected = [bool(adjusted <= 0.05) for adjusted in false_discovery_control(chances)]
        assert discoveries(chances, false_share=0.05) == expected
    assert discoveries([], false_share=0.05) == []
