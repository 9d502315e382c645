"""Backups: a copy of the database as of one moment, sealed, dated, and removed when its days are over.

Box keys, peppers and data keys are never in it: they lie in the keystore, of which there is no copy. So a backup opens
no box and reads no comment by itself, and what the keystore forgets stays forgotten in every backup.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from feedback.copies import CopyImpossible, pad, refuse_without_means, shred, sync, write_copy
from feedback.db import NotScrubbed, writing
from feedback.migrations import is_current, version_of
from feedback.operations.answers.shake import shake
from feedback.operations.clock import believes
from feedback.operations.errors import BackupRefused
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.backups import BackupBroken, Header, read_header, seal_backup

_NAME = re.compile(r"voicebox-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]+\.backup")
_PART = ".part"
#: Bytes that must stay free beside the copy and its sealed twin, so that no answer is refused for want of room.
_SPARE = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in its folder. `header` is None where it cannot be read."""

    file: Path
    header: Header | None


def backup(school: School, *, today: date, now: datetime, account: str, to: Path | None = None) -> Kept:
    """Shake every box, then put a sealed copy into the folder; backups there whose days are over are removed.

    BackupRefused where there is no room, a program is missing, or disk or database fail; nothing is left of it then.
    """
    if not is_current(school.engine):
        raise BackupRefused("The database is of another version. Run `voicebox upgrade`, which backs it up first.")
    folder = to or school.settings.backup_folder
    _refuse_without_room(school, folder)
    # While people keep answering, the file may not be scrubbed; the copy holds nothing that was deleted all the same.
    with suppress(NotScrubbed):
        shake(school, now=now)
    made = write_backup(school, folder, today=today)
    # A clock that leapt must not take every backup with it.
    removed = remove_expired(school, folder, today=today) if believes(school, today=today) else 0
    with writing(school.engine) as session:
        record(session, now, account, "backup_made", made.file.name, removed=removed)
    return made


def write_backup(school: School, folder: Path, *, today: date) -> Kept:
    """A sealed copy of the database as it is, of whatever version, a whole number of MiB long. BackupRefused."""
    _refuse_without_room(school, folder)
    with _refusing(), work_folder(school) as place:
        header = Header(
            made_on=today,
            expires_on=today + timedelta(days=school.settings.keep_backups_days),
            kind=school.engine.dialect.name,
            version=version_of(school.engine) or "",
        )
        copy = place / "copy"
        write_copy(school.engine, copy)
        pad(copy)
        file = _new_name(folder, today)
        part = file.with_name(file.name + _PART)
        try:
            _seal(header, copy, part, school.settings.secret)
            part.rename(file)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync(folder)
    return Kept(file, header)


def backups_in(folder: Path) -> list[Kept]:
    """The backups in a folder, oldest first; other files are not looked at."""
    files = [path for path in folder.glob("voicebox-*") if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    kept = [Kept(file, _header(file)) for file in files]
    return sorted(kept, key=lambda one: (one.header.made_on if one.header else date.min, one.file.name))


def is_over(school: School, kept: Kept, *, today: date) -> bool:
    """Whether a backup's days are over; also those of one made while they were more."""
    if kept.header is None:
        return False
    days = timedelta(days=school.settings.keep_backups_days)
    return today > min(kept.header.expires_on, kept.header.made_on + days)


def remove_expired(school: School, folder: Path, *, today: date) -> int:
    """Remove the backups whose days are over; how many."""
    removed = 0
    for kept in backups_in(folder):
        # One that cannot be removed must not make today's backup look refused; the doctor and the proof tell of it.
        with suppress(OSError):
            if is_over(school, kept, today=today):
                kept.file.unlink()
                removed += 1
    return removed


@contextmanager
def work_folder(school: School, name: str = "copying") -> Iterator[Path]:
    """A folder beside the database where a copy may lie open for a moment; for us alone, and emptied afterwards.

    Whoever needs one inside another's block gives it another name: they wait for each other.
    """
    place = school.settings.instance / name
    place.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(place, os.O_RDONLY)
    try:
        # Locked until the descriptor is closed: what lies here then is left from a power cut, and nobody's.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _empty(place)
        yield place
        _empty(place)
    finally:
        _empty(place)
        os.close(descriptor)


def _refuse_without_room(school: School, folder: Path) -> None:
    with _refusing():
        refuse_without_means(school.engine)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = Path(school.engine.url.database or "") if school.engine.dialect.name == "sqlite" else None
        size = database.stat().st_size if database and database.exists() else 0
        room = {place: shutil.disk_usage(place).free for place in (folder, school.settings.instance)}
    for place, free in room.items():
        if free < 3 * size + _SPARE:
            raise BackupRefused(f"Only {free // 1024**2} MB are free in {place}. Make room, or use --to FOLDER.")


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever disk or database fail with is a refusal: it is told of once a day, and not tried again every minute."""
    try:
        yield
    except (CopyImpossible, OSError) as impossible:
        raise BackupRefused(str(impossible)) from impossible
    except DBAPIError as failed:
        # The kind only: the text of an error can hold what somebody typed.
        raise BackupRefused(f"The database answered {type(failed).__name__}.") from failed


def _seal(header: Header, copy: Path, part: Path, secret: str) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with copy.open("rb") as source, os.fdopen(descriptor, "wb") as target:
        seal_backup(header, source, target, secret=secret)
        target.flush()
        os.fsync(target.fileno())


def _new_name(folder: Path, today: date) -> Path:
    number = 1
    while (file := folder / f"voicebox-{today}-{number}.backup").exists():
        number += 1
    return file


def _header(file: Path) -> Header | None:
    try:
        with file.open("rb") as opened:
            return read_header(opened)
    except (BackupBroken, OSError):
        return None


def _empty(place: Path) -> None:
    for path in place.iterdir():
        shred(path)
