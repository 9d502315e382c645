"""A respondent submits: sealed at once, once, and only while the round is open."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Envelope
from feedback.operations.answers.one_envelope import cap
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.receipts import withdraw
from feedback.operations.answers.respond import Accepted, accept
from feedback.operations.clock import believes
from feedback.operations.errors import (
    BoxFull,
    GroupUnknown,
    LanguageUnknown,
    NothingAnswered,
    RoundClosed,
    RoundNotOpenYet,
    RoundUnknown,
    StorageUnavailable,
)
from feedback.operations.school import School
from feedback.privacy.box import Box, open_envelope
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_round, drop_envelopes

YES = {"again": "yes"}


def _asked(school: School, code: str) -> Asked:
    return open_for_answers(school, code, "en", now=NOW)


def _envelopes(school: School) -> list[Envelope]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Envelope)))


def test_what_is_stored_is_an_id_a_round_a_format_and_sealed_parts(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, YES)
    (envelope,) = _envelopes(school)
    assert set(Envelope.__table__.columns.keys()) == {"id", "round_id", "format", "sealed", "sealed_for_reading"}
    assert b"again" not in envelope.sealed
    opened = open_envelope(
        envelope.sealed,
        school.keystore.box_key(round_.id),
        Box(round_.id, _asked(school, round_.code).instrument_sha256),
    )
    assert opened == {"answers": YES, "group": None}


def test_the_same_form_sent_fifty_times_at_once_is_one_envelope_with_one_receipt(school: School) -> None:
    round_ = a_round(school)
    asked, key = _asked(school, round_.code), new_form_key()
    receipts: list[str] = []
    senders = [
        threading.Thread(target=lambda: receipts.append(accept(school, asked, key, YES, now=NOW).receipt))
        for _ in range(50)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(receipts) == 50
    assert len(set(receipts)) == 1
    assert len(_envelopes(school)) == 1


def test_a_retry_days_later_is_still_the_same_envelope(school: School) -> None:
    round_ = a_round(school)
    asked, key = _asked(school, round_.code), new_form_key()
    first = accept(school, asked, key, YES, now=NOW).receipt
    assert accept(school, asked, key, YES, now=NOW + timedelta(days=3)) == Accepted(first, again=True)
    assert len(_envelopes(school)) == 1


def test_skipping_everything_puts_nothing_into_the_box(school: School) -> None:
    round_ = a_round(school)
    with pytest.raises(NothingAnswered):
        drop_envelopes(school, round_, {})
    assert not _envelopes(school)


def test_a_round_takes_no_more_than_its_group_and_a_tenth(school: School) -> None:
    round_ = a_round(school, group_size=10, k=10)
    drop_envelopes(school, round_, *[YES] * cap(10))
    with pytest.raises(BoxFull):
        drop_envelopes(school, round_, YES)
    assert len(_envelopes(school)) == 11


def test_sending_and_taking_out_all_day_fills_no_disk(school: School) -> None:
    round_ = a_round(school, group_size=10, k=10)
    asked = _asked(school, round_.code)
    for _ in range(2 * cap(10)):
        receipt = accept(school, asked, new_form_key(), YES, now=NOW).receipt
        withdraw(school, round_.code, receipt, now=NOW)
    with pytest.raises(BoxFull):
        accept(school, asked, new_form_key(), YES, now=NOW)
    assert len(_envelopes(school)) == 22


def test_somebody_who_changes_their_mind_takes_no_place_from_the_others(school: School) -> None:
    round_ = a_round(school, group_size=10, k=10)
    receipt = accept(school, _asked(school, round_.code), new_form_key(), YES, now=NOW).receipt
    withdraw(school, round_.code, receipt, now=NOW)
    drop_envelopes(school, round_, *[YES] * cap(10))
    with pytest.raises(BoxFull):
        drop_envelopes(school, round_, YES)


def test_a_clock_that_leaps_closes_no_form(school: School) -> None:
    round_ = a_round(school)
    assert believes(school, today=NOW.date())
    for leap in (timedelta(days=400), timedelta(days=-400)):
        with pytest.raises(StorageUnavailable):
            open_for_answers(school, round_.code, "en", now=NOW + leap)
    # The negative control: a clock that is believed does close it, and a closed round is closed by any clock.
    with pytest.raises(RoundClosed):
        open_for_answers(school, round_.code, "en", now=round_.closes_at)
    closed = a_round(school, state="closed")
    with pytest.raises(RoundClosed):
        open_for_answers(school, closed.code, "en", now=NOW + timedelta(days=400))


@pytest.mark.parametrize(("size", "most"), [(10, 11), (25, 28), (26, 29), (100, 110)])
def test_spares_are_rounded_up(size: int, most: int) -> None:
    assert cap(size) == most


def test_a_round_that_closed_meanwhile_takes_nothing(school: School) -> None:
    round_ = a_round(school)
    asked = _asked(school, round_.code)
    with pytest.raises(RoundClosed):
        accept(school, asked, new_form_key(), YES, now=round_.closes_at)
    assert not _envelopes(school)


def test_each_wrong_way_in_is_told_apart(school: School) -> None:
    draft, later, over = (
        a_round(school, state="draft"),
        a_round(school, opens_at=NOW + timedelta(days=1)),
        a_round(school),
    )
    imported = a_round(school, imported=True, state="closed")
    for code in ("NOSUCH", draft.code, imported.code):
        with pytest.raises(RoundUnknown):
            _asked(school, code)
    with pytest.raises(RoundNotOpenYet):
        _asked(school, later.code)
    with pytest.raises(RoundClosed):
        open_for_answers(school, over.code, "en", now=over.closes_at)
    with pytest.raises(LanguageUnknown):
        open_for_answers(school, over.code, "fr", now=NOW)
    with pytest.raises(GroupUnknown):
        open_for_answers(school, over.code, "en", group="ABCD", now=NOW)


def test_a_locked_database_is_told_as_such_and_loses_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = a_round(school)
    asked = _asked(school, round_.code)
    monkeypatch.setattr("feedback.db.patience.BUSY_SECONDS", 0)
    school.engine.dispose()
    with school.engine.begin(), pytest.raises(StorageUnavailable):  # somebody else is writing
        accept(school, asked, new_form_key(), YES, now=NOW)
    assert accept(school, asked, new_form_key(), YES, now=NOW)
