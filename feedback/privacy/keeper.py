"""The keeper: the one key pair to which every box key is sealed, so that who opens a round cannot open its box.

    KEYSTORE/keeper.public      its public half; pages need it to open a round
             keeper.check       argon2id hash of the passphrase, where there is one; pages check what is typed by it
             keeper/keeper.key  its private half, the worker's alone; sealed with the passphrase, where there is one
             queue.public       the same pair for the reading queue, to which the queue keys of rounds are sealed; it
             keeper/queue.key   never has a passphrase: what children write has to be read within a school day

With a passphrase no box is opened before the privacy officer has typed it: closed rounds wait.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from feedback.privacy.box import new_box_key, read_private, read_public, write_private, write_public
from feedback.privacy.key_files import KeyFiles
from feedback.privacy.passwords import hash_password, is_password

#: Characters. Whoever stole the keystore can try passphrases at home, so five random words are good and one is not.
SHORTEST_PASSPHRASE = 16
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: What a private key sealed with a passphrase begins with; salt and nonce follow, then AES-256-GCM.
_SEALED = b"voicebox keeper 1\n"
_SALT, _NONCE = 16, 12
#: How a box key of the version before the keeper begins: in clear, as PKCS #8 PEM.
PLAIN = b"-----BEGIN"


class KeeperAway(Exception):
    """A private key, the keeper's or a box's, is not here, or not for this user. The box waits; nothing is lost."""


class PassphraseNeeded(Exception):
    """The keystore has a passphrase, and none was given."""


class PassphraseWrong(Exception):
    """This is not the keystore's passphrase."""


class PassphraseWeak(Exception):
    """The new passphrase is shorter than SHORTEST_PASSPHRASE."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """The keeper of one keystore: of its boxes, or by another `name` of its reading queue. `keeps` is what it opens."""

    files: KeyFiles
    name: str = "keeper"
    keeps: str = "box.key"

    @property
    def has_passphrase(self) -> bool:
        """Whether boxes wait for the privacy officer."""
        return self._check.exists()

    def make(self) -> None:
        """Make the key pair. Does nothing where there is one.

        KeeperAway where another user has to make it, or where boxes are sealed to a keeper that is not here.
        """
        if self._public.exists():
            return
        if not self.files.is_ours:
            raise KeeperAway(f"{self._public} is missing. Start the worker once: it makes the keeper's key.")
        with self.files.locked():
            if self._public.exists():
                return
            if self._private.exists():
                # A power cut, or a slip of the hand: a new key here would shut every box for ever.
                key = self._without_passphrase()
            elif self._has_sealed():
                raise KeeperAway(f"{self._private} is missing. Put it back: boxes are sealed to it.")
            else:
                key = new_box_key()
                self.files.make_folder(self._private.parent, private=True)
                self.files.write(self._private, write_private(key), private=True)
            # The public half comes last: nothing is ever sealed to a key that was not kept.
            self.files.write(self._public, write_public(key.public_key()))

    def public(self) -> ec.EllipticCurvePublicKey:
        """The half that seals. It is made where there is none yet."""
        self.make()
        return read_public(self._public.read_bytes())

    def private(self, passphrase: str | None = None) -> ec.EllipticCurvePrivateKey:
        """The half that opens; KeeperAway, PassphraseNeeded or PassphraseWrong."""
        try:
            body = self.files.read(self._private)
        except (FileNotFoundError, PermissionError) as away:
            raise KeeperAway(
                f"{self._private} cannot be read. Put it back, or run this as the worker's user."
            ) from away
        return _opened(body, passphrase)

    def is_passphrase(self, typed: str) -> bool:
        """Whether this is the passphrase; for pages, which cannot read the key it opens. Slow on purpose."""
        # Two lines while a passphrase is being changed: either may be the one that fits the key.
        return any(is_password(_normal(typed), each) for each in self._hashes())

    def set_passphrase(self, new: str, *, old: str | None = None) -> None:
        """From now on boxes wait for this passphrase; `old` where there is one already. PassphraseWeak."""
        if len(_normal(new)) < SHORTEST_PASSPHRASE:
            raise PassphraseWeak
        self.make()
        key = self.private(old)
        before = self._hashes()
        with self.files.locked():
            check = hash_password(_normal(new))
            # Both fit until the key is sealed anew: a power cut between must lock nobody out.
            self.files.replace(self._check, "\n".join([check, *before]).encode())
            self.files.replace(self._private, _sealed(write_private(key), new), private=True)
            self.files.replace(self._check, check.encode())

    def remove_passphrase(self, old: str) -> None:
        """From now on the worker opens boxes by itself. PassphraseWrong."""
        key = self.private(old)
        with self.files.locked():
            self.files.replace(self._private, write_private(key), private=True)
            self.files.destroy(self._check)

    def renew(self) -> None:
        """A new pair instead of one that nobody can use any more; KeeperAway where a box is still sealed to it."""
        with self.files.locked():
            if self._has_sealed():
                raise KeeperAway("Boxes are still sealed to the keeper.")
            # The public half goes first: nothing may be sealed to a key that is half gone.
            for path in (self._public, self._private, self._check):
                self.files.mend(path)
                self.files.destroy(path)
        self.make()

    def mend(self) -> None:
        """Clear away what a power cut left beside the files, and a check of a passphrase that is no longer needed.

        A check of two passphrases stays: which one fits the key shows only when it is typed. The next change ends it.
        """
        with self.files.locked():
            for path in (self._private, self._check):
                self.files.mend(path)
            if self._private.exists() and not self._private.read_bytes().startswith(_SEALED):
                self.files.destroy(self._check)

    def _without_passphrase(self) -> ec.EllipticCurvePrivateKey:
        try:
            return _opened(self._private.read_bytes(), None)
        except PassphraseNeeded as sealed:
            raise KeeperAway(f"{self._public} is missing. Put it back: no round can be opened without it.") from sealed

    def _has_sealed(self) -> bool:
        found = (self.files.root / "rounds").glob(f"*/{self.keeps}")
        return any(not path.read_bytes().startswith(PLAIN) for path in found)

    def _hashes(self) -> list[str]:
        try:
            return self.files.read(self._check).decode("ascii").split()
        except FileNotFoundError:
            return []

    @property
    def _public(self) -> Path:
        return self.files.root / f"{self.name}.public"

    @property
    def _check(self) -> Path:
        return self.files.root / f"{self.name}.check"

    @property
    def _private(self) -> Path:
        return self.files.root / "keeper" / f"{self.name}.key"


def seal_bytes(body: bytes, public_key: ec.EllipticCurvePublicKey, info: str) -> bytes:
    """The bytes sealed with HPKE (RFC 9180) for one purpose, which `info` names."""
    return _SUITE.encrypt(body, public_key, info=info.encode())


def open_bytes(sealed: bytes, private_key: ec.EllipticCurvePrivateKey, info: str) -> bytes:
    """What `seal_bytes` was given; InvalidTag or ValueError for anything else."""
    return _SUITE.decrypt(sealed, private_key, info=info.encode())


def _opened(body: bytes, passphrase: str | None) -> ec.EllipticCurvePrivateKey:
    if not body.startswith(_SEALED):
        return read_private(body)
    if passphrase is None:
        raise PassphraseNeeded
    return read_private(_unsealed(body, passphrase))


def _sealed(body: bytes, passphrase: str) -> bytes:
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    return _SEALED + salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, body, _SEALED)


def _unsealed(sealed: bytes, passphrase: str) -> bytes:
    rest = sealed.removeprefix(_SEALED)
    salt, nonce, body = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    try:
        return AESGCM(_stretched(passphrase, salt)).decrypt(nonce, body, _SEALED)
    except InvalidTag as wrong:
        raise PassphraseWrong from wrong


def _stretched(passphrase: str, salt: bytes) -> bytes:
    # argon2id with the work of `privacy.passwords`, because OpenSSL's own PKCS #8 encryption does too little of it.
    return hash_secret_raw(
        _normal(passphrase).encode(), salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )


def _normal(typed: str) -> str:
    # One keyboard sends an accent as a character of its own, another does not.
    return unicodedata.normalize("NFKC", typed).strip()
