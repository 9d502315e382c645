"""The keystore: a folder outside the database and its backups, readable by its owner only.

    KEYSTORE/rounds/<round id>/box.key     private key of the box; the worker's; deleted at the count, never copied
                               box.public  public key of the box
                               pepper      256 random bits for receipts and tags
                               data.key    256 bits that seal the round's comments
    KEYSTORE/ledger                        one JSON line for each box counted and each thing purged

The ledger is applied at every start, so that an old backup of the database never brings anything back.
"""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from feedback.privacy.box import new_box_key, read_private, read_public, write_private, write_public


class KeyGone(Exception):
    """The key was destroyed, or never made. What it sealed cannot be opened by anybody."""


@dataclass(frozen=True, slots=True)
class Keystore:
    """The folder of keys. Every file in it is 0600, every folder 0700, and synced before it counts as written."""

    folder: Path

    def make_round_keys(self, round_id: str) -> None:
        """Keys for a round that is about to open. Does nothing where they exist, so that it can be repeated."""
        folder = self._round(round_id)
        if (folder / "box.public").exists():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for made in (self.folder, folder.parent, folder):
            made.chmod(0o700)
        key = new_box_key()
        _write(folder / "data.key", secrets.token_bytes(32))
        _write(folder / "pepper", secrets.token_bytes(32))
        _write(folder / "box.key", write_private(key))
        # The public key comes last: where it exists, all the others do.
        _write(folder / "box.public", write_public(key.public_key()))
        _sync_folder(folder)
        _sync_folder(folder.parent)

    def public_key(self, round_id: str) -> ec.EllipticCurvePublicKey:
        """The key that seals; KeyGone if the round has none."""
        return read_public(self._read(round_id, "box.public"))

    def box_key(self, round_id: str) -> ec.EllipticCurvePrivateKey:
        """The key that opens; KeyGone once the box was counted or destroyed."""
        return read_private(self._read(round_id, "box.key"))

    def has_box_key(self, round_id: str) -> bool:
        """Whether the box can still be opened."""
        return (self._round(round_id) / "box.key").exists()

    def has_data_key(self, round_id: str) -> bool:
        """Whether the round's comments can still be read."""
        return (self._round(round_id) / "data.key").exists()

    def pepper(self, round_id: str) -> bytes:
        """The round's 256-bit pepper."""
        return self._read(round_id, "pepper")

    def data_key(self, round_id: str) -> bytes:
        """The 256-bit key that seals the round's comments; KeyGone once they were purged."""
        return self._read(round_id, "data.key")

    def destroy_box_key(self, round_id: str) -> None:
        """Delete the box's private key and sync the folder, so that no power cut brings it back. Repeatable."""
        self._destroy(round_id, "box.key")

    def destroy_round_keys(self, round_id: str) -> None:
        """Delete every key of the round. Repeatable."""
        for name in ("box.key", "data.key", "pepper", "box.public"):
            self._destroy(round_id, name)

    def destroy_data_key(self, round_id: str) -> None:
        """Delete the key of the round's comments. Repeatable."""
        self._destroy(round_id, "data.key")

    def note(self, what: str, **facts: Any) -> None:
        """Add a line to the ledger and sync it. `facts` never hold an answer."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The newline in front ends a line that a power cut tore, so that this one is not lost with it.
        line = "\n" + json.dumps({"what": what, **facts}, sort_keys=True) + "\n"
        descriptor = os.open(self.folder / "ledger", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _sync_folder(self.folder)

    def ledger(self) -> Iterator[dict[str, Any]]:
        """The ledger's entries, oldest first. A line torn by a power cut was never acted upon and is passed over."""
        path = self.folder / "ledger"
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def _round(self, round_id: str) -> Path:
        return self.folder / "rounds" / round_id

    def _read(self, round_id: str, name: str) -> bytes:
        try:
            return (self._round(round_id) / name).read_bytes()
        except FileNotFoundError as gone:
            raise KeyGone(f"{name} of round {round_id}") from gone

    def _destroy(self, round_id: str, name: str) -> None:
        path = self._round(round_id) / name
        if not path.exists():
            return
        # Overwriting does not reach every copy on a solid-state disk; it costs nothing and helps on the others.
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync_folder(path.parent)


def _write(path: Path, body: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, body)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
