"""Handing the passphrase from the officer's page to the worker, so that it lies in clear on no disk.

The worker makes a key pair in memory at start and publishes the public half as INSTANCE/worker.public. A page seals
the passphrase to it, bound to one round, and puts that into the queue. When the worker stops, the private half is
gone, and what is left of the queue's file can be opened by nobody. It holds a lock on the published file while it
runs, so that a page knows when nobody is there, however the worker ended.
"""

import base64
import binascii
import fcntl
from io import BufferedReader, BufferedWriter
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from feedback.privacy.box import new_box_key, read_public, write_public
from feedback.privacy.keeper import open_bytes, seal_bytes

_FILE = "worker.public"


class WorkerAway(Exception):
    """No worker is there to take the passphrase."""


class HandoverBroken(Exception):
    """The passphrase was sealed to another worker or for another round."""


class WorkerKey:
    """The worker's key pair of one run; the private half lies in this object and nowhere else."""

    def __init__(self) -> None:
        self._key: ec.EllipticCurvePrivateKey = new_box_key()
        self._held: BufferedWriter | None = None

    def publish(self, instance: Path) -> None:
        """Let pages seal to this worker."""
        new = instance / f"{_FILE}.new"
        self._held = new.open("wb")
        fcntl.flock(self._held, fcntl.LOCK_EX)
        self._held.write(write_public(self._key.public_key()))
        self._held.flush()
        # Pages may run as another user.
        new.chmod(0o640)
        new.replace(instance / _FILE)

    def close(self) -> None:
        """Take nothing any more. The end of the process does the same."""
        if self._held is not None:
            self._held.close()

    def take(self, sealed: str, round_id: str) -> str:
        """The passphrase that was sealed to this worker for this round; HandoverBroken."""
        try:
            return open_bytes(base64.b64decode(sealed, validate=True), self._key, _info(round_id)).decode()
        except (InvalidTag, ValueError, binascii.Error) as broken:
            raise HandoverBroken(round_id) from broken


def hand_over(passphrase: str, round_id: str, instance: Path) -> str:
    """The passphrase for the worker that runs now, as base 64; WorkerAway."""
    try:
        with (instance / _FILE).open("rb") as file:
            public_key = read_public(file.read())
            is_there = _is_held(file)
    except (FileNotFoundError, ValueError) as away:
        raise WorkerAway from away
    if not is_there:
        raise WorkerAway
    return base64.b64encode(seal_bytes(passphrase.encode(), public_key, _info(round_id))).decode()


def _is_held(file: BufferedReader) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _info(round_id: str) -> str:
    return f"voicebox passphrase {round_id}"
