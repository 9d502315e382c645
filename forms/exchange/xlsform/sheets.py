"""The sheets of an XLSForm as rows of cells by the names of their columns, and as a spreadsheet or a CSV file."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from forms.exchange.core import FileRefused

#: Sheet -> its rows, each with its number and its cells as text.
Sheets = dict[str, list[tuple[int, list[str]]]]
#: What we note stands on a sheet of our own.
OWN_SHEET = "voicebox"
#: What a spreadsheet program would take for a formula, and what keeps it from doing so in a CSV file.
FORMULA, GUARD = re.compile(r"'*[=+\-@\t]"), "'"
#: What the first row of a CSV file begins with that is a sheet "survey" and nothing else.
BARE = ("type", "name", "label")
_KNOWN = ("survey", "choices", "settings", "external_choices", "osm", "entities", OWN_SHEET)
#: Other names of columns, after pyxform's aliases.
_ALIASES = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "text": "label",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "list": "list_name",
    "count": "repeat_count",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, for which language ("" where the header names none), and its letter and header."""

    name: str
    language: str
    letter: str
    header: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the headers; `cells` has what is filled in."""

    sheet: str
    number: int
    cells: Mapping[Column, str]

    def get(self, name: str) -> str:
        """The first filled cell of this column, in whatever language, stripped; "" for none."""
        return next((text for column, text in self.cells.items() if column.name == name), "").strip()

    def said(self, name: str) -> dict[str, str]:
        """The cells of this column by the language that their headers name."""
        return {column.language: text for column, text in self.cells.items() if column.name == name}

    def at(self, name: str = "") -> str:
        """Where it stands, as spreadsheets write it: "survey!D7", or "survey!7" for the row."""
        letter = next((column.letter for column in self.cells if column.name == name), "")
        return f"{self.sheet}!{letter}{self.number}"

    def of(self, column: Column) -> str:
        """Where its cell in this column stands."""
        return f"{self.sheet}!{column.letter}{self.number}"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its columns and its filled rows."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def table(sheets: Sheets, name: str) -> Table | None:
    """A sheet with its headers read; None where there is no such sheet; FileRefused for a column twice."""
    rows = sheets.get(name)
    if rows is None:
        return None
    if not rows:
        return Table(name, (), ())
    columns = list(_columns(name, rows))
    filled = (
        Row(
            name, number, {column: cells[at].strip() for at, column in columns if at < len(cells) and cells[at].strip()}
        )
        for number, cells in rows[1:]
    )
    return Table(name, [column for _, column in columns], [row for row in filled if row.cells])


def strange_sheets(sheets: Sheets) -> Iterator[str]:
    """The sheets with something in them that no XLSForm has."""
    return (name for name, rows in sheets.items() if name not in _KNOWN and rows)


def xlsx_of(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A spreadsheet of these sheets, every cell text and no formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for at, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(number, at, text)
                    cell.data_type = "s"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def csv_of(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A CSV file of these sheets, as pyxform reads it, in UTF-8.

    pyxform refuses a CSV file with a sheet that it does not know, and passes over rows of settings below the first:
    our own sheet stands there, in columns of its own.
    """
    written = StringIO(newline="")
    writer = csv.writer(written)
    for name, rows in _joined(sheets).items():
        writer.writerow([name])
        writer.writerows(["", *(f"{GUARD}{text}" if FORMULA.match(text) else text for text in row)] for row in rows)
    return written.getvalue().encode()


def _joined(sheets: Mapping[str, Iterable[Sequence[str]]]) -> dict[str, list[Sequence[str]]]:
    joined = {name: list(rows) for name, rows in sheets.items()}
    own, settings = joined.pop(OWN_SHEET, []), joined["settings"]
    width = len(settings[0])
    headers = [f"{OWN_SHEET}_{header}" for header in own[0]] if own else []
    joined["settings"] = [[*settings[0], *headers], *settings[1:], *([*[""] * width, *row] for row in own[1:])]
    return joined


def _columns(sheet: str, rows: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, Column]]:
    seen: dict[tuple[str, str], tuple[int, Column]] = {}
    filled = {at for _, cells in rows[1:] for at, cell in enumerate(cells) if cell.strip()}
    headers = rows[0][1]
    for at in range(max(len(headers), max(filled, default=0) + 1)):
        header = headers[at].strip() if at < len(headers) else ""
        name, language = _header(header)
        if not name and at not in filled:
            continue
        column = Column(name, language if name else f"#{at}", get_column_letter(at + 1), header)
        before, first = seen.setdefault((column.name, column.language.casefold()), (at, column))
        if before != at and first.header == header:
            raise FileRefused("column_twice", sheet=sheet, found=header)
        if before != at and {before, at} <= filled:
            place, other = (f"{sheet}!{each.letter}" for each in (first, column))
            raise FileRefused("columns_same", first=first.header, found=header, place=place, other=other)
        yield at, column


def _header(header: str) -> tuple[str, str]:
    """What a header names: "label::English (en)", "bind:relevant", "media::image::French", "list name"."""
    parts = [" ".join(part.split()) for part in re.split(r"::?", header)]
    while len(parts) > 1 and parts[0].lower() in ("bind", "control", "media", "jr"):
        parts = parts[1:]
    name = parts[0].lower().replace(" ", "_")
    return _ALIASES.get(name, name), parts[1] if len(parts) > 1 else ""
