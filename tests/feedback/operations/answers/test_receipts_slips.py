"""In a round with slips, whoever takes an envelope out is given a fresh slip, once."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from feedback.models import Round, Slip
from feedback.operations.answers import receipts
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.receipts import withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.clock import believes
from feedback.operations.errors import SlipUnknown, StorageUnavailable
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import School
from feedback.privacy.keys import Keystore
from feedback.privacy.receipts import new_form_key
from feedback.privacy.slips import new_code
from tests.factories import NOW, a_round, a_slip

YES = {"again": "yes"}


@pytest.fixture
def round_(school: School) -> Round:
    """A round with slips, none printed yet."""
    return a_round(school, slips=True)


def _asked(school: School, round_: Round, group: str | None = None) -> Asked:
    return open_for_answers(school, round_.code, "en", group=group, now=NOW)


def _sent(school: School, round_: Round) -> str:
    slip = a_slip(school, round_)
    return accept(school, _asked(school, round_), new_form_key(), YES, slip=slip, now=NOW).receipt


def _withdraw(school: School, round_: Round, typed: str, fresh: str | None = None) -> str | None:
    return withdraw(school, round_.code, typed, now=NOW, fresh=fresh)


def _used(school: School) -> list[bool]:
    with Session(school.engine) as session:
        return sorted(session.scalars(select(Slip.used)))


def test_the_fresh_slip_lets_one_envelope_in(school: School, round_: Round) -> None:
    fresh = _withdraw(school, round_, _sent(school, round_))
    assert fresh is not None
    asked = _asked(school, round_)
    accept(school, asked, new_form_key(), {"again": "no"}, slip=fresh, now=NOW)
    with pytest.raises(SlipUnknown):
        accept(school, asked, new_form_key(), YES, slip=fresh, now=NOW)
    assert _used(school) == [True, True]


def test_taking_out_twice_gives_no_second_slip(school: School, round_: Round) -> None:
    receipt = _sent(school, round_)
    assert _withdraw(school, round_, receipt)
    assert _withdraw(school, round_, receipt) is None
    assert _used(school) == [False, True]


def test_the_same_request_sent_again_is_shown_the_same_slip(school: School, round_: Round) -> None:
    receipt, fresh = _sent(school, round_), new_code()
    assert _withdraw(school, round_, receipt, fresh) == fresh
    assert _withdraw(school, round_, receipt, fresh) == fresh
    assert _withdraw(school, round_, receipt, new_code()) is None
    assert _used(school) == [False, True]


def test_one_fresh_slip_is_not_given_for_two_envelopes(school: School, round_: Round) -> None:
    fresh = new_code()
    given = {_withdraw(school, round_, _sent(school, round_), fresh) for _ in range(2)}
    assert len(given) == 2
    assert _used(school) == [False, False, True, True]


def test_a_shut_box_gives_no_slip(school: School, round_: Round) -> None:
    receipt = _sent(school, round_)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    assert _withdraw(school, round_, receipt) is None
    assert _used(school) == [True]


def test_a_round_without_slips_gives_none(school: School) -> None:
    round_ = a_round(school)
    receipt = accept(school, _asked(school, round_), new_form_key(), YES, now=NOW).receipt
    assert _withdraw(school, round_, receipt, new_code()) is None
    assert _used(school) == []


def test_no_slip_is_counted_as_printed_by_giving_one(school: School, round_: Round) -> None:
    assert _withdraw(school, round_, _sent(school, round_))
    assert _asked(school, round_).slips_printed == 0


def _cut_off_after_the_ledger(school: School, round_: Round, receipt: str, fresh: str) -> None:
    """The ledger has its line, and the database fails: the page says 503, and the computer is started anew."""
    nobody_can_write = OperationalError("", {}, Exception("database is locked"))
    with patch.object(receipts, "_take_out", side_effect=nobody_can_write), pytest.raises(StorageUnavailable):
        _withdraw(school, round_, receipt, fresh)


def test_whoever_is_cut_off_while_taking_out_still_gets_the_slip(school: School, round_: Round) -> None:
    receipt, fresh = _sent(school, round_), new_code()
    _cut_off_after_the_ledger(school, round_, receipt, fresh)
    assert apply_ledger(school) == 1
    assert _used(school) == [False, True]
    assert _withdraw(school, round_, receipt, fresh) == fresh
    accept(school, _asked(school, round_), new_form_key(), {"again": "no"}, slip=fresh, now=NOW)
    assert apply_ledger(school) == 0
    assert _used(school) == [True, True]


def test_without_the_tag_in_the_ledger_there_would_be_neither_envelope_nor_slip(school: School, round_: Round) -> None:
    # The negative control: the line as it was before it had the tag.
    receipt, fresh = _sent(school, round_), new_code()
    note = school.keystore.note

    def note_without_the_slip(_keystore: Keystore, what: str, **facts: str) -> None:
        assert facts.pop("slip")
        note(what, **facts)

    with patch.object(Keystore, "note", note_without_the_slip):
        _cut_off_after_the_ledger(school, round_, receipt, fresh)
    assert apply_ledger(school) == 1
    assert _withdraw(school, round_, receipt, fresh) is None


def test_however_often_it_was_cut_off_one_envelope_gives_one_slip(school: School, round_: Round) -> None:
    receipt, codes = _sent(school, round_), [new_code() for _ in range(3)]
    for fresh in codes:
        _cut_off_after_the_ledger(school, round_, receipt, fresh)
    apply_ledger(school)
    assert [_withdraw(school, round_, receipt, fresh) for fresh in codes] == [None, None, codes[-1]]
    assert _used(school) == [False, True]


def test_a_shut_box_gets_no_slip_out_of_the_ledger(school: School, round_: Round) -> None:
    receipt, fresh = _sent(school, round_), new_code()
    _cut_off_after_the_ledger(school, round_, receipt, fresh)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    assert apply_ledger(school) == 1
    assert _used(school) == [True]


def test_the_ledger_says_nothing_of_a_slip_where_none_is_given(school: School, round_: Round) -> None:
    without = a_round(school)
    for each, is_said in ((without, False), (round_, True)):
        slip = a_slip(school, each) if each.slips else ""
        _withdraw(school, each, accept(school, _asked(school, each), new_form_key(), YES, slip=slip, now=NOW).receipt)
        (line,) = [line for line in school.keystore.ledger() if line["round"] == each.id]
        assert ("slip" in line) is is_said


def test_a_clock_that_leaps_costs_nobody_the_slip(school: School, round_: Round) -> None:
    receipt = _sent(school, round_)
    assert believes(school, today=NOW.date())
    with pytest.raises(StorageUnavailable):
        withdraw(school, round_.code, receipt, now=NOW + timedelta(days=400))
    assert not list(school.keystore.ledger())
    # The negative control: after a last day that is believed, the envelope is taken out and no slip is given.
    assert withdraw(school, round_.code, receipt, now=round_.closes_at) is None
    assert len(list(school.keystore.ledger())) == 1
