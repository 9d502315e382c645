"""The keystore: a folder outside the database and its backups, for the service only.

    KEYSTORE/rounds/<round id>/box.key     private key of the box, sealed to the keeper; deleted at the count
                               box.public  public key of the box; deleted after it
                               pepper      256 random bits for receipts and tags; deleted after it
                               data.key    256 bits that seal the round's comments
    KEYSTORE/keeper...                     the keeper, without whom no box is opened: `privacy.keeper`
    KEYSTORE/.../queue..., reading.key         what under-18s write, read for safety: `privacy.queue_keys`
    KEYSTORE/ledger                        what must never come back: `privacy.ledger`

Nothing in it is ever copied. `privacy.key_files` says who may read it. A key that is merely away (a disk that is not
mounted, another keeper) is told apart from one that was destroyed: what is away destroys nothing.
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from feedback.privacy.box import new_box_key, read_private, read_public, write_private, write_public
from feedback.privacy.keeper import PLAIN, Keeper, KeeperAway, open_bytes, seal_bytes
from feedback.privacy.key_files import KeyFiles
from feedback.privacy.ledger import Ledger
from feedback.privacy.queue_keys import QueueKeys

#: The private key of a box.
BoxKey = ec.EllipticCurvePrivateKey
#: What the ledger says of a box whose key was destroyed on purpose.
BOX_IS_OVER = ("counted", "box purged")


class KeyGone(Exception):
    """The key was destroyed, or never made. What it sealed cannot be opened by anybody."""


@dataclass(frozen=True, slots=True)
class Keystore:
    """The folder of keys. Every file in it is synced before it counts as written."""

    folder: Path

    @property
    def keeper(self) -> Keeper:
        """Who opens boxes."""
        return Keeper(self._files)

    @property
    def queue(self) -> QueueKeys:
        """The keys of reading queues."""
        return QueueKeys(self._files)

    @property
    def has_passphrase(self) -> bool:
        """Whether closed rounds wait for the privacy officer."""
        return self.keeper.has_passphrase

    def bring_up_to_date(self) -> None:
        """At start: make the keeper, seal box keys of earlier versions to it, and end what a power cut left undone.

        Does nothing for a user to whom the keystore does not belong: that is the pages', and this is the worker's.
        A keeper that is away stops no start: rounds that are open go on taking answers, and their boxes wait.
        """
        if not self._files.is_ours:
            return
        keeper = None
        with suppress(KeeperAway):
            keeper = self.keeper.public()
        if keeper is not None and (self.folder / "keeper").exists():
            with suppress(KeeperAway):
                # Now, and not when a round opens: pages open rounds, and may not make what is the worker's alone.
                self.queue.keeper.make()
        self.keeper.mend()
        with self._files.locked():
            self._files.mend(self.folder / "ledger")
            for folder in sorted((self.folder / "rounds").glob("*")):
                self._files.mend(folder / "box.key")
                if keeper is not None:
                    self._seal_plain_key(folder, keeper)

    def make_round_keys(self, round_id: str) -> None:
        """Keys for a round that is about to open. Does nothing where they exist, so that it can be repeated."""
        folder = self._round(round_id)
        if (folder / "box.public").exists():
            return
        keeper = self.keeper.public()
        self._files.make_folder(folder)
        key = new_box_key()
        self.make_data_key(round_id)
        self._files.write(folder / "pepper", secrets.token_bytes(32))
        # Pages open rounds, and no page may ever open a box: the key leaves this process only as sealed bytes.
        self._files.write(folder / "box.key", seal_bytes(write_private(key), keeper, _info(round_id)))
        # The public key comes last: where it exists, all the others do.
        self._files.write(folder / "box.public", write_public(key.public_key()))

    def make_data_key(self, round_id: str) -> None:
        """The key of the round's comments and name words, also before it opens. Does nothing where it exists."""
        folder = self._round(round_id)
        self._files.make_folder(folder)
        if not (folder / "data.key").exists():
            self._files.write(folder / "data.key", secrets.token_bytes(32))

    def public_key(self, round_id: str) -> ec.EllipticCurvePublicKey:
        """The key that seals; KeyGone if the round has none."""
        return read_public(self._read(round_id, "box.public"))

    def box_key(self, round_id: str, passphrase: str | None = None) -> BoxKey:
        """The key that opens; KeyGone once the box was counted or destroyed, or its key lost.

        KeeperAway where it, or its keeper, may only be away; PassphraseNeeded or PassphraseWrong.
        """
        return self.box_keys([round_id], passphrase)[round_id]

    def box_keys(self, round_ids: Collection[str], passphrase: str | None = None) -> dict[str, BoxKey]:
        """The keys that open these boxes, with one asking of the keeper; as `box_key`."""
        sealed = {round_id: self._box_key(round_id) for round_id in round_ids}
        if all(body.startswith(PLAIN) for body in sealed.values()):
            return {round_id: read_private(body) for round_id, body in sealed.items()}
        keeper = self.keeper.private(passphrase)
        return {round_id: _opened(body, keeper, round_id) for round_id, body in sealed.items()}

    def has_box_key(self, round_id: str) -> bool:
        """Whether the box's key is here."""
        return (self._round(round_id) / "box.key").exists()

    def is_box_key_gone(self, round_id: str) -> bool:
        """Whether the box's key was destroyed or lost for certain, and is not only away with the whole keystore."""
        if self.has_box_key(round_id):
            return False
        # The public key came last and goes last: where it is, this is the right folder, and the private one was here.
        here = (self._round(round_id) / "box.public").exists()
        return here or any(each.get("round") == round_id and each.get("what") in BOX_IS_OVER for each in self.ledger())

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
        """Delete the box's private key, so that no power cut brings it back. Repeatable."""
        path = self._round(round_id) / "box.key"
        if not self._round(round_id).exists():
            return
        # Locked, so that nobody takes a key that is half overwritten for one of another keeper.
        with self._files.locked():
            self._files.mend(path)
            self._files.destroy(path)

    def destroy_box_keys(self, round_id: str) -> None:
        """Delete what only the box needed: its key pair and its pepper. Repeatable.

        The ledger must say before that the box is over, for after this nothing else does. Without the pepper nobody
        can try form keys or slips against what an old backup holds.
        """
        self.destroy_box_key(round_id)
        self.queue.destroy(round_id)
        for name in ("pepper", "box.public"):
            self._destroy(round_id, name)

    def destroy_round_keys(self, round_id: str) -> None:
        """Delete every key of the round. Repeatable."""
        self.destroy_data_key(round_id)
        self.queue.destroy_reading_key(round_id)
        self.destroy_box_keys(round_id)

    def refuse_to_renew(self) -> None:
        """KeeperAway where the keystore is another user's, or empty: a disk that is not mounted is no lost keeper."""
        if not self._files.is_ours:
            raise KeeperAway("Run this as the worker's user.")
        if not (self.folder / "rounds").exists():
            raise KeeperAway(f"{self.folder} holds no keys. See whether the keystore is mounted.")

    def renew_keeper(self) -> None:
        """A new keeper, and no box key sealed to the old one is left. The boxes were destroyed before."""
        for path in (self.folder / "rounds").glob("*/box.key"):
            # Of a round that never opened, or that this database does not know.
            self.destroy_box_keys(path.parent.name)
        self.keeper.renew()
        self.queue.renew_lost_keeper()

    def destroy_data_key(self, round_id: str) -> None:
        """Delete the key of the round's comments. Repeatable."""
        self._destroy(round_id, "data.key")

    def note(self, what: str, **facts: Any) -> None:
        """Add a line to the ledger and sync it. `facts` never hold an answer."""
        Ledger(self._files).note(what, facts)

    def ledger(self) -> Iterator[dict[str, Any]]:
        """The ledger's entries, oldest first; those of withdrawals in no order that tells anything."""
        return Ledger(self._files).entries()

    def ledger_lines(self) -> list[str]:
        """The ledger's lines as they stand, torn ones too."""
        return Ledger(self._files).lines()

    def tidy_ledger(self, over: Collection[str] = ()) -> None:
        """Sort the ledger's withdrawals, and drop those of rounds that are over (their ids)."""
        Ledger(self._files).tidy(over)

    @property
    def _files(self) -> KeyFiles:
        return KeyFiles(self.folder)

    def _round(self, round_id: str) -> Path:
        return self.folder / "rounds" / round_id

    def _read(self, round_id: str, name: str) -> bytes:
        try:
            # At every answer that is sent; joining step by step would cost as much as reading.
            return Path(self.folder, "rounds", round_id, name).read_bytes()
        except FileNotFoundError as gone:
            raise KeyGone(f"{name} of round {round_id}") from gone

    def _box_key(self, round_id: str) -> bytes:
        path = self._round(round_id) / "box.key"
        try:
            return self._files.read(path)
        except FileNotFoundError as gone:
            if self.is_box_key_gone(round_id):
                raise KeyGone(f"box.key of round {round_id}") from gone
            raise KeeperAway(f"{path} is missing. See whether the keystore is mounted.") from gone

    def _destroy(self, round_id: str, name: str) -> None:
        self._files.destroy(self._round(round_id) / name)

    def _seal_plain_key(self, folder: Path, keeper: ec.EllipticCurvePublicKey) -> None:
        path = folder / "box.key"
        body = path.read_bytes() if path.exists() else b""
        if body.startswith(PLAIN):
            self._files.replace(path, seal_bytes(body, keeper, _info(folder.name)))


def _opened(body: bytes, keeper: ec.EllipticCurvePrivateKey, round_id: str) -> BoxKey:
    if body.startswith(PLAIN):
        return read_private(body)
    try:
        return read_private(open_bytes(body, keeper, _info(round_id)))
    except (InvalidTag, ValueError) as other:
        # That keeper may be on another disk.
        raise KeeperAway(f"The box key of round {round_id} is sealed to another keeper. Put that one back.") from other


def _info(round_id: str) -> str:
    return f"voicebox box key {round_id}"
