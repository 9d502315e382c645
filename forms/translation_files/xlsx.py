"""XLSX: every cell is a text, so that nothing is calculated, shortened or taken for a date.

Own reading of the few parts that hold texts: openpyxl turns the escaped "_x000D_" of a text into another one, and a
text has to come back as it is.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from forms.translation_files.columns import HEAD, WIDTHS, found_in, rows_of
from forms.translation_files.sheet import MOST_UNITS, FileRefused, Found, Sheet
from forms.translation_files.xml_text import name_of, tree_of

#: Parts of a workbook, bytes of all of them unpacked, and how much smaller packing may have made them.
_MOST_PARTS, _MOST_BYTES, _MOST_RATIO = 200, 20_000_000, 200
_LONGEST_CELL = 32_767
_MOST_COLUMNS = 100
#: Halves of surrogate pairs are no characters, and stay as they are written.
_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
#: Two escapes in one, such as "_x005F_x000D_", XlsxWriter writes so that another text is read.
_OVERLAP = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}\Z")
#: Workbooks carry the moment they were made; ours always say this one.
_MADE = datetime(1980, 1, 1, tzinfo=UTC)


def write(sheet: Sheet) -> bytes:
    """The workbook, with one sheet. FileRefused("cell")."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only a download needs it

    body = BytesIO()
    book = Workbook(body, {"in_memory": True})
    book.set_properties({"created": _MADE})
    looks = {True: book.add_format({"bold": True, "bottom": 1}), False: book.add_format({"text_wrap": True})}
    page = book.add_worksheet("texts")
    page.freeze_panes(1, 0)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    for number, row in enumerate(rows_of(sheet)):
        for column, text in enumerate(row):
            if len(text.encode("utf-16-le")) // 2 > _LONGEST_CELL or _OVERLAP.search(text):
                raise FileRefused("cell", row[HEAD.index("key")])
            page.write_string(number, column, text, looks[number == 0])
    book.close()
    return body.getvalue()


def read(raw: bytes) -> Found:
    """What the first sheet of the workbook says. FileRefused."""
    parts = _parts(raw)
    path = _first_sheet(parts)
    if path not in parts:
        raise FileRefused("broken")
    kept = tree_of(parts["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in parts else None
    shared = [_rich(each) for each in kept if name_of(each) == "si"] if kept is not None else []
    return found_in(_rows(tree_of(parts[path]), shared))


def _parts(raw: bytes) -> dict[str, bytes]:
    """The XML of the workbook by its path: weighed before it is unpacked."""
    try:
        with ZipFile(BytesIO(raw)) as packed:
            infos = packed.infolist()
            names = [info.filename for info in infos]
            size, packed_size = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
            if len(names) > _MOST_PARTS or size > _MOST_BYTES or size > _MOST_RATIO * max(packed_size, 1_000):
                raise FileRefused("unsafe")
            if len(set(names)) < len(names) or any(info.flag_bits & 1 for info in infos):
                raise FileRefused("unsafe")
            # `read` gives no more than the sizes above say, and checks every sum.
            return {name: packed.read(name) for name in names if name.endswith((".xml", ".rels"))}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, UnicodeError) as broken:
        raise FileRefused("broken") from broken


def _first_sheet(parts: Mapping[str, bytes]) -> str:
    """The path of the first sheet, as the workbook's own list leads to it."""
    if not parts.keys() >= {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
        raise FileRefused("unknown")
    sheets = (each for each in tree_of(parts["xl/workbook.xml"]).iter() if name_of(each) == "sheet")
    first = next(sheets, None)
    wanted = next((said for name, said in first.items() if name.endswith("}id")), "") if first is not None else ""
    links = {each.get("Id"): each.get("Target", "") for each in tree_of(parts["xl/_rels/workbook.xml.rels"])}
    target = links.get(wanted, "")
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _rows(sheet: Element, shared: list[str]) -> Iterator[list[str]]:
    number = 0
    for row in sheet.iter():
        if name_of(row) == "row":
            number += 1
            if number > MOST_UNITS + 1:
                raise FileRefused("too_many")
            yield _row(row, shared)


def _row(row: Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if name_of(cell) != "c":
            continue
        column = _column(cell.get("r", ""), len(cells))
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _text(cell, shared)
    return cells


def _column(place: str, following: int) -> int:
    """The number of the column of "AB12"; the next one where a cell does not say."""
    found = _CELL.match(place)
    if not found:
        return following
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > _MOST_COLUMNS:
        raise FileRefused("unsafe", place)
    return number - 1


def _text(cell: Element, shared: list[str]) -> str:
    """What a cell says. Of a formula it is what was calculated last; an error says nothing that could be meant."""
    kind = cell.get("t", "n")
    if kind == "e":
        raise FileRefused("broken", cell.get("r", "")[:10])
    if kind == "inlineStr":
        return "".join(_rich(each) for each in cell if name_of(each) == "is")
    said = "".join(each.text or "" for each in cell if name_of(each) == "v")
    if kind == "s":
        if not said.isascii() or not said.isdecimal() or int(said[:9]) >= len(shared):
            raise FileRefused("broken", cell.get("r", "")[:10])
        return shared[int(said[:9])]
    return _unescaped(said) if kind == "str" else said


def _rich(holder: Element) -> str:
    """The text of a string: all its runs, without what is only how it is read aloud (rPh)."""
    runs = []
    for each in holder:
        if name_of(each) == "t":
            runs.append(each.text or "")
        elif name_of(each) == "r":
            runs += [inner.text or "" for inner in each if name_of(inner) == "t"]
    return _unescaped("".join(runs))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
