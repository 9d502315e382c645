"""Tables and rows of a database file, each row with its place in the file."""

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from feedback.proof.pages import Cell, FileMalformed, PageFile, read_varint

Value = int | float | str | bytes | None

_WHOLE_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
#: type, name, tbl_name, rootpage, sql (section 2.6 of the format).
_COLUMNS_OF_THE_LIST = 5
_REAL, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Tree:
    """A table or an index as the file's own list names it."""

    kind: str
    name: str
    table: str
    root: int
    sql: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values as they are stored (primary key first where the table has no rowid), and where it lies."""

    values: tuple[Value, ...]
    cell: Cell

    @property
    def place(self) -> tuple[int, int]:
        """(page, offset): rows are where they are for a reason, and the reason may be when they came."""
        return self.cell.page, self.cell.offset


def trees(file: PageFile) -> list[Tree]:
    """Every table and index of the file, the list itself included."""
    found = [Tree("table", "sqlite_schema", "sqlite_schema", 1, "")]
    for row in rows_of(file, 1):
        if len(row.values) != _COLUMNS_OF_THE_LIST:
            raise FileMalformed(f"page {row.cell.page} has a broken entry in the list of tables")
        kind, name, table, root, sql = row.values
        if isinstance(root, int) and root:
            found.append(Tree(str(kind), str(name), str(table), root, str(sql or "")))
    return found


def table_rows(file: PageFile, table: str) -> list[Row]:
    """The rows of a table in the order of their keys; [] where there is no such table."""
    roots = [tree.root for tree in trees(file) if tree.kind == "table" and tree.name == table]
    return [row for root in roots for row in rows_of(file, root)]


def pages_of_tables(file: PageFile, tables: Collection[str]) -> set[int]:
    """The numbers of all pages that hold anything of these tables or their indexes."""
    walked = [page for tree in trees(file) if tree.table in tables for page in file.walk(tree.root)]
    overflow = {number for page in walked for cell in page.cells for number in file.overflow_pages(cell)}
    return {page.number for page in walked} | overflow


def rows_of(file: PageFile, root: int) -> Iterator[Row]:
    """The rows of one tree. Without a rowid, rows lie on the inner pages too; page by page, not strictly by key."""
    for page in file.walk(root):
        for cell in page.cells:
            if cell.payload_size:
                yield Row(tuple(_values(file, cell)), cell)


def _values(file: PageFile, cell: Cell) -> Iterator[Value]:
    body = file.payload(cell)
    try:
        end_of_header, at = read_varint(body, 0)
        place = end_of_header
        while at < end_of_header:
            code, at = read_varint(body, at)
            value, place = _value(body, place, code)
            yield value
    except (IndexError, struct.error) as short:
        raise FileMalformed(f"page {cell.page} has a record that ends early") from short


def _value(body: bytes, at: int, code: int) -> tuple[Value, int]:
    """One value by its serial type (section 2.1 of the format), and where it ends."""
    if code in _WHOLE_SIZES:
        end = at + _WHOLE_SIZES[code]
        return int.from_bytes(body[at:end], signed=True), end
    if code == _REAL:
        return struct.unpack_from(">d", body, at)[0], at + 8
    if code in (_ZERO, _ONE):
        return code - _ZERO, at
    if code < _FIRST_BLOB:
        return None, at
    end = at + (code - _FIRST_BLOB) // 2
    part = body[at:end]
    return (part.decode("utf-8", "replace") if code % 2 else part), end
