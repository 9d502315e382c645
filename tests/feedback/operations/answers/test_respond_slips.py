"""A round with slips: one answer a slip, and a right slip is never refused because of anybody else's wrong one."""

import threading
from datetime import timedelta
from time import process_time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Slip
from feedback.operations.answers import one_envelope
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.respond import Accepted, accept
from feedback.operations.answers.slips import print_slips
from feedback.operations.errors import AnswersTooLong, BoxFull, RoundClosed, SlipUnknown, Withdrawn
from feedback.operations.school import School
from feedback.privacy.box import Box, open_envelope
from feedback.privacy.receipts import new_form_key
from feedback.privacy.slips import new_code
from tests.factories import NOW, a_round, a_staff_member

YES = {"again": "yes"}
_GROUPS = [{"code": "AB12", "name": "3A", "size": 10}, {"code": "CD34", "name": "3B", "size": 15}]


def a_round_with_slips(school: School, slips: int, group: str | None = None, **facts: Any) -> tuple[str, list[str]]:
    """The code of an open round with slips, and the codes of this many printed slips."""
    round_ = a_round(school, slips=True, **facts)
    lead = a_staff_member(school, "lead", account=f"lead of {round_.code}")
    return round_.code, list(print_slips(school, lead, round_.id, slips, group=group, now=NOW))


def _asked(school: School, code: str, group: str | None = None) -> Asked:
    return open_for_answers(school, code, "en", group=group, now=NOW)


def _count(school: School, table: type[Envelope] | type[Slip], **facts: object) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(table).filter_by(**facts)) or 0


def test_a_slip_lets_one_envelope_in_and_no_second_one(school: School) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    asked = _asked(school, code)
    assert (asked.slips, asked.slips_printed, asked.group_size) == (True, 1, 25)
    accept(school, asked, new_form_key(), YES, slip=slip.lower(), now=NOW)
    with pytest.raises(SlipUnknown):
        accept(school, asked, new_form_key(), YES, slip=slip, now=NOW)
    assert (_count(school, Envelope), _count(school, Slip, used=True)) == (1, 1)


def test_words_that_are_too_long_tell_nothing_about_a_slip(school: School) -> None:
    code, (used, unused) = a_round_with_slips(school, 2, groups=_GROUPS)
    asked = _asked(school, code)
    accept(school, asked, new_form_key(), YES, slip=used, now=NOW)
    for slip in (used, unused, new_code(), "mistyped"):
        with pytest.raises(AnswersTooLong):
            accept(school, asked, new_form_key(), {"wish": "w" * 70_000}, slip=slip, now=NOW)
    # The negative control: words that fit are told whether the slip is right, and use it.
    with pytest.raises(SlipUnknown):
        accept(school, asked, new_form_key(), {"wish": "w"}, slip=used, now=NOW)
    accept(school, asked, new_form_key(), {"wish": "w"}, slip=unused, now=NOW)


def test_the_same_form_with_its_slip_days_later_is_the_same_envelope(school: School) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    asked, key = _asked(school, code), new_form_key()
    receipt = accept(school, asked, key, YES, slip=slip, now=NOW).receipt
    assert accept(school, asked, key, YES, slip=slip, now=NOW + timedelta(days=3)) == Accepted(receipt, again=True)
    assert _count(school, Envelope) == 1


@pytest.mark.parametrize("group", [None, "AB12"])
def test_a_slip_of_another_round_lets_nobody_in(school: School, group: str | None) -> None:
    _code, (foreign,) = a_round_with_slips(school, 1, group, groups=_GROUPS)
    code, _slips = a_round_with_slips(school, 1, groups=_GROUPS)
    with pytest.raises(SlipUnknown):
        accept(school, _asked(school, code), new_form_key(), YES, slip=foreign, now=NOW)


@pytest.mark.parametrize(
    ("printed_for", "typed_at", "sealed"),
    [("AB12", "CD34", "AB12"), ("AB12", None, "AB12"), (None, "CD34", "CD34"), (None, None, None)],
)
def test_the_slip_decides_the_group_at_whichever_link_it_is_typed(
    school: School, printed_for: str | None, typed_at: str | None, sealed: str | None
) -> None:
    code, (slip,) = a_round_with_slips(school, 1, printed_for, groups=_GROUPS)
    asked = _asked(school, code, typed_at)
    accept(school, asked, new_form_key(), YES, slip=slip, now=NOW)
    with Session(school.engine) as session:
        envelope = session.scalars(select(Envelope)).one()
    box = Box(asked.round_id, asked.instrument_sha256)
    opened = open_envelope(envelope.sealed, school.keystore.box_key(asked.round_id), box)
    assert opened == {"answers": YES, "group": sealed}


def test_thirty_people_behind_one_address_all_get_in_whatever_others_try(school: School) -> None:
    code, slips = a_round_with_slips(school, 30, group_size=28, k=10)
    asked = _asked(school, code)
    for slip in slips:
        for wrong in (new_code(), "not a slip", ""):
            with pytest.raises(SlipUnknown):
                accept(school, asked, new_form_key(), YES, slip=wrong, now=NOW)
        accept(school, asked, new_form_key(), YES, slip=slip, now=NOW)
    assert _count(school, Envelope) == 30


def test_the_cap_of_rounds_without_slips_does_not_stop_a_right_slip(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_envelope, "cap", lambda _size: 0)
    code, (slip,) = a_round_with_slips(school, 1)
    accept(school, _asked(school, code), new_form_key(), YES, slip=slip, now=NOW)
    # The negative control: without slips, ten people and their spare are in, and the next one is refused.
    without = _asked(school, a_round(school, group_size=10).code)
    monkeypatch.undo()
    for _ in range(11):
        accept(school, without, new_form_key(), YES, now=NOW)
    with pytest.raises(BoxFull):
        accept(school, without, new_form_key(), YES, now=NOW)


def test_of_a_thousand_tries_without_a_right_slip_none_gets_in(school: School) -> None:
    code, _slips = a_round_with_slips(school, 25)
    asked, begun, accepted = _asked(school, code), process_time(), 0
    for number in range(1000):
        try:
            accept(school, asked, new_form_key(), YES, slip=new_code() if number % 2 else "0" * 11, now=NOW)
            accepted += 1
        except SlipUnknown:
            continue
    assert (accepted, _count(school, Envelope), _count(school, Slip, used=True)) == (0, 0, 0)
    # Of the processor: what else a machine does while it tests says nothing about the tries.
    assert process_time() - begun < 30
    # The negative control: where no slip is asked for, the same tries get in until the box is full.
    open_to_all = _asked(school, a_round(school).code)
    accept(school, open_to_all, new_form_key(), YES, slip="0" * 11, now=NOW)
    assert _count(school, Envelope) == 1


def _send_at_once(school: School, asked: Asked, slip: str) -> int:
    """Fifty people send the same slip at the same moment, each on a form of their own; how many were told it works."""
    told: list[str] = []

    def send() -> None:
        try:
            told.append(accept(school, asked, new_form_key(), YES, slip=slip, now=NOW).receipt)
        except SlipUnknown:
            return

    senders = [threading.Thread(target=send) for _ in range(50)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return len(told)


def test_one_slip_sent_fifty_times_at_once_is_one_envelope(school: School) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    assert _send_at_once(school, _asked(school, code), slip) == 1
    assert _count(school, Envelope) == 1


def test_were_it_only_looked_up_before_writing_one_slip_would_let_several_in(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control: without the question inside the transaction, both looked while the slip was unused.
    code, (slip,) = a_round_with_slips(school, 1)
    asked = _asked(school, code)
    monkeypatch.setattr(one_envelope, "_use", lambda *_: None)
    assert _send_at_once(school, asked, slip) > 1


def test_an_envelope_that_was_taken_out_is_not_answered_with_its_receipt(school: School) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    asked, key = _asked(school, code), new_form_key()
    accept(school, asked, key, YES, slip=slip, now=NOW)
    with Session(school.engine) as session, session.begin():
        envelope = session.scalars(select(Envelope)).one()
        envelope.format, envelope.sealed = 0, b""
    with pytest.raises(Withdrawn):
        accept(school, asked, key, YES, slip=slip, now=NOW)


def test_a_slip_is_not_used_where_nothing_is_stored(school: School) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    asked = _asked(school, code)
    with pytest.raises(RoundClosed):
        accept(school, asked, new_form_key(), YES, slip=slip, now=asked.closes_at)
    assert _count(school, Slip, used=True) == 0
