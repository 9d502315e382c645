"""The rows of a file with answers: CSV with whatever separates its cells, or a spreadsheet."""

import csv
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO

from openpyxl import load_workbook

from forms.exchange.core import FileRefused
from forms.exchange.opening import in_utf8, open_workbook_zip
from forms.exchange.responses.tools import tool_of

LARGEST_FILE = 50_000_000
_MOST_ROWS, _MOST_COLUMNS = 200_000, 2_000
_SEPARATORS = (",", ";", "\t")
_SAYS_SEPARATOR = re.compile(r"^\"?sep=.\"?\r?\n")


@dataclass(frozen=True, slots=True)
class Table:
    """The headings, and each row with the line on which it ends; rows have as many cells as there are headings."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


def table_of(content: bytes) -> Table:
    """The table in a file; FileRefused where it cannot be read, or no tool that is known wrote its headings."""
    if not content:
        raise FileRefused("empty")
    if len(content) > LARGEST_FILE:
        raise FileRefused("too_big", most=LARGEST_FILE // 1_000_000)
    rows = list(_of_workbook(content)) if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else _of_csv(content)
    if not rows or tool_of(rows[0][1]) is None:
        raise FileRefused("rows_unknown_tool")
    headings = [heading.strip() for heading in rows[0][1]]
    while headings and not headings[-1]:
        headings.pop()
    return Table(headings, [_filled(line, cells, len(headings)) for line, cells in rows[1:] if any(cells)])


def _of_csv(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        # Excel may say in a line of its own what stands between the cells.
        text = _SAYS_SEPARATOR.sub("", in_utf8(content).decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        raise FileRefused("not_utf8") from broken
    if "\0" in text:
        raise FileRefused("not_text")
    for separator in _SEPARATORS:
        try:
            first = next(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), [])
        except csv.Error:
            continue
        if tool_of(first):
            return _rows(text, separator)
    raise FileRefused("rows_unknown_tool")


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
            if len(rows) > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise FileRefused("too_many_parts", most=_MOST_ROWS)
    except csv.Error as broken:
        raise FileRefused("rows_cut", line=reader.line_num) from broken
    return rows


def _of_workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    open_workbook_zip(content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decorations that it does not keep; we keep none.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), data_only=True)
        sheet = book.worksheets[0]
    except Exception as broken:
        # openpyxl lets through whatever its many readers raise on damaged parts: there is no list of them.
        raise FileRefused("cut") from broken
    if (sheet.max_row or 0) > _MOST_ROWS or (sheet.max_column or 0) > _MOST_COLUMNS:
        raise FileRefused("too_many_parts", most=_MOST_ROWS)
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _filled(line: int, cells: Sequence[str], width: int) -> tuple[int, Sequence[str]]:
    if any(cell.strip() for cell in cells[width:]):
        raise FileRefused("rows_cut", line=line)
    return line, [*cells[:width], *[""] * (width - len(cells))]
