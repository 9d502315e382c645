"""Comments at rest: AES-256-GCM under the round's data key, padded, bound to round and question.

Once the data key is destroyed no copy anywhere, backups included, can be read again.
"""

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_OVERHEAD = _NONCE + 16
_STEP = 256


class CommentUnreadable(Exception):
    """The comment was sealed under another key, or for another place."""


def seal_text(contents: dict[str, Any], data_key: bytes, *, bound_to: str, step: int = _STEP) -> bytes:
    """The contents sealed, as bytes whose length is a multiple of `step`, itself one of 256."""
    body = json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode()
    padded = len(body).to_bytes(4) + body
    size = -(-(len(padded) + _OVERHEAD) // step) * step
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(data_key).encrypt(nonce, padded.ljust(size - _OVERHEAD, b"\0"), bound_to.encode())


def open_text(sealed: bytes, data_key: bytes, *, bound_to: str) -> dict[str, Any]:
    """What `seal_text` was given; CommentUnreadable for anything else."""
    try:
        padded = AESGCM(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except InvalidTag as unreadable:
        raise CommentUnreadable from unreadable
    contents: dict[str, Any] = json.loads(padded[4 : 4 + int.from_bytes(padded[:4])])
    return contents
