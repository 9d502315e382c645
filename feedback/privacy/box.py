"""Sealing and opening envelopes: HPKE, RFC 9180, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

Round, instrument version and format are bound in through HPKE's `info`, which for a single message protects as much
as associated data would (RFC 9180, section 8.1), and which every WebCrypto implementation can be given.

A browser without a line seals its own (static/seal.js). Then the server cannot look inside, and seals the sealed bytes
once more, with the group of the slip or link beside them: an envelope like all others, which opening takes out of both.

What under-18s write lies in the envelope a second time, sealed to the reading queue's key of the round and bound to the
same things: so that it can be read for safety while the box stays shut. Every envelope of such a round has this part,
as long as the envelope itself, whether anything was written or not.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

#: Format 1: canonical JSON {"answers": {...}, "group": code or null}, padded. What staff typed in
#: from a sheet has "mode": PAPER beside them.
FORMAT = 1
#: Format 2: the same, and beside it the part for the reading queue.
READ_FORMAT = 2
PAPER = "paper"
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: Encapsulated key (65 bytes) and authentication tag (16 bytes).
_OVERHEAD = 65 + 16
#: Stored sizes in bytes. A few steps only, so that a length tells next to nothing about what was written.
_STORED_SIZES = (1024, 4096, 16384, 65536)
#: What a second sealing adds, with room for the group. It is kept free in an envelope that is sealed once, too, so
#: that the same answers have the same size whoever sealed them, and no size tells who had no line.
_SECOND_SEALING = 128
#: Sizes in bytes of the envelopes that browsers seal. Their parts for the reading queue, which are not sealed again,
#: have the size that is stored.
BROWSER_SIZES = tuple(size - _SECOND_SEALING for size in _STORED_SIZES)
LARGEST_CONTENT = BROWSER_SIZES[-1] - _OVERHEAD - 4
#: What is believed of an envelope that a browser sealed; its group comes from its slip or link.
_FROM_BROWSERS = ("answers", "typed", "carried")
#: Never in JSON, which writes it as an escape: what stands behind it was sealed before.
_SEALED_BEFORE = b"\0"


class EnvelopeUnreadable(Exception):
    """The bytes were not sealed for this box, this round, this instrument version and this format."""


class EnvelopeTooLarge(Exception):
    """The answers are longer than the largest envelope."""


@dataclass(frozen=True, slots=True)
class Box:
    """What an envelope is bound to. `instrument` is the instrument version's SHA-256 in hex."""

    round_id: str
    instrument: str
    format: int = FORMAT

    @property
    def info(self) -> bytes:
        """The bytes given to HPKE as `info`."""
        return f"voicebox envelope {self.format} {self.round_id} {self.instrument}".encode()

    @property
    def info_of_words(self) -> bytes:
        """The same for the part that is sealed to the reading queue."""
        return f"voicebox words {self.format} {self.round_id} {self.instrument}".encode()


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope as it is stored: its format, and its part for the reading queue where its round has one."""

    envelope: bytes
    words: bytes | None = None

    @property
    def format(self) -> int:
        """The number under which the parts are stored."""
        return FORMAT if self.words is None else READ_FORMAT


def new_box_key() -> ec.EllipticCurvePrivateKey:
    """A fresh private key for one round's box."""
    return ec.generate_private_key(ec.SECP256R1())


def write_private(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The private key as PKCS #8 PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write_public(key: ec.EllipticCurvePublicKey) -> bytes:
    """The public key as an uncompressed point, 65 bytes."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def read_private(body: bytes) -> ec.EllipticCurvePrivateKey:
    """The inverse of `write_private`."""
    key = serialization.load_pem_private_key(body, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise EnvelopeUnreadable("the box key is of another kind")
    return key


@lru_cache(maxsize=64)
def read_public(body: bytes) -> ec.EllipticCurvePublicKey:
    """The inverse of `write_public`."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), body)


def seal(contents: dict[str, Any], public_key: ec.EllipticCurvePublicKey, box: Box) -> bytes:
    """The contents as sealed bytes of one of a few sizes, each a multiple of 256; EnvelopeTooLarge if none fits."""
    body = _written(contents)
    for browser_size, size in zip(BROWSER_SIZES, _STORED_SIZES, strict=True):
        if len(body) + 4 + _OVERHEAD <= browser_size:
            return _SUITE.encrypt(_padded(body, size), public_key, info=box.info)
    raise EnvelopeTooLarge


def seal_again(sealed: bytes, group: str | None, public_key: ec.EllipticCurvePublicKey, box: Box) -> bytes:
    """What a browser sealed as an envelope like all others; EnvelopeUnreadable if it has none of BROWSER_SIZES."""
    if len(sealed) not in BROWSER_SIZES:
        raise EnvelopeUnreadable
    body = _written({"group": group}) + _SEALED_BEFORE + sealed
    return _SUITE.encrypt(_padded(body, len(sealed) + _SECOND_SEALING), public_key, info=box.info)


def seal_words(words: dict[str, Any], public_key: ec.EllipticCurvePublicKey, box: Box, size: int) -> bytes:
    """What was written, by question ({} where nothing was), sealed to the reading queue in `size` bytes.

    `size` is that of the envelope, which holds the words too, so that they always fit and no length tells of them.
    """
    body = _written({"answers": words})
    return _SUITE.encrypt(_padded(body, size), public_key, info=box.info_of_words)


def open_words(sealed: bytes, private_key: ec.EllipticCurvePrivateKey, box: Box) -> dict[str, Any]:
    """What `seal_words`, or a browser, was given; EnvelopeUnreadable for everything else."""
    contents = _read(_open(sealed, private_key, box.info_of_words))
    return {key: contents[key] for key in _FROM_BROWSERS if key in contents}


def open_envelope(sealed: bytes, private_key: ec.EllipticCurvePrivateKey, box: Box) -> dict[str, Any]:
    """What was sealed, whoever sealed it; EnvelopeUnreadable for everything else, whatever is wrong with it."""
    outside, before, inside = _open(sealed, private_key, box.info).partition(_SEALED_BEFORE)
    contents = _read(outside)
    if before:
        typed = _read(_open(inside, private_key, box.info))
        contents = {**{key: typed[key] for key in _FROM_BROWSERS if key in typed}, "group": contents.get("group")}
    return contents


def _open(sealed: bytes, private_key: ec.EllipticCurvePrivateKey, info: bytes) -> bytes:
    try:
        padded = _SUITE.decrypt(sealed, private_key, info=info)
    except (InvalidTag, ValueError) as unreadable:
        raise EnvelopeUnreadable from unreadable
    return padded[4 : 4 + int.from_bytes(padded[:4])]


def _read(body: bytes) -> dict[str, Any]:
    try:
        contents = json.loads(body)
    except (ValueError, RecursionError) as unreadable:
        raise EnvelopeUnreadable from unreadable
    if not isinstance(contents, dict):
        raise EnvelopeUnreadable
    return contents


def _written(contents: dict[str, Any]) -> bytes:
    return json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _padded(body: bytes, size: int) -> bytes:
    return (len(body).to_bytes(4) + body).ljust(size - _OVERHEAD, b"\0")
