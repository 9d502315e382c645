"""The files: CSV, XLSX and JSON. The same release gives the same bytes; nothing tells who made them, where or when.

Every cell is text. A spreadsheet must never take what somebody wrote for a formula: OWASP, "CSV Injection",
https://owasp.org/www-community/attacks/CSV_Injection.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from feedback.operations.results.export.rows import Export
from feedback.operations.results.export.tables import Table, is_from_the_right, tables_of

#: The structure of the JSON. Another number where a key changes its meaning.
JSON_FORMAT = "voicebox-release/1"

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What begins a formula, in full width too, at the start of a cell or of what a spreadsheet could take for one: after
#: a line break, or a semicolon or tab, which are what parts the cells of a CSV in many countries. Blanks, quotation
#: marks and signs that cannot be seen may stand before it.
_FORMULA = re.compile(
    "^(?=[\t\r\n])|(^|[\n\r;\t])(?=[\\s\"'“”‘’\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+@\\-＝＋－＠])"
)
#: Characters.
_WIDEST, _NARROWEST = 60, 10
#: Longer names of sheets Excel refuses.
_LONGEST_TITLE = 31


class Format(StrEnum):
    """In which format a release is taken away."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file of a format is called, and how it is written: export and the day of its release in, bytes out."""

    ending: str
    mimetype: str
    write: Callable[[Export, date], bytes]


def file_of(format_: Format) -> Kind:
    """How files of this format are made."""
    return {
        Format.XLSX: Kind("xlsx", _XLSX, write_xlsx),
        # Four tables are four files.
        Format.CSV: Kind("zip", "application/zip", write_csv),
        Format.JSON: Kind("json", "application/json", write_json),
    }[format_]


def write_json(export: Export, _released_on: date) -> bytes:
    """For programs: codes as they are, and keys in English. A cell that is not there has no key."""
    parts = {
        part: [{key: text for key, text in asdict(row).items() if text} for row in getattr(export, part)]
        for part in ("notes", "figures", "words", "codebook")
    }
    head = {"format": JSON_FORMAT, "round": export.code, "reader": export.reader.value, "language": export.language}
    return (json.dumps({**head, **parts}, ensure_ascii=False, indent=1) + "\n").encode()


def write_csv(export: Export, _released_on: date) -> bytes:
    """A ZIP with a CSV file for each table: UTF-8 with its mark, for Excel, and lines that end in CR LF."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for table in tables_of(export):
            entry = ZipInfo(f"{table.name}.csv")  # 1980, as in every ZIP that says no time
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # whatever computer it is made on
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _csv(table))
    return packed.getvalue()


def no_formula(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could begin to calculate."""
    return _FORMULA.sub(r"\1'", text)


def write_xlsx(export: Export, released_on: date) -> bytes:
    """A workbook with a sheet for each table; what is not there has no cell at all."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only a download needs it

    body = BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(body, {**as_text, "in_memory": True})
    # Without it the moment would be in the file.
    book.set_properties({"created": datetime.combine(released_on, time(), UTC)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for table in tables_of(export):
        sheet = book.add_worksheet(table.title[:_LONGEST_TITLE])
        if is_from_the_right():
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(table.head):
            sheet.write_string(0, column, title, head)
            sheet.set_column(column, column, _width(line[column] for line in table.lines))
        for row, line in enumerate(table.lines, start=1):
            for column, text in enumerate(line):
                if text:
                    sheet.write_string(row, column, text, cell)
    book.close()
    return body.getvalue()


def _csv(table: Table) -> bytes:
    lines = StringIO(newline="")
    # All of them quoted: then nothing in a cell can end it.
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([no_formula(text) for text in line] for line in (table.head, *table.lines))
    return lines.getvalue().encode("utf-8-sig")


def _width(texts: Iterable[str]) -> int:
    return max(_NARROWEST, min(_WIDEST, max(map(len, texts), default=0) + 2))
