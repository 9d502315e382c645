"""The key that keeps what opens staff accounts: app keys are sealed with it, recovery codes are known only by it.

    KEYSTORE/door.key      256 bits, for pages too; made by whoever needs it first

It lies outside the database, so that nobody who has only that, or a backup of it, can make a code.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feedback.privacy.key_files import KeyFiles

_NONCE = 12


@dataclass(frozen=True, slots=True)
class DoorKey:
    """The door key of one keystore."""

    files: KeyFiles

    def seal(self, body: bytes, about: str) -> bytes:
        """The body sealed (AES-256-GCM) for the account whose id is `about`, and for no other."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._key()).encrypt(nonce, body, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes | None:
        """What was sealed; None where it was for another account, changed, or sealed with a key that is gone."""
        try:
            return AESGCM(self._key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
        except (InvalidTag, ValueError):
            return None

    def mark(self, words: str, about: str) -> str:
        """HMAC-SHA-256 of these words for this account, as 64 hex digits."""
        return hmac.digest(self._key(), f"{about} {words}".encode(), "sha256").hex()

    def _key(self) -> bytes:
        path = self.files.root / "door.key"
        try:
            return self.files.read(path)
        except FileNotFoundError:
            with self.files.locked():
                if not path.exists():
                    self.files.replace(path, secrets.token_bytes(32))
            return self.files.read(path)
