"""The sheets of an XLSForm as rows of cells, out of a spreadsheet or a CSV file, and the other way round."""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from forms.exchange.core import MOST_PARTS, FileRefused
from forms.exchange.opening import open_workbook_zip, utf8_text

#: Sheet -> its rows, each with its number and its cells as text.
Sheets = dict[str, list[tuple[int, list[str]]]]
#: What we note stands on a sheet of our own.
OWN_SHEET = "voicebox"
_MOST_COLUMNS = 300
_LARGEST_CELL = 40_000
#: What a spreadsheet program would take for a formula, and what keeps it from doing so in a CSV file.
_FORMULA, _GUARD = re.compile(r"'*[=+\-@\t]"), "'"
#: What the first row of a CSV file begins with that is a sheet "survey" and nothing else.
_BARE = ("type", "name", "label")
_KNOWN = ("survey", "choices", "settings", "external_choices", "osm", "entities", OWN_SHEET)
#: Other names of columns, after pyxform's aliases.
_ALIASES = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "list": "list_name",
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
    """One sheet: its columns and its filled rows."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def sheets_of_xlsx(content: bytes) -> Sheets:
    """The sheets of a spreadsheet; FileRefused where it is damaged or too large."""
    open_workbook_zip(content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decorations that it does not keep; we keep none.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), data_only=True)
    except Exception as error:
        # openpyxl lets through whatever its many readers raise on damaged parts: there is no list of them.
        raise FileRefused("cut") from error
    sheets: Sheets = {}
    for sheet in book.worksheets:
        if (sheet.max_row or 0) > MOST_PARTS or (sheet.max_column or 0) > _MOST_COLUMNS:
            raise FileRefused("too_many_parts", most=MOST_PARTS)
        rows = ([_text(value) for value in row] for row in sheet.iter_rows(values_only=True))
        sheets[sheet.title.strip().lower()] = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    return sheets


def sheets_of_csv(content: bytes) -> Sheets:
    """The sheets of a CSV file: a row with a name in its first column begins one; FileRefused where it is none."""
    sheets: Sheets = {}
    name = ""
    try:
        for number, cells in enumerate(csv.reader(StringIO(utf8_text(content), newline=""), strict=True), 1):
            if number > MOST_PARTS or len(cells) > _MOST_COLUMNS:
                raise FileRefused("too_many_parts", most=MOST_PARTS)
            if number == 1 and cells and cells[0].strip().lower() in _BARE:
                return {"survey": _bare(content)}
            if cells and cells[0].strip():
                name = cells[0].strip().lower()
                sheets.setdefault(name, [])
            if name and any(cell.strip() for cell in cells[1:]):
                sheets[name].append((number, ["", *(_unguarded(cell) for cell in cells[1:])]))
    except csv.Error as error:
        raise FileRefused("cut") from error
    return _parted(sheets)


def _bare(content: bytes) -> list[tuple[int, list[str]]]:
    """The one sheet of a CSV file that names none."""
    rows = csv.reader(StringIO(utf8_text(content), newline=""), strict=True)
    return [(number, [_unguarded(cell) for cell in row]) for number, row in enumerate(rows, 1) if any(row)]


def table(sheets: Sheets, name: str) -> Table | None:
    """A sheet with its headers read; None where there is no such sheet; FileRefused for a column twice."""
    rows = sheets.get(name)
    if rows is None:
        return None
    if not rows:
        return Table((), ())
    columns = list(_columns(name, rows[0][1]))
    filled = (
        Row(
            name, number, {column: cells[at].strip() for at, column in columns if at < len(cells) and cells[at].strip()}
        )
        for number, cells in rows[1:]
    )
    return Table([column for _, column in columns], [row for row in filled if row.cells])


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
        writer.writerows(["", *(f"{_GUARD}{text}" if _FORMULA.match(text) else text for text in row)] for row in rows)
    return written.getvalue().encode()


def _joined(sheets: Mapping[str, Iterable[Sequence[str]]]) -> dict[str, list[Sequence[str]]]:
    joined = {name: list(rows) for name, rows in sheets.items()}
    own, settings = joined.pop(OWN_SHEET, []), joined["settings"]
    width = len(settings[0])
    headers = [f"{OWN_SHEET}_{header}" for header in own[0]] if own else []
    joined["settings"] = [[*settings[0], *headers], *settings[1:], *([*[""] * width, *row] for row in own[1:])]
    return joined


def _parted(sheets: Sheets) -> Sheets:
    """Our own sheet, out of the columns of the settings that a CSV file has it in."""
    settings = sheets.get("settings", [])
    width = (
        next((at for at, header in enumerate(settings[0][1]) if header.startswith(f"{OWN_SHEET}_")), 0)
        if settings
        else 0
    )
    if not width:
        return sheets
    own = [(number, [cell.removeprefix(f"{OWN_SHEET}_") for cell in cells[width:]]) for number, cells in settings]
    rest = [(number, cells[:width]) for number, cells in settings]
    return {**sheets, "settings": rest[:2], OWN_SHEET: [own[0], *own[2:]]}


def _columns(sheet: str, headers: Sequence[str]) -> Iterator[tuple[int, Column]]:
    seen: set[tuple[str, str]] = set()
    for at, header in enumerate(headers):
        name, language = _header(header)
        if not name:
            continue
        if (name, language.casefold()) in seen:
            raise FileRefused("column_twice", sheet=sheet, found=header)
        seen.add((name, language.casefold()))
        yield at, Column(name, language, get_column_letter(at + 1), header.strip())


def _header(header: str) -> tuple[str, str]:
    """What a header names: "label::English (en)", "bind:relevant", "media::image::French", "list name"."""
    parts = [" ".join(part.split()) for part in re.split(r"::?", header)]
    while len(parts) > 1 and parts[0].lower() in ("bind", "control", "media", "jr"):
        parts = parts[1:]
    name = parts[0].lower().replace(" ", "_")
    return _ALIASES.get(name, name), parts[1] if len(parts) > 1 else ""


def _text(value: object) -> str:
    """A cell as XLSForm reads it: whole numbers without a point, truth as its name."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:_LARGEST_CELL]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and _FORMULA.match(cell) else cell[:_LARGEST_CELL]
