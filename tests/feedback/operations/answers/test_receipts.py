"""What a receipt can do until the count, and that nothing is left of what it took out."""

import secrets
from hashlib import sha256
from unittest.mock import patch

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import WITHDRAWN, Envelope, Round
from feedback.operations.answers import receipts
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.receipts import State, forget_withdrawn, look, withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.errors import RoundUnknown, Withdrawn
from feedback.operations.finish import finish_round
from feedback.operations.school import School
from feedback.privacy.receipts import check_digit, envelope_id, new_form_key, normal
from tests.factories import NOW, a_round, drop_envelopes

YES = {"again": "yes"}


def _asked(school: School, round_: Round) -> Asked:
    return open_for_answers(school, round_.code, "en", now=NOW)


def _sent(school: School, round_: Round, key: str | None = None, **answers: str) -> str:
    return accept(school, _asked(school, round_), key or new_form_key(), answers or YES, now=NOW).receipt


def _state(school: School, round_: Round, typed: str) -> State:
    return look(school, round_.code, typed, now=NOW).state


def _withdraw(school: School, round_: Round, typed: str, fresh: str | None = None) -> str | None:
    return withdraw(school, round_.code, typed, now=NOW, fresh=fresh)


def _set_state(school: School, round_: Round, state: str) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = state


def _envelopes(school: School) -> list[Envelope]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Envelope)))


def _sealed(school: School, round_: Round, receipt: str) -> bytes:
    id_ = envelope_id(receipt, school.keystore.pepper(round_.id))
    with Session(school.engine) as session:
        return session.get_one(Envelope, (round_.id, id_)).sealed


def test_a_receipt_says_that_its_envelope_is_in_the_box_and_takes_it_out_once(school: School) -> None:
    round_ = a_round(school)
    receipt = _sent(school, round_)
    assert _state(school, round_, receipt) == State.IN_THE_BOX
    assert _withdraw(school, round_, receipt) is None
    assert _withdraw(school, round_, receipt) is None
    assert _state(school, round_, receipt) == State.WITHDRAWN
    (left,) = _envelopes(school)
    assert (left.format, left.sealed) == (WITHDRAWN, b"")


@pytest.mark.parametrize("between", ["", " ", "-", "\N{NO-BREAK SPACE}", "\N{EN DASH}", "\N{MINUS SIGN}", "\u200f"])
@pytest.mark.parametrize("zero", ["0", "٠", "۰", "०", "０"])
def test_digits_of_every_script_are_read_with_any_spaces_and_dashes(zero: str, between: str) -> None:
    digits = "4071926355810236"
    typed = between.join(chr(ord(zero) + int(digit)) for digit in digits)
    assert normal(f" {typed}\n") == digits


@pytest.mark.parametrize("typed", ["", "4071", "4071 9263 5581 0236 9", "4071 9263 5581 023O", "١" * 61, "²" * 16])
def test_whatever_is_no_receipt_becomes_nobodys_receipt(typed: str) -> None:
    assert normal(typed) == "?" * 16


def test_ten_thousand_random_receipts_find_nothing(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 25)
    pepper = school.keystore.pepper(round_.id)
    guesses = [f"{secrets.randbelow(10**15):015}" for _ in range(10_000)]
    ids = {envelope_id(digits + check_digit(digits), pepper) for digits in guesses}
    assert ids.isdisjoint(envelope.id for envelope in _envelopes(school))
    # The check itself: a right receipt among the guesses would be found.
    known = _sent(school, round_)
    assert envelope_id(known, pepper) in {envelope.id for envelope in _envelopes(school)}
    assert {_state(school, round_, digits + check_digit(digits)) for digits in guesses[:100]} == {State.UNKNOWN}


def test_wrong_receipts_are_looked_up_like_right_ones(school: School) -> None:
    round_, other = a_round(school), a_round(school)
    receipt, elsewhere = _sent(school, round_), _sent(school, other)
    mistyped = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    with patch.object(receipts, "envelope_id", wraps=envelope_id) as worked:
        for typed in (receipt, mistyped, elsewhere, "", "not a receipt"):
            worked.reset_mock()
            expected = State.IN_THE_BOX if typed == receipt else State.UNKNOWN
            assert _state(school, round_, typed) == expected
            assert worked.call_count == 1
    assert _withdraw(school, round_, elsewhere) is None
    assert _state(school, other, elsewhere) == State.IN_THE_BOX
    assert not list(school.keystore.ledger())


@pytest.mark.parametrize(
    ("state", "told"),
    [("counting", State.COUNTING), ("counted", State.OVER), ("scrubbed", State.OVER), ("destroyed", State.OVER)],
)
def test_from_the_count_on_every_receipt_is_told_the_same(school: School, state: str, told: State) -> None:
    round_ = a_round(school)
    receipt = _sent(school, round_)
    _set_state(school, round_, state)
    assert _withdraw(school, round_, receipt) is None
    assert {_state(school, round_, typed) for typed in (receipt, "0" * 16, "")} == {told}
    assert _envelopes(school)[0].format != WITHDRAWN


def test_a_count_that_was_cut_off_and_found_too_few_gives_every_envelope_back(school: School) -> None:
    round_ = a_round(school, if_too_few="extend", state="open")
    receipt = _sent(school, round_)
    _set_state(school, round_, "counting")
    assert _state(school, round_, receipt) == State.COUNTING
    assert not finish_round(school, round_.id, today=NOW.date())
    assert _state(school, round_, receipt) == State.IN_THE_BOX


@pytest.mark.parametrize("state", ["closed", "too_few"])
def test_a_shut_box_that_was_not_counted_still_gives_an_envelope_back(school: School, state: str) -> None:
    round_ = a_round(school)
    receipt = _sent(school, round_)
    _set_state(school, round_, state)
    _withdraw(school, round_, receipt)
    assert _state(school, round_, receipt) == State.WITHDRAWN


def test_a_draft_has_no_receipts(school: School) -> None:
    with pytest.raises(RoundUnknown):
        _state(school, a_round(school, state="draft"), "0" * 16)


def test_a_form_that_is_sent_again_never_revives_what_was_taken_out(school: School) -> None:
    round_, key = a_round(school), new_form_key()
    receipt = _sent(school, round_, key)
    _withdraw(school, round_, receipt)
    with pytest.raises(Withdrawn):
        _sent(school, round_, key)
    assert len(_envelopes(school)) == 1


def test_what_was_taken_out_is_not_counted(school: School) -> None:
    round_ = a_round(school)
    receipt = _sent(school, round_, again="no")
    drop_envelopes(school, round_, *[YES] * 10)
    _withdraw(school, round_, receipt)
    _set_state(school, round_, "closed")
    assert finish_round(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).counted_envelopes == 10


def test_the_ledger_keeps_it_out_of_a_restored_backup(school: School) -> None:
    round_ = a_round(school)
    receipt, kept = _sent(school, round_), _sent(school, round_)
    before = _sealed(school, round_, receipt)
    _withdraw(school, round_, receipt)
    (line,) = school.keystore.ledger()
    id_ = envelope_id(receipt, school.keystore.pepper(round_.id))
    assert line == {"what": "withdrawn", "round": round_.id, "envelope": sha256(id_.encode()).hexdigest()}
    with Session(school.engine) as session, session.begin():  # the backup of yesterday
        envelope = session.get_one(Envelope, (round_.id, id_))
        envelope.format, envelope.sealed = 1, before
    assert _state(school, round_, receipt) == State.IN_THE_BOX
    with Session(school.engine) as session, session.begin():
        assert forget_withdrawn(school, session, round_.id, {line["envelope"]}) == 1
        assert forget_withdrawn(school, session, round_.id, {line["envelope"]}) == 0
    assert (_state(school, round_, receipt), _state(school, round_, kept)) == (State.WITHDRAWN, State.IN_THE_BOX)
