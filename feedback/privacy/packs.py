"""An audit pack: a ZIP of files with one signed document, `manifest.json`, that has the SHA-256 of every other file.

It is checked with public parts only, and never unpacked: names that lead out of a folder, archives that grow without
end and links are refused before a byte of them is read.
"""

import json
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BrokenBytes  # noqa: N812 - it is one

from feedback.privacy.evidence import Genuine, NotGenuine, read_document

KIND = "audit-pack"
MANIFEST = "manifest.json"
#: More files, or more bytes in one or in all of them, are no pack of ours.
MOST_FILES, LARGEST_FILE, LARGEST_PACK = 5_000, 64 * 1024**2, 256 * 1024**2
_LARGEST_MANIFEST = 4 * 1024**2
#: Folders and files of plain letters; no step up, no drive, nothing that begins with a dot.
_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}/){0,3}[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1


class What(StrEnum):
    """What is wrong with one file of a pack."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    UNSAFE = "unsafe"  # a name that leads out of the folder, a link, locked, or packed in an odd way
    TWICE = "twice"
    TOO_LARGE = "too_large"


class NoPack(Exception):
    """Not a pack at all: `why` is "unreadable", "manifest", "too_large", or what `NotGenuine` says of the manifest."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack whose manifest is genuine. `wrong`: file -> what is wrong with it; empty where all files hold."""

    manifest: Genuine
    files: int
    wrong: Mapping[str, What]


def hashes_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Name -> SHA-256 in hex; what a manifest says under "files"."""
    return {name: sha256(body).hexdigest() for name, body in sorted(files.items())}


def write_pack(files: Mapping[str, bytes], manifest: Mapping[str, Any], *, on: date) -> bytes:
    """The ZIP: the manifest first, then the files by name. The same files and day give the same bytes."""
    packed = BytesIO()
    body = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in ((MANIFEST, body), *sorted(files.items())):
            entry = ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def is_zip(file: Path) -> bool:
    """Whether a file begins as a ZIP does."""
    with file.open("rb") as opened:
        return opened.read(4) == b"PK\x03\x04"


def check_pack(opened: BinaryIO) -> Checked:
    """Check the manifest's signature, then every file against it. NoPack."""
    try:
        with ZipFile(opened) as archive:
            return _check(archive)
    # What zipfile raises for archives that somebody bent.
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError) as broken:
        raise NoPack("unreadable") from broken


def _check(archive: ZipFile) -> Checked:
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_PACK:
        raise NoPack("too_large")
    manifest = _manifest(archive, entries)
    wanted = manifest.facts["files"]
    wrong = dict(_wrong(archive, entries, wanted))
    names = {entry.filename for entry in entries}
    wrong |= {name: What.MISSING for name in wanted if name not in names}
    return Checked(manifest, len(wanted), dict(sorted(wrong.items())))


def _manifest(archive: ZipFile, entries: list[ZipInfo]) -> Genuine:
    found = [entry for entry in entries if entry.filename == MANIFEST]
    body = _read(archive, found[0], _LARGEST_MANIFEST) if len(found) == 1 and not _is_unsafe(found[0]) else None
    if body is None:
        raise NoPack("manifest")
    try:
        read = read_document(body)
    except NotGenuine as refused:
        raise NoPack(refused.why) from refused
    files = read.facts.get("files")
    if read.kind != KIND or not isinstance(files, dict) or not all(isinstance(each, str) for each in files.values()):
        raise NoPack("shape")
    return read


def _wrong(archive: ZipFile, entries: list[ZipInfo], wanted: Mapping[str, str]) -> Iterator[tuple[str, What]]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if name in seen:
            yield name, What.TWICE
        elif _is_unsafe(entry):
            yield name, What.UNSAFE
        elif name != MANIFEST and name not in wanted:
            yield name, What.ADDED
        elif name != MANIFEST:
            body = _read(archive, entry, LARGEST_FILE)
            if body is None:
                yield name, What.TOO_LARGE
            elif sha256(body).hexdigest() != wanted[name]:
                yield name, What.CHANGED
        seen.add(name)


def _is_unsafe(entry: ZipInfo) -> bool:
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    odd = entry.flag_bits & _ENCRYPTED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    return not _NAME.fullmatch(entry.filename) or is_link or bool(odd)


def _read(archive: ZipFile, entry: ZipInfo, most: int) -> bytes | None:
    """What is in it; None where that is more than `most` bytes, whatever its head says. b"" for a broken one."""
    found = bytearray()
    try:
        with archive.open(entry) as opened:
            while chunk := opened.read(_CHUNK):
                found += chunk
                if len(found) > most:
                    return None
    except (BadZipFile, BrokenBytes, EOFError):
        # Its own checksum says that it was changed, and the one of the manifest will say so too.
        return b""
    return bytes(found)
