"""A restore that cannot be done changes nothing, and one that is cut off is as if it had never begun."""

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.copies import mend
from feedback.models import Envelope, Round
from feedback.operations.errors import BackupRefused
from feedback.operations.restoring import restore as operation
from feedback.operations.school import School, open_school
from feedback.privacy.backups import Header, seal_backup
from tests.factories import NOW, a_round, drop_envelopes
from tests.feedback.operations.living.test_restore import YES, _back_up, _restore, _rows, _state

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body[:-1], "changed or cut"),
        (lambda body: body[:400] + b"x" + body[401:], "changed or cut"),
        (lambda _body: b"a letter", "no backup of Voicebox"),
    ],
    ids=["cut", "changed", "another file"],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(
    school: School, change: Callable[[bytes], bytes], told: str
) -> None:
    file = _back_up(school)
    round_ = a_round(school)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(BackupRefused, match=told):
        _restore(school, file)
    assert _state(school, round_) == "open"
    assert [path.name for path in (school.settings.instance / "copying").iterdir()] == []


def test_a_backup_under_another_secret_changes_nothing(school: School) -> None:
    file = _back_up(school)
    other = School(replace(school.settings, secret="b" + school.settings.secret), school.engine, school.keystore)
    with pytest.raises(BackupRefused, match="VOICEBOX_SECRET"):
        _restore(other, file)


@pytest.mark.parametrize(
    ("version", "kind", "told"),
    [
        ("0099_from_the_future", None, "a newer Voicebox .its database is 0099_from_the_future"),
        ("0001_first_tables", "oracle", "a backup of oracle"),
    ],
)
def test_a_backup_of_a_newer_version_or_another_database_is_refused_by_name(
    school: School, tmp_path: Path, version: str, kind: str | None, told: str
) -> None:
    header = Header(TODAY, TODAY, kind or school.engine.dialect.name, version)
    with (tmp_path / "x.backup").open("wb") as sealed:
        seal_backup(header, io.BytesIO(b"x"), sealed, secret=school.settings.secret)
    with pytest.raises(BackupRefused, match=told):
        _restore(school, tmp_path / "x.backup")


def test_a_service_that_still_runs_is_told_to_stop_first(school: School) -> None:
    file = _back_up(school)
    serving = open_school(school.settings)
    # As a page does, and then waits for the next one.
    assert _rows(serving, Round) == 0
    with pytest.raises(BackupRefused, match="systemctl stop"):
        _restore(school, file)
    serving.engine.dispose()
    _restore(school, file)
    assert _rows(serving, Round) == 0
    serving.engine.dispose()


def test_a_restore_that_fails_half_way_leaves_the_present_database(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _back_up(school)
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 3)

    def power_cut(_school: School) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(operation, "apply_ledger", power_cut)
    with pytest.raises(KeyboardInterrupt):
        _restore(school, file)
    assert (_rows(school, Envelope), _state(school, round_)) == (3, "open")
    monkeypatch.undo()
    _restore(school, file)
    assert (_rows(school, Envelope), _rows(school, Round)) == (0, 0)
    drop_envelopes(school, a_round(school), YES)


def test_what_a_power_cut_left_beside_the_file_is_cleared_away_and_the_file_is_not(school_in_a_file: School) -> None:
    school = school_in_a_file
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 3)
    school.engine.dispose()
    present = school.settings.instance / "voicebox.db"
    # Cut off while the file had two names, and with half a copy beside it.
    present.with_name("voicebox.db.before").hardlink_to(present)
    shutil.copy(present, present.with_name("voicebox.db.new"))
    mend(school.engine)
    assert (_rows(school, Envelope), _state(school, round_)) == (3, "open")
    assert not list(school.settings.instance.glob("voicebox.db.*"))


def test_after_a_restore_nothing_of_the_database_before_it_is_left(school_in_a_file: School) -> None:
    school = school_in_a_file
    file = _back_up(school)
    a_round(school, title="needle-5c1f")
    school.engine.dispose()
    assert _needles(school) != []
    _restore(school, file)
    school.engine.dispose()
    assert _needles(school) == []


def _needles(school: School) -> list[Path]:
    files = [path for path in school.settings.instance.rglob("*") if path.is_file()]
    return [path for path in files if b"needle-5c1f" in path.read_bytes()]
