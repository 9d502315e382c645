"""Sealing and opening envelopes: HPKE, RFC 9180, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

Round, instrument version and format are bound in through HPKE's `info`, which for a single message protects as much
as associated data would (RFC 9180, section 8.1), and which every WebCrypto implementation can be given.
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
PAPER = "paper"
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: Encapsulated key (65 bytes) and authentication tag (16 bytes).
_OVERHEAD = 65 + 16
#: Stored sizes in bytes. A few steps only, so that a length tells next to nothing about what was written.
_STORED_SIZES = (1024, 4096, 16384, 65536)
LARGEST_CONTENT = _STORED_SIZES[-1] - _OVERHEAD - 4


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
    return _SUITE.encrypt(_padded(contents), public_key, info=box.info)


def open_envelope(sealed: bytes, private_key: ec.EllipticCurvePrivateKey, box: Box) -> dict[str, Any]:
    """What was sealed; EnvelopeUnreadable for everything else, whatever is wrong with it."""
    try:
        padded = _SUITE.decrypt(sealed, private_key, info=box.info)
        length = int.from_bytes(padded[:4])
        contents = json.loads(padded[4 : 4 + length])
    except (InvalidTag, ValueError, RecursionError) as unreadable:
        raise EnvelopeUnreadable from unreadable
    if not isinstance(contents, dict):
        raise EnvelopeUnreadable
    return contents


def _padded(contents: dict[str, Any]) -> bytes:
    body = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    for size in _STORED_SIZES:
        room = size - _OVERHEAD
        if len(body) + 4 <= room:
            return (len(body).to_bytes(4) + body).ljust(room, b"\0")
    raise EnvelopeTooLarge
