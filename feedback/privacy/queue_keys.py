"""The reading queue's keys: what under-18s write is sealed a second time, so that it can be read while the box is shut.

    KEYSTORE/queue.public, keeper/queue.key   the queue's keeper: its private half is the worker's alone
    KEYSTORE/rounds/<round id>/queue.public   seals the second part of every envelope
                               queue.key      opens it; sealed to the queue's keeper
                               reading.key    256 bits that seal what was handed out, until all of it was read

Who shows the words to the reader? The pages, which whoever stands at the school's door can talk to. So they get no key
that opens an envelope's part: the worker opens the parts once a school day, throws them together, and seals each text
anew under the reading key, which pages may use. What a thief of the pages' user finds is what lies on the reader's
desk, without envelope, order or day; and never what was sent since. The queue's keeper has no passphrase, whatever
the boxes' keeper has: that one may wait for weeks for the privacy officer, and a child in danger may not.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from feedback.privacy.box import new_box_key, read_private, read_public, write_private, write_public
from feedback.privacy.keeper import Keeper, KeeperAway, open_bytes, seal_bytes
from feedback.privacy.key_files import KeyFiles


class NoQueueKey(Exception):
    """The round has no reading queue, or its key was destroyed with its box, or once everything was read."""


@dataclass(frozen=True, slots=True)
class QueueKeys:
    """The keys of the reading queues of one keystore."""

    files: KeyFiles

    @property
    def keeper(self) -> Keeper:
        """Who opens what is sealed to reading queues."""
        return Keeper(self.files, "queue", "queue.key")

    def make(self, round_id: str) -> None:
        """Keys for a round that is about to open. Does nothing where they exist. KeeperAway before the worker ran."""
        folder = self._folder(round_id)
        if (folder / "queue.public").exists():
            return
        keeper = self.keeper.public()
        self.files.make_folder(folder)
        key = new_box_key()
        self.files.write(folder / "reading.key", secrets.token_bytes(32))
        self.files.write(folder / "queue.key", seal_bytes(write_private(key), keeper, _info(round_id)))
        # The public key comes last: where it exists, the others do.
        self.files.write(folder / "queue.public", write_public(key.public_key()))

    def public(self, round_id: str) -> ec.EllipticCurvePublicKey:
        """The key that seals the second part of an envelope; NoQueueKey."""
        return read_public(self._read(round_id, "queue.public"))

    def private(self, round_id: str) -> ec.EllipticCurvePrivateKey:
        """The key that opens it, for the worker; NoQueueKey, or KeeperAway for everybody else."""
        sealed = self._read(round_id, "queue.key")
        try:
            return read_private(open_bytes(sealed, self.keeper.private(), _info(round_id)))
        except (InvalidTag, ValueError) as other:
            raise KeeperAway(f"The queue key of round {round_id} is sealed to another keeper.") from other

    def reading_key(self, round_id: str) -> bytes:
        """The key that seals what was handed out; NoQueueKey once all of it was read, or was purged."""
        return self._read(round_id, "reading.key")

    def has_reading_key(self, round_id: str) -> bool:
        """Whether what was handed out can be read."""
        return (self._folder(round_id) / "reading.key").exists()

    def destroy(self, round_id: str) -> None:
        """Delete the pair that the envelopes' second parts need. Repeatable."""
        for name in ("queue.key", "queue.public"):
            self.files.destroy(self._folder(round_id) / name)

    def destroy_reading_key(self, round_id: str) -> None:
        """Delete the key of what was handed out. Repeatable."""
        self.files.destroy(self._folder(round_id) / "reading.key")

    def renew_lost_keeper(self) -> None:
        """A new keeper where the old one's private half is gone; no queue's key is left that is sealed to it."""
        try:
            self.keeper.private()
        except KeeperAway:
            self.keeper.renew()

    def _folder(self, round_id: str) -> Path:
        return self.files.root / "rounds" / round_id

    def _read(self, round_id: str, name: str) -> bytes:
        try:
            # At every answer that is sent, as `keys` reads its own.
            return Path(self.files.root, "rounds", round_id, name).read_bytes()
        except FileNotFoundError as gone:
            raise NoQueueKey(f"{name} of round {round_id}") from gone


def _info(round_id: str) -> str:
    return f"voicebox queue key {round_id}"
