"""What chance alone may do before the proof calls it a leak."""

import random
from statistics import mean, pstdev

import pytest

from feedback.proof.chance import FALSE_ALARM, most_by_chance, tau, tau_error, widest_tau


def test_the_order_of_arrival_is_told_from_no_order() -> None:
    assert tau([(1, 9), (2, 3), (2, 4), (7, 0)]) == 1
    assert tau([(7,), (4,), (3,), (1,)]) == -1
    assert tau([(2,), (1,), (4,), (3,)]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("people", [12, 25])
def test_the_stated_errors_are_those_of_shuffled_classes(people: int) -> None:
    luck = random.Random(people)  # noqa: S311 - the same shuffles in every run
    taus, matches = [], []
    for _ in range(2000):
        order = [(number,) for number in range(people)]
        luck.shuffle(order)
        taus.append(tau(list(order)))
        matches.append(sum(place == (number,) for number, place in enumerate(order)))
    assert pstdev(taus) == pytest.approx(tau_error(people, 1), rel=0.05)
    # One right pair a class is what chance gives, whatever the class's size; that is the binomial's mean.
    assert mean(matches) == pytest.approx(1, abs=0.1)


def test_sixty_classes_are_enough_for_the_asked_tau_and_twenty_are_not() -> None:
    assert widest_tau(12, 60) == 0.15 == widest_tau(25, 60)
    assert widest_tau(12, 20) == pytest.approx(0.247, abs=0.001)
    # Within ±0.15 chance alone fails twenty classes of 12 once in four hundred times.
    assert 0.15 / tau_error(12, 20) == pytest.approx(3.04, abs=0.01)


def test_the_bound_is_far_from_chance_and_far_from_a_leak() -> None:
    assert most_by_chance(240, 1 / 12) == 50
    assert most_by_chance(500, 1 / 25) == 51
    assert most_by_chance(12, 1 / 12) < 12
    # As the binomial has it: ten of ten by chance of one half is one in a thousand, more often than a false alarm.
    assert most_by_chance(10, 0.5) == 10
    assert 0.5**29 > FALSE_ALARM > 0.5**30
    assert (most_by_chance(29, 0.5), most_by_chance(30, 0.5)) == (29, 29)
