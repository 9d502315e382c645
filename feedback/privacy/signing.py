"""Packs of this school are signed, so that another school sees that nobody changed one on its way.

    KEYSTORE/packs.key       the school's Ed25519 key; made when the first pack is
    KEYSTORE/known-schools   public keys of schools whose packs somebody here has said yes to, one a line in hex

The key proves who made a pack and opens nothing: pages may have it.
"""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from feedback.privacy.key_files import KeyFiles
from feedback.privacy.keys import Keystore

#: What is signed begins with this, so that no signature of ours can be taken for one under something else.
_CONTEXT = b"voicebox pack 1\n"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signing:
    """The school's signing key, and the schools it knows."""

    files: KeyFiles

    def public_key(self) -> bytes:
        """The public half, 32 bytes; the key is made where there is none."""
        return self._key().public_key().public_bytes_raw()

    def sign(self, body: bytes) -> bytes:
        """The signature under these bytes: 64 bytes."""
        return self._key().sign(_CONTEXT + body)

    def knows(self, public_key: bytes) -> bool:
        """Whether this is our own key, or one of a school that somebody here has said yes to."""
        # Looking at a pack makes no key: on a keystore that is merely away it would be another one than ours.
        ours = (self.files.root / "packs.key").exists() and public_key == self.public_key()
        return ours or public_key.hex() in self._known()

    def remember(self, public_key: bytes) -> None:
        """Somebody has compared the fingerprint with that school's and said yes. Repeatable."""
        if not self.knows(public_key):
            with self.files.locked():
                self.files.append(self.files.root / "known-schools", f"{public_key.hex()}\n".encode())

    def _key(self) -> Ed25519PrivateKey:
        path = self.files.root / "packs.key"
        if not path.exists():
            with self.files.locked():
                # Somebody else may have made it while we waited.
                if not path.exists():
                    made = Ed25519PrivateKey.generate().private_bytes_raw()
                    self.files.replace(path, made)
        return Ed25519PrivateKey.from_private_bytes(self.files.read(path))

    def _known(self) -> frozenset[str]:
        path = self.files.root / "known-schools"
        return frozenset(self.files.read(path).decode().split()) if path.exists() else frozenset()


def signing_of(keystore: Keystore) -> Signing:
    """The signing key in this keystore."""
    return Signing(KeyFiles(keystore.folder))


def is_signed_by(public_key: bytes, signature: bytes, body: bytes) -> bool:
    """Whether whoever has this key signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _CONTEXT + body)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_key: bytes) -> str:
    """A public key as people compare it aloud: 32 hex digits of its SHA-256 in groups of four."""
    digits = sha256(public_key).hexdigest()[:_KEY_BYTES]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
