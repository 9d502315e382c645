"""What copies on either database share: what can go wrong, and files that leave nothing behind."""

import os
from pathlib import Path

_AT_ONCE = 1024 * 1024


class CopyImpossible(Exception):
    """The copy could not be made or put back. The text says what to do, and holds nothing of the database."""


class InUse(Exception):
    """Somebody else is connected to the database."""


def shred(path: Path) -> None:
    """Overwrite a file that is not needed any more, then remove it; does nothing where there is none.

    Overwriting does not reach every copy on a solid-state disk; it costs little and helps on the others.
    """
    if not path.exists():
        return
    with path.open("r+b") as file:
        for _ in range(0, path.stat().st_size, _AT_ONCE):
            file.write(bytes(_AT_ONCE))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def make_private(path: Path) -> None:
    """A new, empty file that only its owner can read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
