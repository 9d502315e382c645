"""R11 and L7: a backup restores whole, and brings back nothing that was counted, withdrawn or purged."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Comment, Envelope, Release, Round, Slip, Tally
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.receipts import withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.answers.slips import print_slips
from feedback.operations.backup import backup
from feedback.operations.doctor import facts
from feedback.operations.finish import finish_round
from feedback.operations.heads import first_broken_entry
from feedback.operations.restoring import restore as operation
from feedback.operations.restoring.restore import Restored, restore
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.privacy.backups import open_backup
from feedback.privacy.keys import KeyGone
from feedback.privacy.receipts import envelope_id, new_form_key
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
YES = {"again": "yes"}


def _back_up(school: School) -> Path:
    return backup(school, today=TODAY, now=NOW, account="console").file


def _restore(school: School, file: Path, today: date = TODAY) -> Restored:
    return restore(school, file, today=today, now=NOW, account="console")


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return len(session.scalars(select(table)).all())


def _state(school: School, round_: Round) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).state


@contextmanager
def _posters(school: School, code: str, slips: list[str], people: int) -> Iterator[list[str]]:
    """That many people who answer with one slip after another, until the block ends; the receipts they were given."""
    asked = open_for_answers(school, code, "en", now=NOW)
    left, receipts, over = list(slips), list[str](), threading.Event()

    def answer() -> None:
        while left and not over.is_set():
            receipts.append(accept(school, asked, new_form_key(), YES, slip=left.pop(), now=NOW).receipt)

    threads = [threading.Thread(target=answer) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield receipts
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_a_backup_under_load_restores_whole(school: School) -> None:
    round_ = a_round(school, slips=True, group_size=900)
    lead = a_staff_member(school, "lead")
    slips = [slip for _sheet in range(3) for slip in print_slips(school, lead, round_.id, 300, now=NOW)]
    with _posters(school, round_.code, slips, people=8) as receipts:
        _wait_for(receipts, 40)
        before = list(receipts)
        file = _back_up(school)
        _wait_for(receipts, len(receipts) + 20)
    assert _rows(school, Envelope) == len(receipts) == _used(school)
    assert _restore(school, file).mended == 0
    kept = _rows(school, Envelope)
    assert len(before) <= kept < len(receipts)
    assert kept == _used(school)
    pepper = school.keystore.pepper(round_.id)
    with Session(school.engine) as session:
        assert {envelope_id(receipt, pepper) for receipt in before} <= set(session.scalars(select(Envelope.id)))
    assert facts.integrity(school) == ["ok"]
    assert first_broken_entry(school) is None


def _wait_for(receipts: list[str], number: int) -> None:
    until = time.monotonic() + 60
    while len(receipts) < number:
        assert time.monotonic() < until
        time.sleep(0.01)


def _used(school: School) -> int:
    with Session(school.engine) as session:
        return len(session.scalars(select(Slip).where(Slip.used)).all())


def test_a_backup_from_before_the_count_brings_no_envelope_back(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 10)
    file = _back_up(school)
    _count(school, round_)
    assert _restore(school, file).mended == 1
    assert (_rows(school, Envelope), _rows(school, Slip), _state(school, round_)) == (0, 0, "destroyed")


def test_without_the_ledger_the_same_backup_would_bring_them_back(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 10)
    file = _back_up(school)
    _count(school, round_)
    monkeypatch.setattr(operation, "apply_ledger", lambda _school: 0)
    _restore(school, file)
    assert (_rows(school, Envelope), _state(school, round_)) == (10, "open")


def test_yesterdays_backup_and_todays_keystore_read_no_counted_envelope(school: School, tmp_path: Path) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 10)
    file = _back_up(school)
    assert school.keystore.has_box_key(round_.id)
    _count(school, round_)
    with file.open("rb") as sealed, (tmp_path / "copy").open("wb") as copy:
        open_backup(sealed, copy, secret=school.settings.secret)
    with pytest.raises(KeyGone):
        school.keystore.box_key(round_.id)


def test_a_backup_from_before_a_purge_brings_nothing_back(school: School) -> None:
    a_counted_round(school, *[{"wish": "Soup"}] * 12, instrument=a_family_instrument())
    with Session(school.engine) as session:
        needle = session.scalars(select(Comment.sealed)).all()[0][:64]
    file = _back_up(school)
    later = TODAY + timedelta(days=1095)
    purge(school, today=later, now=NOW)
    assert _restore(school, file, later).mended == 2
    assert [_rows(school, table) for table in (Comment, Tally, Release)] == [0, 0, 0]
    files = [path for path in school.settings.instance.rglob("*") if path.is_file()]
    assert not [path for path in files if needle in path.read_bytes()]


def test_a_backup_from_before_a_withdrawal_leaves_the_envelope_out(school: School) -> None:
    round_ = a_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    receipt = accept(school, asked, new_form_key(), YES, now=NOW).receipt
    file = _back_up(school)
    withdraw(school, round_.code, receipt, now=NOW)
    assert _restore(school, file).mended == 1
    with Session(school.engine) as session:
        assert session.scalars(select(Envelope.sealed)).all() == [b""]


def test_what_has_become_due_since_the_backup_is_deleted_before_anybody_is_served(school: School) -> None:
    a_counted_round(school, *[{"wish": "Soup"}] * 12, instrument=a_family_instrument(), keep_comments_days=10)
    file = _back_up(school)
    assert _restore(school, file, TODAY + timedelta(days=10)).purged == 1
    assert (_rows(school, Comment), _rows(school, Tally) > 0) == (0, True)


def test_rounds_whose_keys_died_with_the_disk_are_named(school: School) -> None:
    round_ = a_round(school, title="Class 2B")
    a_round(school, title="Class 2C")
    file = _back_up(school)
    school.keystore.destroy_round_keys(round_.id)
    assert _restore(school, file).without_keys == ("Class 2B",)


def test_the_restore_itself_is_recorded_with_counts_only(school: School) -> None:
    file = _back_up(school)
    _restore(school, file)
    with Session(school.engine) as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "restored"))
    facts = {"made_on": "2026-11-23", "mended": 0, "purged": 0, "alone": "nobody could agree"}
    assert (entry.account, entry.facts) == ("console", facts)


def _count(school: School, round_: Round) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=TODAY)
