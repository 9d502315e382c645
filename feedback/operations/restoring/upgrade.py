"""Bringing an installation to this version of Voicebox, or leaving it exactly as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from feedback import migrations
from feedback.copies import InUse, mend, refuse_in_use
from feedback.db import writing
from feedback.operations.backup import write_backup
from feedback.operations.errors import BackupRefused, UpgradeFailed, UpgradeStuck
from feedback.operations.record import record
from feedback.operations.restoring.restore import STOP_FIRST, in_place
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import School

#: What is wrong with the installation, as codes; `operations.doctor` knows.
FindWrong = Callable[[School], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which version to which; `backup` is what was made before, None where nothing had to be done."""

    before: str
    after: str
    backup: Path | None
    mended: int


def upgrade(school: School, *, today: date, now: datetime, account: str, find_wrong: FindWrong) -> Upgraded:
    """Back up, migrate, look for what is wrong; UpgradeFailed, and everything as before, where something newly is.

    UpgradeStuck where it cannot be made as before, as when somebody has opened the database meanwhile.
    """
    _alone(school, mend)
    before = migrations.version_of(school.engine) or ""
    if migrations.is_current(school.engine):
        return Upgraded(before, before, None, apply_ledger(school))
    if before and not migrations.is_known(before):
        raise UpgradeFailed(f"The database is of a newer Voicebox ({before}). Install that version.", restored=False)
    if not before:
        migrations.upgrade(school.engine)
        return Upgraded(before, migrations.version_of(school.engine) or "", None, apply_ledger(school))
    _alone(school, refuse_in_use)
    wrong_before = find_wrong(school)
    backup = write_backup(school, school.settings.backup_folder, today=today).file
    try:
        migrations.upgrade(school.engine)
        if wrong := find_wrong(school) - wrong_before:
            raise UpgradeFailed("After it, this was wrong: " + ", ".join(sorted(wrong)), restored=True)
        # Last, for it brings the keystore up to date too, which the version before could not read any more.
        mended = apply_ledger(school)
        after = migrations.version_of(school.engine) or ""
        with writing(school.engine) as session:
            record(session, now, account, "upgraded", backup.name, before=before, after=after)
    except Exception as failed:
        _put_back(school, backup, failed)
        raise _told(failed) from failed
    return Upgraded(before, after, backup, mended)


def _put_back(school: School, backup: Path, failed: Exception) -> None:
    try:
        with in_place(school, backup):
            # As it was: nothing is mended in it.
            pass
    except Exception as stuck:
        why = str(stuck) if isinstance(stuck, BackupRefused) else f"({type(stuck).__name__})"
        raise UpgradeStuck(
            f"{_told(failed)}\nThe database may be changed, for the backup from before could not be put back. {why}\n"
            f"Nothing is lost: the backup is {backup}. Stop the service, then run: voicebox restore {backup}"
        ) from stuck


def _alone(school: School, do: Callable[[Engine], None]) -> None:
    try:
        do(school.engine)
    except InUse as used:
        raise BackupRefused(STOP_FIRST) from used


def _told(failed: Exception) -> UpgradeFailed:
    if isinstance(failed, UpgradeFailed):
        return failed
    # The kind only: the text of an error can hold what somebody typed.
    return UpgradeFailed(f"The database could not be brought to this version ({type(failed).__name__}).", restored=True)
