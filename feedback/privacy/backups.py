"""A backup at rest: AES-256-GCM in chunks, under a key derived from the installation's secret (HKDF-SHA256, RFC 5869).

    voicebox backup        one line, so that anybody can say what the file is
    {"made_on": ...}       one line of JSON: what it is of, the day it was made and the day it is over; no time
    salt                   32 random bytes: every backup has a key of its own
    chunks                 1 MiB of the copy each, and the 16 bytes of its tag

The chunks are numbered and the last is marked in their nonces (the STREAM construction, Hoang et al., CRYPTO 2015), and
header and salt are bound to each: nothing can be changed, cut off, moved or exchanged without being noticed.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
_MAGIC = b"voicebox backup\n"
_LONGEST_HEADER = 1000
_SALT = 32
_CHUNK = 1024 * 1024
_TAG = 16


class BackupBroken(Exception):
    """The file is no backup, was changed or cut, or was made under another secret. The text says which."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself to everybody. `version` is the database's, `kind` "sqlite" or "postgresql"."""

    made_on: date
    expires_on: date
    kind: str
    version: str
    format: int = FORMAT


def seal_backup(header: Header, copy: BinaryIO, backup: BinaryIO, *, secret: str) -> None:
    """Write the copy to the backup, sealed."""
    begin = _MAGIC + json.dumps(asdict(header), default=date.isoformat, sort_keys=True).encode() + b"\n"
    begin += secrets.token_bytes(_SALT)
    backup.write(begin)
    cipher = _cipher(secret, begin)
    backup.writelines(cipher.encrypt(nonce, chunk, begin) for nonce, chunk in _numbered(copy, _CHUNK))


def open_backup(backup: BinaryIO, copy: BinaryIO, *, secret: str) -> Header:
    """Write what was sealed to `copy`; BackupBroken, and part of it written, where not every byte is as it was."""
    begin, header = _begin(backup)
    cipher = _cipher(secret, begin)
    for nonce, chunk in _numbered(backup, _CHUNK + _TAG):
        try:
            copy.write(cipher.decrypt(nonce, chunk, begin))
        except InvalidTag as wrong:
            raise BackupBroken("it was changed or cut, or VOICEBOX_SECRET is not the one it was made under") from wrong
    return header


def read_header(backup: BinaryIO) -> Header:
    """What the backup says of itself, not yet proved; BackupBroken where it says nothing."""
    return _begin(backup)[1]


def _begin(backup: BinaryIO) -> tuple[bytes, Header]:
    magic, line = backup.read(len(_MAGIC)), backup.readline(_LONGEST_HEADER)
    salt = backup.read(_SALT)
    try:
        said: dict[str, Any] = json.loads(line) if magic == _MAGIC else {}
        made_on, expires_on = (date.fromisoformat(said.pop(name)) for name in ("made_on", "expires_on"))
        header = Header(made_on, expires_on, **said)
    except (ValueError, TypeError, KeyError) as wrong:
        raise BackupBroken("it is no backup of Voicebox") from wrong
    if header.format != FORMAT:
        raise BackupBroken(f"its format is {header.format}, which this version of Voicebox does not know")
    return magic + line + salt, header


def _numbered(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk with its nonce: the chunk's number in 11 bytes, and one that is 1 for the last. At least one chunk."""
    number, chunk, following = 0, source.read(size), source.read(size)
    while following:
        yield number.to_bytes(11) + b"\0", chunk
        number, chunk, following = number + 1, following, source.read(size)
    yield number.to_bytes(11) + b"\1", chunk


def _cipher(secret: str, begin: bytes) -> AESGCM:
    key = HKDF(SHA256(), 32, salt=begin[-_SALT:], info=b"voicebox backup").derive(secret.encode())
    return AESGCM(key)
