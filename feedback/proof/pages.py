"""SQLite's file, page by page, read from its published format (https://sqlite.org/fileformat2.html, sections 1 and 2).

No SQLite library is used: it would show what is in the tables, and not what else lies in the file.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_MAGIC = b"SQLite format 3\0"
#: Where the b-tree header of page 1 begins; in front of it lies the header of the file.
_FILE_HEADER = 100
#: The page at this byte is never used, so that old systems can lock it.
_LOCK_BYTE = 1 << 30
_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13
_INTERIOR = (_INTERIOR_INDEX, _INTERIOR_TABLE)
_INDEX = (_INTERIOR_INDEX, _LEAF_INDEX)
#: A cell never takes less room than a freeblock's header would need.
_SMALLEST_CELL = 4


class FileMalformed(Exception):
    """The bytes are no SQLite file, or a broken one. The text says where."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a b-tree page: `size` bytes at `offset` of `page`, `local` of the payload, then overflow pages."""

    page: int
    offset: int
    size: int
    local: bytes
    payload_size: int
    overflow: int
    rowid: int | None = None
    child: int | None = None


@dataclass(frozen=True, slots=True)
class TreePage:
    """A b-tree page taken apart. `freeblocks` are (offset, size); `header_end` is where the pointer array ends."""

    number: int
    header_start: int
    header_end: int
    cells: tuple[Cell, ...]
    freeblocks: tuple[tuple[int, int], ...]
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageFile:
    """The pages of a database file as a reader sees them: `newer` are those that its write-ahead log replaces."""

    body: bytes
    newer: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}))
    pages_by_log: int | None = None

    def __post_init__(self) -> None:
        if self.page(1)[:16] != _MAGIC:
            raise FileMalformed("this is no SQLite database")

    @property
    def page_size(self) -> int:
        """Bytes of a page."""
        # The first page may only be in the log yet.
        head = self.newer.get(1, self.body)
        size = int.from_bytes(head[16:18])
        size = 65536 if size == 1 else size
        if size < 512 or size & (size - 1):
            raise FileMalformed(f"a page of {size} bytes")
        return size

    @property
    def usable(self) -> int:
        """Bytes of a page that hold anything."""
        return self.page_size - self.newer.get(1, self.body)[20]

    @property
    def pages(self) -> int:
        """How many pages the database has."""
        return len(self.body) // self.page_size if self.pages_by_log is None else self.pages_by_log

    @property
    def never_used(self) -> int:
        """The number of the page that SQLite leaves alone; most files are too short to have it."""
        return _LOCK_BYTE // self.page_size + 1

    def page(self, number: int) -> bytes:
        """The bytes of one page, counted from 1; FileMalformed where there is none."""
        size = self.page_size
        found = self.newer.get(number, self.body[(number - 1) * size : number * size])
        if number < 1 or len(found) != size:
            raise FileMalformed(f"page {number} is not in the file")
        return found

    def tree_page(self, number: int) -> TreePage:
        """A page of a table or an index, taken apart."""
        page = self.page(number)
        start = _FILE_HEADER if number == 1 else 0
        kind = page[start]
        if kind not in (*_INTERIOR, _LEAF_INDEX, _LEAF_TABLE):
            raise FileMalformed(f"page {number} is of no known kind")
        first_free, count = struct.unpack_from(">HH", page, start + 1)
        pointers = start + (12 if kind in _INTERIOR else 8)
        if pointers + 2 * count > self.usable:
            raise FileMalformed(f"page {number} has {count} cells")
        offsets = struct.unpack_from(f">{count}H", page, pointers)
        cells = tuple(self._cell(page, number, kind, offset) for offset in offsets)
        children = tuple(cell.child for cell in cells if cell.child is not None)
        if kind in _INTERIOR:
            children += (int.from_bytes(page[start + 8 : start + 12]),)
        freeblocks = tuple(_freeblocks(page, number, first_free))
        return TreePage(number, start, pointers + 2 * count, cells, freeblocks, children)

    def overflow_pages(self, cell: Cell) -> tuple[int, ...]:
        """The pages on which the cell's payload goes on, in their order."""
        found: list[int] = []
        number, left = cell.overflow, cell.payload_size - len(cell.local)
        while left > 0:
            if number in found:
                raise FileMalformed(f"page {number} leads back to itself")
            found.append(number)
            number = int.from_bytes(self.page(number)[:4])
            left -= self.usable - 4
        return tuple(found)

    def payload(self, cell: Cell) -> bytes:
        """All bytes of the cell's record."""
        rest = b"".join(self.page(number)[4 : self.usable] for number in self.overflow_pages(cell))
        return (cell.local + rest)[: cell.payload_size]

    def walk(self, root: int) -> Iterator[TreePage]:
        """Every page of the tree with this root."""
        waiting, seen = [root], set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                raise FileMalformed(f"page {number} is in its own tree")
            seen.add(number)
            page = self.tree_page(number)
            yield page
            waiting.extend(reversed(page.children))

    def free_pages(self) -> Iterator[tuple[int, int]]:
        """Every free page as (number, bytes at its beginning that the free list itself needs)."""
        trunk, seen = int.from_bytes(self.page(1)[32:36]), set()
        while trunk:
            if trunk in seen:
                raise FileMalformed(f"page {trunk} is twice in the free list")
            seen.add(trunk)
            following, count = struct.unpack_from(">II", self.page(trunk))
            if 8 + 4 * count > self.usable:
                raise FileMalformed(f"page {trunk} lists {count} free pages")
            yield trunk, 8 + 4 * count
            yield from ((leaf, 0) for leaf in struct.unpack_from(f">{count}I", self.page(trunk), 8))
            trunk = following

    def _cell(self, page: bytes, number: int, kind: int, offset: int) -> Cell:
        try:
            return self._read_cell(page, number, kind, offset)
        except (IndexError, struct.error) as outside:
            raise FileMalformed(f"page {number} has a cell that runs over its end") from outside

    def _read_cell(self, page: bytes, number: int, kind: int, offset: int) -> Cell:
        at, child, rowid, size = offset, None, None, 0
        if kind in _INTERIOR:
            child, at = struct.unpack_from(">I", page, at)[0], at + 4
        if kind != _INTERIOR_TABLE:
            size, at = read_varint(page, at)
            if size < 0:
                raise FileMalformed(f"page {number} has a cell of less than nothing")
        if kind not in _INDEX:
            rowid, at = read_varint(page, at)
        local = _local_size(size, self.usable, is_index=kind in _INDEX)
        end, overflow = at + local, 0
        if local < size:
            overflow, end = struct.unpack_from(">I", page, end)[0], end + 4
        if end > self.usable:
            raise FileMalformed(f"page {number} has a cell that runs over its end")
        return Cell(
            page=number,
            offset=offset,
            size=max(end - offset, _SMALLEST_CELL),
            local=page[at : at + local],
            payload_size=size,
            overflow=overflow,
            rowid=rowid,
            child=child,
        )


def read_varint(body: bytes, at: int) -> tuple[int, int]:
    """SQLite's number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = body[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | body[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9


def _local_size(size: int, usable: int, *, is_index: bool) -> int:
    """How much of a payload of this size stays on its page (section 1.6 of the format)."""
    most = ((usable - 12) * 64 // 255) - 23 if is_index else usable - 35
    if size <= most:
        return size
    least = ((usable - 12) * 32 // 255) - 23
    wanted = least + (size - least) % (usable - 4)
    return wanted if wanted <= most else least


def _freeblocks(page: bytes, number: int, first: int) -> Iterator[tuple[int, int]]:
    at, before = first, 0
    while at:
        # They are in ascending order; anything else would go round for ever.
        if at <= before or at + 4 > len(page):
            raise FileMalformed(f"page {number} has a broken list of free blocks")
        following, size = struct.unpack_from(">HH", page, at)
        yield at, size
        at, before = following, at
