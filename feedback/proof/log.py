"""SQLite's write-ahead log, commit by commit (https://sqlite.org/fileformat2.html, section 4)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.proof.pages import FileMalformed, PageFile

_MAGIC_LITTLE, _MAGIC_BIG = 0x377F0682, 0x377F0683
_HEADER, _FRAME_HEADER = 32, 24


@dataclass(frozen=True, slots=True)
class Frame:
    """One page as one commit left it. `pages_after` is the size of the database where a commit ends, else 0."""

    page: int
    pages_after: int
    body: bytes


def frames(log: bytes) -> list[Frame]:
    """The valid frames, oldest first, up to the last commit; what was written after it never counted.

    FileMalformed where the log is none. Frames of an earlier log are not valid, but their bytes are still there.
    """
    if len(log) < _HEADER:
        return []
    magic, _version, page_size = struct.unpack_from(">III", log)
    if magic not in (_MAGIC_LITTLE, _MAGIC_BIG):
        raise FileMalformed("the write-ahead log has no header")
    order = "<" if magic == _MAGIC_LITTLE else ">"
    if (sums := _add(order, log[:24], (0, 0))) != struct.unpack_from(">II", log, 24):
        return []
    found, whole = [], 0
    for at in range(_HEADER, len(log) - _FRAME_HEADER - page_size + 1, _FRAME_HEADER + page_size):
        head, body = log[at : at + _FRAME_HEADER], log[at + _FRAME_HEADER : at + _FRAME_HEADER + page_size]
        number, pages_after = struct.unpack_from(">II", head)
        sums = _add(order, body, _add(order, head[:8], sums))
        if head[8:16] != log[16:24] or struct.unpack_from(">II", head, 16) != sums:
            break
        found.append(Frame(number, pages_after, body))
        whole = len(found) if pages_after else whole
    return found[:whole]


def valid_size(log: bytes) -> int:
    """How many bytes of the log are its header and valid frames; what comes after them is of an earlier log."""
    found = frames(log)
    return _HEADER + sum(_FRAME_HEADER + len(frame.body) for frame in found) if found else 0


def commits(body: bytes, log: bytes) -> Iterator[PageFile]:
    """The database as it was before the log's first commit, and after each one."""
    newer: dict[int, bytes] = {}
    if body:
        yield PageFile(body)
    for frame in frames(log):
        newer[frame.page] = frame.body
        if frame.pages_after:
            yield PageFile(body, dict(newer), frame.pages_after)


def latest(body: bytes, log: bytes) -> PageFile:
    """The database as a reader sees it now."""
    *_earlier, last = [None, *commits(body, log)]
    if last is None:
        raise FileMalformed("the file is empty")
    return last


def _add(order: str, part: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(part) // 4}I", part)
    for place in range(0, len(words), 2):
        first = (first + words[place] + second) & 0xFFFFFFFF
        second = (second + words[place + 1] + first) & 0xFFFFFFFF
    return first, second
