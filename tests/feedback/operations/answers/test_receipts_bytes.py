"""Nothing is left in any file of what a receipt took out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import NotScrubbed, patience, reading, scrub
from feedback.models import Chore, Envelope, Round
from feedback.operations.answers import receipts
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.receipts import State, clean_after_withdrawals, look, withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.clock import believes
from feedback.operations.finish import catch_up
from feedback.operations.school import School
from feedback.privacy.receipts import envelope_id, new_form_key
from tests.disk import bytes_of
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes

#: An answer that fills an envelope of 1 KiB, and one of 16 KiB, which SQLite keeps on pages of its own.
SHORT, LONG = "w" * 100, "w" * 6000


def _sent(school: School, round_: Round, **answers: str) -> str:
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    return accept(school, asked, new_form_key(), answers or {"again": "yes"}, now=NOW).receipt


def _withdraw(school: School, round_: Round, typed: str) -> None:
    withdraw(school, round_.code, typed, now=NOW)


def _sealed(school: School, round_: Round, receipt: str) -> bytes:
    id_ = envelope_id(receipt, school.keystore.pepper(round_.id))
    with Session(school.engine) as session:
        return session.get_one(Envelope, (round_.id, id_)).sealed


def _copies(school: School, needle: bytes) -> int:
    """How many places of any file of the installation hold a piece of these bytes, early or late in them."""
    files = [path.read_bytes() for path in school.settings.instance.rglob("*") if path.is_file()]
    kept = b"\0".join(files if school.engine.dialect.name == "sqlite" else [bytes_of(school), *files])
    return kept.count(needle[100:164]) + kept.count(needle[-164:-100])


@pytest.mark.parametrize(("wish", "size"), [(SHORT, 1024), (LONG, 16384)])
def test_the_bytes_of_what_was_taken_out_are_in_no_file(school: School, wish: str, size: int) -> None:
    form = a_family_instrument()
    round_ = a_round(school, form, k=10, group_size=200)
    receipt = _sent(school, round_, wish=wish)
    drop_envelopes(school, round_, *[{"wish": each} for each in (SHORT, LONG) * 10])
    sealed = _sealed(school, round_, receipt)
    assert len(sealed) == size
    _withdraw(school, round_, receipt)
    # The negative control: until the worker has cleaned up, the write-ahead log has them.
    assert _copies(school, sealed) > 0
    assert clean_after_withdrawals(school)
    assert _copies(school, sealed) == 0


def test_no_request_rewrites_the_file_and_the_worker_does_it_once_for_all(school: School) -> None:
    round_ = a_round(school)
    with patch.object(receipts, "scrub", wraps=scrub) as scrubbed:
        for _ in range(5):
            _withdraw(school, round_, _sent(school, round_))
        assert scrubbed.call_count == 0
        for _ in range(2):
            assert clean_after_withdrawals(school)
        assert scrubbed.call_count == 1


def test_a_clock_that_leaps_holds_no_cleaning_up(school: School) -> None:
    round_ = a_round(school)
    assert believes(school, today=NOW.date())
    receipt = _sent(school, round_)
    sealed = _sealed(school, round_, receipt)
    _withdraw(school, round_, receipt)
    later = NOW + timedelta(days=400)
    with patch("feedback.operations.finish.shake"):
        catch_up(school, now=later, today=later.date(), run=lambda *_: True, said=lambda _: None)
    assert _copies(school, sealed) == 0


@contextmanager
def _somebody_reads(school: School) -> Iterator[None]:
    with reading(school.engine) as session:
        session.scalars(select(Round)).all()
        yield


def test_a_reader_in_the_way_only_puts_the_cleaning_off(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BUSY_SECONDS", 0)
    school.engine.dispose()
    round_ = a_round(school)
    receipt = _sent(school, round_)
    sealed = _sealed(school, round_, receipt)
    with _somebody_reads(school):
        _withdraw(school, round_, receipt)
        assert look(school, round_.code, receipt, now=NOW).state == State.WITHDRAWN
        assert not clean_after_withdrawals(school)
        with pytest.raises(NotScrubbed):
            scrub(school.engine, tries=1)
    with Session(school.engine) as session:
        assert len(session.scalars(select(Chore).where(Chore.name.startswith("unclean"))).all()) == 1
    assert clean_after_withdrawals(school)
    assert _copies(school, sealed) == 0
    with Session(school.engine) as session:
        assert not session.scalars(select(Chore).where(Chore.name.startswith("unclean"))).all()
