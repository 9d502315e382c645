"""What goes wrong at night is told of once and holds up nothing else; and a backup's size tells little."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from feedback.copies import pad, unpad
from feedback.db import NotScrubbed
from feedback.models import Chore
from feedback.operations import backup as operation
from feedback.operations.answers import shake as shaking
from feedback.operations.backup import backup, backups_in, remove_expired
from feedback.operations.errors import BackupRefused
from feedback.operations.finish import catch_up
from feedback.operations.school import School
from tests.factories import NOW, a_round, drop_envelopes

TODAY = NOW.date()
_MIB = 1024**2


def _catch_up(school: School, today: date = TODAY) -> list[str]:
    said: list[str] = []
    catch_up(school, now=NOW, today=today, run=lambda *_command: True, said=said.append)
    return said


def _chores(school: School) -> set[str]:
    with Session(school.engine) as session:
        return set(session.scalars(select(Chore.name)))


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (OperationalError("SELECT 'needle'", {}, Exception("needle")), "OperationalError"),
    ],
    ids=["disk", "database"],
)
def test_a_backup_that_fails_is_told_of_once_a_day_and_shakes_no_box_every_minute(
    school: School, monkeypatch: pytest.MonkeyPatch, failure: Exception, told: str
) -> None:
    shakes: list[School] = []

    def shake(shaken: School, **_now: object) -> None:
        shakes.append(shaken)

    monkeypatch.setattr(operation, "shake", shake)

    def fail(*_arguments: object) -> None:
        raise failure

    monkeypatch.setattr(operation, "_seal", fail)
    said = [line for _minute in range(3) for line in _catch_up(school)]
    assert (len(said), len(shakes)) == (1, 1)
    assert (told in said[0], "needle" in said[0]) == (True, False)
    assert list(school.settings.backup_folder.iterdir()) == []


def test_a_failure_that_is_no_refusal_is_tried_again(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    # The negative control: what is not turned into a refusal would stop the worker's other chores every minute.
    def fail(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(operation, "_seal", fail)
    for _minute in range(2):
        with pytest.raises(RuntimeError):
            _catch_up(school)
    assert "backup" not in _chores(school)


def test_a_copy_that_the_database_refuses_is_a_refusal(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise school.engine.dialect.loaded_dbapi.Error("needle")

    monkeypatch.setattr(f"feedback.copies.{school.engine.dialect.name}.write_copy", fail)
    with pytest.raises(BackupRefused, match=r"could not be copied \(Error\)"):
        backup(school, today=TODAY, now=NOW, account="console")


def test_somebody_who_keeps_reading_holds_up_neither_purge_nor_backup(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise NotScrubbed

    monkeypatch.setattr(shaking, "scrub", refuse)
    (said,) = _catch_up(school)
    assert "somebody keeps reading" in said
    assert len(backups_in(school.settings.backup_folder)) == 1
    assert {"purge", "backup"} <= _chores(school)
    # Not noted as done, so that the next minute scrubs.
    assert "shake" not in _chores(school)
    monkeypatch.undo()
    assert _catch_up(school) == []
    assert "shake" in _chores(school)


def test_an_old_backup_that_cannot_be_removed_makes_no_new_one_refused(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup(school, today=TODAY, now=NOW, account="console")
    over = date(TODAY.year + 1, 1, 1)

    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    assert remove_expired(school, made.file.parent, today=over) == 0
    monkeypatch.undo()
    assert remove_expired(school, made.file.parent, today=over) == 1


def test_the_size_of_a_backup_tells_no_number_of_envelopes(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 2)
    few = _size(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 23)
    assert _size(school) == few
    monkeypatch.setattr(operation, "pad", lambda _copy: None)
    assert _size(school) != few


def _size(school: School) -> int:
    return backup(school, today=TODAY, now=NOW, account="console").file.stat().st_size


@pytest.mark.parametrize("size", [0, 1, _MIB - 17, _MIB - 16, _MIB - 15, _MIB, 3 * _MIB + 5])
def test_a_padded_copy_is_whole_again_afterwards(tmp_path: Path, size: int) -> None:
    copy, body = tmp_path / "copy", bytes(range(251)) * (size // 251 + 1)
    copy.write_bytes(body[:size])
    pad(copy)
    assert copy.stat().st_size % _MIB == 0
    unpad(copy)
    assert copy.read_bytes() == body[:size]


@pytest.mark.parametrize("body", [b"", b"x", b"a copy that was never padded"])
def test_a_copy_that_was_never_padded_stays_as_it_is(tmp_path: Path, body: bytes) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(body)
    unpad(copy)
    assert copy.read_bytes() == body
