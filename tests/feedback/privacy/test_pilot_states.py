"""A pilot moves through its life in one direction, and nothing that was collected is thrown away."""

from itertools import pairwise

import pytest

from feedback.privacy.pilot_states import LEGAL, STATES, may_move


def test_a_whole_life_is_one_legal_way() -> None:
    assert all(may_move(now, to) for now, to in pairwise(STATES))
    assert set(LEGAL) == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_beside_the_way_a_plan_can_only_be_withdrawn_or_wait_for_a_new_yes(state: str) -> None:
    onward = set(STATES[STATES.index(state) + 1 :][:1])
    besides = {"draft": {"archived"}, "approved": {"draft", "archived"}}.get(state, set())
    assert {to for to in STATES if may_move(state, to)} == onward | besides


@pytest.mark.parametrize("state", STATES)
def test_a_standing_pilot_stays_where_it_is(state: str) -> None:
    assert not any(may_move(state, to, standing=True) for to in STATES)
