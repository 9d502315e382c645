"""Carrying a respondent's earlier answers between screens: in one hidden field, sealed to the server, stored nowhere.

AES-256-GCM under a key derived from the installation's secret (HKDF-SHA256, RFC 5869), bound to the round and the
instrument version. No time is in it: a form left open for days can still be sent.
"""

import base64
import binascii
import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_STEP = 256


class CarriedFieldBroken(Exception):
    """The hidden field was changed, cut, or made for another round or version."""


def carry(contents: dict[str, Any], *, secret: str, bound_to: str) -> str:
    """The contents as text for a hidden field, padded to steps of 256 bytes."""
    body = json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode()
    padded = len(body).to_bytes(4) + body
    padded = padded.ljust(-(-len(padded) // _STEP) * _STEP, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(_key(secret)).encrypt(nonce, padded, bound_to.encode())
    return base64.urlsafe_b64encode(sealed).decode()


def carried(text: str, *, secret: str, bound_to: str) -> dict[str, Any]:
    """What `carry` was given; CarriedFieldBroken for anything else."""
    try:
        sealed = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
        padded = AESGCM(_key(secret)).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
        contents = json.loads(padded[4 : 4 + int.from_bytes(padded[:4])])
    except (binascii.Error, InvalidTag, ValueError) as broken:
        raise CarriedFieldBroken from broken
    if not isinstance(contents, dict):
        raise CarriedFieldBroken
    return contents


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"voicebox carried answers").derive(secret.encode())
