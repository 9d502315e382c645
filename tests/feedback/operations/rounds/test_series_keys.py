"""Boxes opened together have a key each: one that is lost loses its own box, one that is away is waited for."""

import pytest

from feedback.operations.counting.count import count
from feedback.operations.school import School
from feedback.privacy.keeper import KeeperAway
from tests.factories import NOW, a_pilot, a_round, drop_envelopes
from tests.feedback.operations.rounds.test_series import NO, YES, _close, _earlier, _papers, _people

TODAY = NOW.date()


def test_a_joined_box_whose_key_is_lost_is_lost_alone(school: School) -> None:
    pilot = a_pilot(school)
    later = a_round(school, pilot=pilot)
    earlier = _earlier(school, pilot, *[YES] * 6)
    drop_envelopes(school, later, *[NO] * 10)
    _close(school, later)
    school.keystore.destroy_box_key(earlier.id)
    said: list[str] = []
    assert count(school, later.id, today=TODAY, said=said.append)
    assert (_people(school, later, ""), _papers(school)) == (10, 0)
    assert [earlier.id in line for line in said] == [True]


def test_a_joined_box_whose_key_is_only_away_is_waited_for(school: School) -> None:
    pilot = a_pilot(school)
    later = a_round(school, pilot=pilot)
    earlier = _earlier(school, pilot, *[YES] * 6)
    drop_envelopes(school, later, *[NO] * 10)
    _close(school, later)
    keys = school.keystore.folder / "rounds" / earlier.id
    keys.rename(keys.with_name("away"))
    with pytest.raises(KeeperAway):
        count(school, later.id, today=TODAY)
    keys.with_name("away").rename(keys)
    assert count(school, later.id, today=TODAY)
    assert _people(school, later, "") == 16
