"""Copies of a SQLite file."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine

from feedback.copies.files import CopyImpossible, InUse, make_private, shred, sync
from feedback.db import connect, scrub

#: Milliseconds that somebody who is just leaving is waited for.
_WAITS = 2000


def write_copy(engine: Engine, file: Path) -> None:
    """`VACUUM INTO`: as of one moment, in the order of keys and not of arrival, without free pages or a log."""
    make_private(file)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(file),))
    finally:
        raw.close()


def refuse_in_use(engine: Engine) -> None:
    """InUse while anybody else is connected."""
    with _alone_with(engine):
        pass


def mend(engine: Engine) -> None:
    """Clear away what a restore that was cut off has left beside the file, which is whole at every moment."""
    if any(path.exists() for path in _beside(engine)):
        with _alone_with(engine):
            _clear(engine)


@contextmanager
def replacing(engine: Engine, file: Path) -> Iterator[Engine]:
    """The copy is prepared beside the present file, and takes its name in one step."""
    present = _file_of(engine)
    new, before = _beside(engine)
    with _alone_with(engine):
        _clear(engine)
        _write_beside(file, present, new)
        try:
            on_the_copy = connect(URL.create("sqlite", database=str(new)).render_as_string())
            try:
                yield on_the_copy
                scrub(on_the_copy)
            finally:
                on_the_copy.dispose()
            sync(new)
            if present.exists():
                # A second name, so that there is a file under the first at every moment.
                before.hardlink_to(present)
            new.replace(present)
            sync(present.parent)
        except BaseException:
            _shred_all(new)
            _forget(before, present)
            raise
    shred(before)


@contextmanager
def beside(_engine: Engine, file: Path) -> Iterator[Engine]:
    """An engine on the copy, which is shredded at the end."""
    on_the_copy = connect(URL.create("sqlite", database=str(file)).render_as_string())
    try:
        yield on_the_copy
    finally:
        on_the_copy.dispose()
        _shred_all(file)


def _write_beside(file: Path, present: Path, new: Path) -> None:
    make_private(new)
    with file.open("rb") as source, new.open("wb") as target:
        shutil.copyfileobj(source, target)
    if present.exists():
        # The service's own user must be able to use it, also where root restores.
        kept = present.stat()
        os.chown(new, kept.st_uid, kept.st_gid)
        new.chmod(kept.st_mode & 0o777)
    with closing(sqlite3.connect(new)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            shred(new)
            raise CopyImpossible("The copy of the database is damaged.")


@contextmanager
def _alone_with(engine: Engine) -> Iterator[None]:
    """Nobody else has the file open in this block. Leaving write-ahead logging needs exactly that, hence the way."""
    engine.dispose()
    present = _file_of(engine)
    if not present.exists():
        yield
        return
    with closing(sqlite3.connect(present, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA busy_timeout={_WAITS}")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as locked:
            raise InUse from locked
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


def _beside(engine: Engine) -> tuple[Path, Path]:
    present = _file_of(engine)
    return present.with_name(f"{present.name}.new"), present.with_name(f"{present.name}.before")


def _clear(engine: Engine) -> None:
    new, before = _beside(engine)
    _shred_all(new)
    _forget(before, _file_of(engine))


def _forget(before: Path, present: Path) -> None:
    if before.exists() and present.exists() and before.samefile(present):
        # Cut off before the copy took its place: both names are the file that still counts.
        before.unlink()
    shred(before)


def _file_of(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _shred_all(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        shred(path.with_name(name))
