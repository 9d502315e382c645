"""A backup is whole, sealed, dated, holds no key, and is gone when its days are over."""

import io
import shutil
import stat
from collections import namedtuple
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.migrations import downgrade
from feedback.models import AuditEntry, Chore
from feedback.operations import backup as operation
from feedback.operations.backup import Kept, backup, backups_in
from feedback.operations.errors import BackupRefused
from feedback.operations.finish import catch_up
from feedback.operations.school import School
from feedback.privacy.backups import open_backup
from tests.factories import NOW, a_round, drop_envelopes

TODAY = NOW.date()
NEEDLE = "needle-5c1f-in-a-title"


def _back_up(school: School, today: date = TODAY, to: Path | None = None) -> Kept:
    return backup(school, today=today, now=NOW, account="console", to=to)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file_that_only_its_owner_can_read(school: School) -> None:
    a_round(school, title=NEEDLE)
    first, second = _back_up(school), _back_up(school)
    folder = school.settings.backup_folder
    assert _names(folder) == ["voicebox-2026-11-23-1.backup", "voicebox-2026-11-23-2.backup"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, first.file, second.file)] == [0o700, 0o600, 0o600]
    assert NEEDLE.encode() not in first.file.read_bytes()
    assert _names(school.settings.instance / "copying") == []


def test_a_backup_holds_nothing_of_the_keystore(school: School) -> None:
    round_ = a_round(school)
    copy = io.BytesIO()
    with _back_up(school).file.open("rb") as sealed:
        open_backup(sealed, copy, secret=school.settings.secret)
    assert round_.id.encode() in copy.getvalue()
    keys = [path.read_bytes() for path in (school.settings.keystore / "rounds" / round_.id).iterdir()]
    assert len(keys) == 4
    assert not [key for key in keys if key in copy.getvalue()]


def test_boxes_are_shaken_first_and_the_deed_is_recorded(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    _back_up(school)
    with Session(school.engine) as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "backup_made"))
        assert (entry.account, entry.facts) == ("console", {"removed": 0})
        assert session.get_one(type(round_), round_.id).enough


@pytest.mark.parametrize(("days_later", "left"), [(14, 2), (15, 1)])
def test_backups_go_when_their_days_are_over(school: School, days_later: int, left: int) -> None:
    _back_up(school)
    _back_up(school, TODAY + timedelta(days=days_later))
    assert len(backups_in(school.settings.backup_folder)) == left


def test_fewer_days_hold_for_backups_that_were_made_before(school: School) -> None:
    _back_up(school)
    hasty = School(replace(school.settings, keep_backups_days=2), school.engine, school.keystore)
    _back_up(hasty, TODAY + timedelta(days=3))
    assert _names(school.settings.backup_folder) == ["voicebox-2026-11-26-1.backup"]


def test_a_clock_that_leapt_takes_no_backup_with_it(school: School) -> None:
    _catch_up(school, TODAY)
    _back_up(school, TODAY + timedelta(days=400))
    assert len(backups_in(school.settings.backup_folder)) == 2


def test_what_lies_beside_backups_is_left_alone(school: School, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    for name in ("voicebox-notes.txt", "voicebox-2020-01-01-1.backup", "holiday.jpg"):
        (usb / name).write_text("not a backup", encoding="utf-8")
    made = _back_up(school, to=usb)
    assert made.file.parent == usb
    assert len(_names(usb)) == 4
    assert [kept.header is None for kept in backups_in(usb)] == [True, False]


def test_without_room_nothing_is_begun(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(1, 1, 50 * 1024**2))
    with pytest.raises(BackupRefused, match="Only 50 MB are free"):
        _back_up(school)
    assert backups_in(school.settings.backup_folder) == []


def test_a_backup_that_is_cut_off_leaves_nothing_half_and_nothing_open(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(operation, "_seal", power_cut)
    with pytest.raises(KeyboardInterrupt):
        _back_up(school)
    assert _names(school.settings.backup_folder) == []
    assert _names(school.settings.instance / "copying") == []
    (school.settings.instance / "copying" / "copy").write_bytes(b"left from a real power cut")
    monkeypatch.undo()
    _back_up(school)
    assert _names(school.settings.instance / "copying") == []


def test_a_database_of_another_version_is_told_how_to_be_backed_up(school: School) -> None:
    downgrade(school.engine, "0001")
    with pytest.raises(BackupRefused, match="voicebox upgrade"):
        _back_up(school)


def test_there_is_a_backup_every_day_and_one_that_is_refused_is_told_of_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _catch_up(school, TODAY) == []
    assert _catch_up(school, TODAY) == []
    assert _names(school.settings.backup_folder) == ["voicebox-2026-11-23-1.backup"]
    monkeypatch.setattr(operation, "_SPARE", 1024**5)
    tomorrow = TODAY + timedelta(days=1)
    (said,) = _catch_up(school, tomorrow)
    assert "there is no backup of 2026-11-24: Only" in said
    assert _catch_up(school, tomorrow) == []
    with Session(school.engine) as session:
        assert session.get_one(Chore, "purge").done_on == tomorrow


def _catch_up(school: School, today: date) -> list[str]:
    said: list[str] = []
    catch_up(school, now=NOW, today=today, run=lambda *_command: True, said=said.append)
    return said
