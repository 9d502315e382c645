"""A backup of PostgreSQL holds rows as they lie there; its places must not pair slips with envelopes."""

import random
from pathlib import Path

import pytest
from sqlalchemy import text

from feedback.copies import is_half_restored, postgresql, snapshot
from feedback.db import reading
from feedback.migrations import downgrade
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.slips import print_slips
from feedback.operations.backup import backup, write_backup
from feedback.operations.restoring.restore import in_place, restore
from feedback.operations.school import School
from feedback.privacy.receipts import envelope_id, new_form_key
from feedback.privacy.slips import tag
from tests.factories import NOW, a_round, a_staff_member

#: The people of the class. By chance one of them is paired, nine of them once in a million backups.
_PEOPLE, _MOST = 12, 8
_YES = {"again": "yes"}


@pytest.fixture
def pairs(school: School) -> dict[str, str]:
    """A class has answered, one after another: whose slip let in which envelope, as only this test knows."""
    round_ = a_round(school, slips=True, group_size=_PEOPLE, code="RABC12")
    hat = print_slips(school, a_staff_member(school, "lead"), round_.id, _PEOPLE, now=NOW)
    asked, pepper = open_for_answers(school, round_.code, "en", now=NOW), school.keystore.pepper(round_.id)
    receipts = [
        (slip, accept(school, asked, new_form_key(), _YES, slip=slip, now=NOW).receipt)
        for slip in random.sample(hat, _PEOPLE)
    ]
    return {tag(slip, None, pepper): envelope_id(receipt, pepper) for slip, receipt in receipts}


def _paired(school: School, truth: dict[str, str]) -> int:
    """How many pairs are right if the first slip is laid beside the first envelope, and so on."""
    with reading(school.engine) as session:
        slips = session.execute(text("SELECT tag FROM slip WHERE used ORDER BY ctid")).scalars().all()
        envelopes = session.execute(text("SELECT id FROM envelope ORDER BY ctid")).scalars().all()
    assert (set(slips), set(envelopes)) == (set(truth), set(truth.values()))
    return sum(truth[slip] == envelope for slip, envelope in zip(slips, envelopes, strict=True))


def _paired_in(school: School, file: Path, truth: dict[str, str]) -> int:
    with in_place(school, file) as (there, _header):
        return _paired(there, truth)


def _write(school: School) -> Path:
    # As an upgrade does, which cannot shake: the tables are of another version.
    return write_backup(school, school.settings.backup_folder, today=NOW.date()).file


def test_a_backup_pairs_no_slip_with_its_envelope(school: School, pairs: dict[str, str]) -> None:
    assert _paired_in(school, _write(school), pairs) <= _MOST


def test_copied_as_the_rows_lie_it_pairs_them_all_until_it_is_restored(
    school: School, pairs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_ARRIVING", ())
    file = _write(school)
    assert _paired_in(school, file, pairs) == _PEOPLE
    restore(school, file, today=NOW.date(), now=NOW, account="console")
    assert _paired(school, pairs) <= _MOST


def test_tables_of_an_earlier_version_are_copied_too(school: School) -> None:
    downgrade(school.engine, "0001")
    assert _write(school).exists()


def test_who_answers_while_the_copy_is_made_does_not_wait(school: School) -> None:
    round_ = a_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    with snapshot.shaken_snapshot(school.engine):
        assert accept(school, asked, new_form_key(), _YES, now=NOW)


def test_whether_a_restore_was_cut_off_can_be_asked(school: School) -> None:
    backup(school, today=NOW.date(), now=NOW, account="console")
    assert not is_half_restored(school.engine)
    with school.engine.begin() as connection:
        postgresql._put_aside(connection)
    assert is_half_restored(school.engine)
    postgresql.mend(school.engine)
    assert not is_half_restored(school.engine)
