"""Files of the keystore: synced before they count as written, and for nobody else on the machine.

By default one user runs everything: folders are 0700 and files 0600. Where pages and worker run as two users, the
installer makes the keystore's folder the worker's and sets its set-group-ID bit; then what is in it is for their
common group too (2770, 0660), except what is private, which is the worker's alone.
"""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_OLD, _NEW = ".old", ".new"


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """How files are made, replaced and destroyed below `root`, the keystore's folder."""

    root: Path

    @property
    def is_shared(self) -> bool:
        """Whether two users, pages and worker, share this keystore."""
        return self.root.exists() and bool(self.root.stat().st_mode & stat.S_ISGID)

    @property
    def is_ours(self) -> bool:
        """Whether this process may make what is private: it is the folder's owner (the worker), or root."""
        return not self.root.exists() or os.geteuid() in (0, self.root.stat().st_uid)

    def make_folder(self, folder: Path, *, private: bool = False) -> None:
        """The folder and those above it. Does nothing where it exists."""
        if folder.exists():
            return
        if folder != self.root:
            self.make_folder(folder.parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            self._settle(descriptor, 0o700 if private or not self.is_shared else 0o2770)
        finally:
            os.close(descriptor)
        _sync(folder.parent)

    def read(self, path: Path) -> bytes:
        """The file's body, never one that is being overwritten. FileNotFoundError or PermissionError."""
        if not self.root.exists():
            raise FileNotFoundError(path)
        with self.locked(shared=True):
            return path.read_bytes()

    def write(self, path: Path, body: bytes, *, private: bool = False) -> None:
        """A file with this body, synced, its folder too."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self._settle(descriptor, self._mode(private))
            _write_all(descriptor, body)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _sync(path.parent)

    def append(self, path: Path, body: bytes) -> None:
        """These bytes after the file's own, in one write, synced."""
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            self._settle(descriptor, self._mode(private=False))
            _write_all(descriptor, body)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _sync(path.parent)

    def replace(self, path: Path, body: bytes, *, private: bool = False) -> None:
        """The new body in place of the old one, at once, and the old one overwritten; `mend` ends what was cut off.

        To be called inside `locked`: whoever opened the old file without a lock would read what overwrites it.
        """
        self.mend(path)
        old, new = _beside(path, _OLD), _beside(path, _NEW)
        self.write(new, body, private=private)
        if path.exists():
            # A second name keeps the old body within reach until it is overwritten, and readers always find a file.
            old.hardlink_to(path)
        new.replace(path)
        _sync(path.parent)
        self.destroy(old)

    def mend(self, path: Path) -> None:
        """Clear away what a replacement that was cut off has left beside the file."""
        old = _beside(path, _OLD)
        if old.exists() and path.exists() and old.samefile(path):
            # Cut off before the new file took its place: both names are the one body that still counts.
            old.unlink()
        self.destroy(old)
        self.destroy(_beside(path, _NEW))

    def destroy(self, path: Path) -> None:
        """Overwrite and delete the file, and sync the folder, so that no power cut brings it back. Repeatable."""
        if not path.exists():
            return
        # Overwriting does not reach every copy on a solid-state disk; it costs nothing and helps on the others.
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)

    @contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """Until the block ends no other process is in such a block; `shared` ones, which only read, let each other in.

        Not to be nested: the inner one would wait for the outer one for ever.
        """
        self.make_folder(self.root)
        descriptor = os.open(self.root / "lock", (os.O_RDONLY if shared else os.O_RDWR) | os.O_CREAT, 0o600)
        try:
            self._settle(descriptor, self._mode(private=False))
            fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _mode(self, private: bool) -> int:
        return 0o600 if private or not self.is_shared else 0o660

    def _settle(self, descriptor: int, mode: int) -> None:
        """Give what this process made its mode, whatever the umask, and its owner."""
        made_by, we = os.fstat(descriptor).st_uid, os.geteuid()
        if made_by != we:
            return
        owner = self.root.stat()
        if we == 0 and owner.st_uid != 0:
            # A command run as root must not lock the service out of its own keystore.
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        os.fchmod(descriptor, mode)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _write_all(descriptor: int, body: bytes) -> None:
    # A disk that is getting full takes a part and says nothing; the next part is then refused aloud.
    while body:
        body = body[os.write(descriptor, body) :]


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
