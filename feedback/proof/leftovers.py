"""Bytes that belong to nothing: what is left of something deleted is found here, or nowhere in the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from feedback.proof.pages import FileMalformed, PageFile, TreePage
from feedback.proof.rows import trees

#: Bytes that are not zero, with single zeros between them.
_STRETCH = re.compile(rb"[^\0]+(?:\0[^\0]+)*")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A place that should be empty, and how many bytes of it are not zero.

    SQLite itself leaves numbers of two bytes where it took a page apart and put it together again, also while it
    rewrites the whole file: pointers to cells, and headers of free blocks, all of them distances within the page. A
    place with nothing but those holds no content; text never looks like it, for its bytes are too large as distances.
    """

    page: int
    offset: int
    bytes_left: int
    #: Stretches that are more than distances; to be compared, never shown.
    content: tuple[bytes, ...] = field(repr=False)


def leftovers(file: PageFile) -> list[Leftover]:
    """Every place in free pages, freeblocks, fragments and unallocated page space that is not zero.

    A freeblock's own header (4 bytes) and the free list's numbers are not left of anything, and not looked at.
    """
    used = _by_page(file)
    found = []
    for number in range(1, file.pages + 1):
        page = file.page(number) if number != file.never_used else b""
        for start, end in _gaps(sorted(used.get(number, [])), len(page)):
            if (left := end - start - page.count(0, start, end)) > 0:
                found.append(Leftover(number, start, left, _content(page[start:end], file.usable)))
    if file.pages_by_log is None and (beyond := file.body[file.pages * file.page_size :].strip(b"\0")):
        found.append(Leftover(file.pages + 1, 0, len(beyond), (beyond,)))
    return found


def _by_page(file: PageFile) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for number, stretches in _used(file):
        if number in found:
            raise FileMalformed(f"page {number} is part of two things")
        if number > file.pages:
            raise FileMalformed(f"page {number} is not in the file")
        found[number] = stretches
    return found


def _content(gap: bytes, usable: int) -> tuple[bytes, ...]:
    found = (match.group() for match in _STRETCH.finditer(gap))
    return tuple(stretch for stretch in found if not _are_distances(stretch, usable))


def _are_distances(stretch: bytes, usable: int) -> bool:
    # A number's first or last byte may be a zero that the stretch was cut at.
    return any(
        all(int.from_bytes(padded[at : at + 2]) <= usable for at in range(0, len(padded), 2))
        for padded in (stretch + b"\0" * (len(stretch) % 2), b"\0" + stretch + b"\0" * (1 - len(stretch) % 2))
    )


def _used(file: PageFile) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Each page that is part of anything, with the stretches (start, end) of it that are."""
    for number, needed in file.free_pages():
        yield number, [(0, needed)]
    for tree in trees(file):
        for page in file.walk(tree.root):
            yield page.number, list(_stretches(page))
            for cell in page.cells:
                left = cell.payload_size - len(cell.local)
                for number in file.overflow_pages(cell):
                    yield number, [(0, 4 + min(left, file.usable - 4))]
                    left -= file.usable - 4


def _stretches(page: TreePage) -> Iterator[tuple[int, int]]:
    yield 0, page.header_end
    yield from ((cell.offset, cell.offset + cell.size) for cell in page.cells)
    yield from ((start, start + 4) for start, _size in page.freeblocks)


def _gaps(stretches: list[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    reached = 0
    for start, end in stretches:
        if start > reached:
            yield reached, start
        reached = max(reached, end)
    if reached < size:
        yield reached, size
