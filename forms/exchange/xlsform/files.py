"""The sheets of an XLSForm out of a spreadsheet or a CSV file, whichever program wrote it."""

import csv
import warnings
from collections.abc import Collection, Iterator
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from forms.exchange.core import MOST_PARTS, FileRefused
from forms.exchange.opening import cells_uncalculated, open_workbook_zip, utf8_text
from forms.exchange.xlsform.sheets import BARE, FORMULA, GUARD, OWN_SHEET, Sheets

_MOST_COLUMNS = 300
#: Cells that are looked at, the empty ones between others too. A table that somebody coloured far down is no form.
_MOST_CELLS = 3_000_000
_LARGEST_CELL = 40_000


def sheets_of_xlsx(content: bytes) -> Sheets:
    """The sheets of a spreadsheet; FileRefused where it is damaged, too large or not calculated."""
    open_workbook_zip(content)
    sheets = _filled(content, data_only=True)
    uncalculated = cells_uncalculated(content)
    if uncalculated:
        _refuse_uncalculated(sheets, _filled(content, data_only=False), uncalculated)
    return sheets


def _filled(content: bytes, *, data_only: bool) -> Sheets:
    sheets: Sheets = {}
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decorations that it does not keep; we keep none.
            warnings.simplefilter("ignore")
            # Read row after row, a cell that somebody coloured in the last row of all costs nothing.
            book = load_workbook(BytesIO(content), data_only=data_only, read_only=True)
            for sheet in book.worksheets:
                name = sheet.title.strip().lower()
                while name in sheets:
                    name += "'"
                sheet.reset_dimensions()
                sheets[name] = list(_rows(sheet))
    except FileRefused:
        raise
    except Exception as error:
        # openpyxl lets through whatever its many readers raise on damaged parts: there is no list of them.
        raise FileRefused("cut") from error
    return sheets


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows with something in them; an empty sheet has none."""
    looked_at = found = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        looked_at += len(row) + 1
        cells = [_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        found += bool(cells)
        if looked_at > _MOST_CELLS or found > MOST_PARTS or len(cells) > _MOST_COLUMNS:
            raise FileRefused("too_many_parts", most=MOST_PARTS)
        if cells:
            yield number, cells


def _refuse_uncalculated(sheets: Sheets, written: Sheets, cells: Collection[str]) -> None:
    """A formula whose result nobody saved is no words; it must not be lost in silence."""
    for name, rows in written.items():
        known = dict(sheets[name])
        for number, row in rows:
            for at, text in enumerate(row):
                place = f"{get_column_letter(at + 1)}{number}"
                calculated = known.get(number, [])
                if text.startswith("=") and place in cells and not "".join(calculated[at : at + 1]):
                    raise FileRefused("formula", found=text, place=f"{name}!{place}")


def sheets_of_csv(content: bytes) -> Sheets:
    """The sheets of a CSV file: a row with a name in its first column begins one; FileRefused where it is none."""
    sheets: Sheets = {}
    name = ""
    for number, cells in _csv_rows(content):
        if not sheets and cells[0].strip().lower() in BARE:
            return {"survey": [(at, [_unguarded(cell) for cell in row]) for at, row in _csv_rows(content)]}
        if cells[0].strip():
            name = cells[0].strip().lower()
            sheets.setdefault(name, [])
        if name and any(cell.strip() for cell in cells[1:]):
            sheets[name].append((number, ["", *(_unguarded(cell) for cell in cells[1:])]))
    return _parted(sheets)


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows with something in them."""
    text = utf8_text(content)
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), _separated(text), strict=True), 1):
            if number > MOST_PARTS or len(cells) > _MOST_COLUMNS:
                raise FileRefused("too_many_parts", most=MOST_PARTS)
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise FileRefused("cut") from error


def _separated(text: str) -> type[csv.Dialect]:
    """What stands between the cells: spreadsheet programs write what their country has."""

    class Separated(csv.excel):
        delimiter = max(",;\t", key=text[:2000].count)

    return Separated


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
    return cell[1:] if cell.startswith(GUARD) and FORMULA.match(cell) else cell[:_LARGEST_CELL]
