"""A private folder for the proof, and a copy of the database in it. Both are overwritten and deleted afterwards."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import text

from feedback.copies import shred
from feedback.db import reading
from feedback.operations.school import School

_PREFIX = "voicebox-proof-"


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """A new folder (mode 0700) in `beside`; scrubbed when the block ends, however it ends.

    What a proof that was killed left behind is scrubbed first; one that is running now is left alone.
    """
    for left in beside.glob(f"{_PREFIX}*"):
        with suppress(OSError), _held(left):
            scrub_folder(left)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside))
    with _held(folder):
        try:
            yield folder
        finally:
            scrub_folder(folder)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Until the block ends, or the process, nobody else holds the folder; OSError where somebody does, or may not."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def copy_database(school: School, folder: Path) -> tuple[bytes, bytes]:
    """Copy database and write-ahead log into the folder as they lie there; their bytes.

    A reader keeps the log from starting over meanwhile, so that the two belong together; writers go on writing.
    """
    file = Path(str(school.engine.url.database))
    log = file.with_name(file.name + "-wal")
    with reading(school.engine) as session:
        session.execute(text("SELECT count(*) FROM sqlite_master")).one()
        for path in (file, log):
            if path.exists():
                shutil.copyfile(path, folder / path.name)
    copied = folder / log.name
    return (folder / file.name).read_bytes(), copied.read_bytes() if copied.exists() else b""


def scrub_folder(folder: Path) -> None:
    """Overwrite every file in the folder, then delete it all. Repeatable."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            shred(path)
    shutil.rmtree(folder, ignore_errors=True)
