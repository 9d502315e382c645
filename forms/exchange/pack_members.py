"""What is in a pack's ZIP file, taken out within limits: nothing in it is trusted before its signature is checked."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from forms.exchange.pack_sentences import SENTENCES

#: The media types that a pack may hold, and the folder each belongs to.
MEDIA: Mapping[str, str] = {
    "image/png": "pictures",
    "image/jpeg": "pictures",
    "image/webp": "pictures",
    "audio/ogg": "audio",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
}
MOST_MEMBERS = 4_000
LARGEST_FILE = 200 * 1024 * 1024
LARGEST_MEMBER = 20 * 1024 * 1024
#: Words pack to a tenth of their size, twenty languages of one form to a fortieth. A bomb packs a thousandfold.
MOST_RATIO = 200
_SMALL = 64 * 1024

_TEXTS = re.compile(r"manifest\.json|signature\.json|instrument\.json|texts/[a-z]{2,3}(-[A-Za-z0-9]{2,4}){0,2}\.json")
_MEDIA_NAME = re.compile(r"(pictures|audio)(/[A-Za-z0-9][A-Za-z0-9_-]{0,59}(\.[A-Za-z0-9]{1,5})?){1,4}")
_ENCRYPTED = 0x1


class PackRefused(Exception):
    """The file is no pack that may come in. `code` is one of `pack_sentences.SENTENCES`, `member` what it is about."""

    def __init__(self, code: str, member: str = "") -> None:
        super().__init__(SENTENCES[code] % {"member": member})
        self.code, self.member = code, member


def is_media_name(path: str) -> bool:
    """Whether a picture or recording may have this path in a pack."""
    return bool(_MEDIA_NAME.fullmatch(path))


def members_of(body: bytes) -> dict[str, bytes]:
    """The members by their names; PackRefused where one is not a pack's, is too large, or cannot be read."""
    if len(body) > LARGEST_FILE:
        raise PackRefused("pack_too_large")
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            infos = archive.infolist()
            _refuse_odd(infos)
            return {info.filename: _taken_out(archive, info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError) as broken:
        # RuntimeError is NotImplementedError too: a way of packing that no pack uses.
        raise PackRefused("pack_no_zip") from broken


def looks_like(type_: str, body: bytes) -> bool:
    """Whether the first bytes are those of this media type; what follows is looked at when it is drawn or played."""
    starts = {
        "image/png": body.startswith(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg": body.startswith(b"\xff\xd8\xff"),
        "image/webp": body[:4] == b"RIFF" and body[8:12] == b"WEBP",
        "audio/ogg": body.startswith(b"OggS"),
        "audio/mpeg": body.startswith(b"ID3") or (body[:1] == b"\xff" and body[1:2] >= b"\xe0"),
        "audio/mp4": body[4:8] == b"ftyp",
    }
    return starts.get(type_, False)


def _refuse_odd(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_FILE:
        raise PackRefused("pack_too_large")
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        # What the directory calls a member and what stands before its bytes; readers differ on which of them counts.
        if name != info.orig_filename or not (_TEXTS.fullmatch(name) or _MEDIA_NAME.fullmatch(name)):
            raise PackRefused("pack_name", name[:80])
        if name in seen:
            raise PackRefused("pack_twice", name)
        seen.add(name)
        kind = (info.external_attr >> 16) & 0o170000
        if info.flag_bits & _ENCRYPTED or kind not in (0, 0o100000):
            raise PackRefused("pack_odd", name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackRefused("pack_odd", name)
        bomb = info.file_size > max(_SMALL, info.compress_size * MOST_RATIO)
        if bomb or info.file_size > LARGEST_MEMBER:
            raise PackRefused("pack_bomb", name)


def _taken_out(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        # No more than the directory promised: the bytes may say otherwise.
        body = member.read(info.file_size + 1)
    if len(body) != info.file_size:
        raise PackRefused("pack_bomb", info.filename)
    return body
