"""What this school says in writing and others must be able to check without trusting it: certificates, heads, packs.

A document is JSON of one shape:

    {"voicebox": kind, "form": 1, "school": name, "signed_on": "2026-05-04", "facts": {...},
     "public_key": 64 hex digits, "signature": 128 hex digits}

The signature (Ed25519, RFC 8032) is over the canonical JSON of all but the signature itself: UTF-8, keys sorted, no
spaces (the shape of RFC 8785 for the texts, whole numbers and lists that facts are made of). So anybody can check one
with public parts only: `voicebox verify FILE`, or `signed_bytes` and `openssl pkeyutl -verify -rawin`.

    KEYSTORE/evidence.key    the school's Ed25519 key; made when the first document is signed
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from feedback.privacy.key_files import KeyFiles
from feedback.privacy.keys import Keystore

_FORM = 1
_FIELDS = frozenset({"voicebox", "form", "school", "signed_on", "facts", "public_key", "signature"})


class NotGenuine(Exception):
    """A document that is not what it says. `why` is "unreadable", "shape" or "signature"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Genuine:
    """A document whose signature holds. Whether `public_key` is the school's own is for whoever compares it to say."""

    kind: str
    school: str
    signed_on: date
    facts: dict[str, Any]
    public_key: bytes


def canonical(value: object) -> bytes:
    """The one way in which these facts are written as bytes: UTF-8 JSON, keys sorted, no spaces. ValueError for NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sign_document(
    keystore: Keystore, kind: str, facts: Mapping[str, Any], *, school_name: str, on: date
) -> dict[str, Any]:
    """The facts as a signed document. Facts are texts, whole numbers, yes or no, None, lists and maps of them."""
    key = _key(keystore)
    document: dict[str, Any] = {
        "voicebox": kind,
        "form": _FORM,
        "school": school_name,
        "signed_on": on.isoformat(),
        "facts": dict(facts),
        "public_key": key.public_key().public_bytes_raw().hex(),
    }
    return {**document, "signature": key.sign(canonical(document)).hex()}


def signed_bytes(document: Mapping[str, Any]) -> bytes:
    """What the signature of a document is over."""
    return canonical({name: value for name, value in document.items() if name != "signature"})


def read_document(body: bytes) -> Genuine:
    """A signed document, checked with what is in it and nothing else. NotGenuine."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as unreadable:
        raise NotGenuine("unreadable") from unreadable
    if not isinstance(found, dict) or set(found) != _FIELDS or found["form"] != _FORM:
        raise NotGenuine("shape")
    try:
        key = bytes.fromhex(found["public_key"])
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(found["signature"]), signed_bytes(found))
        read = Genuine(found["voicebox"], found["school"], date.fromisoformat(found["signed_on"]), found["facts"], key)
    except (TypeError, ValueError) as wrong:
        raise NotGenuine("shape") from wrong
    except InvalidSignature as changed:
        raise NotGenuine("signature") from changed
    if not (isinstance(read.kind, str) and isinstance(read.school, str) and isinstance(read.facts, dict)):
        raise NotGenuine("shape")
    return read


def evidence_key(keystore: Keystore) -> bytes:
    """The public half of the school's evidence key, 32 bytes; the key is made where there is none."""
    return _key(keystore).public_key().public_bytes_raw()


def evidence_pem(public_key: bytes) -> str:
    """A public key as OpenSSL reads it (SubjectPublicKeyInfo, RFC 8410, in PEM)."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _key(keystore: Keystore) -> Ed25519PrivateKey:
    files = KeyFiles(keystore.folder)
    path = files.root / "evidence.key"
    if not path.exists():
        with files.locked():
            # Somebody else may have made it while we waited.
            if not path.exists():
                files.replace(path, Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(files.read(path))
