"""CSV: commas, every cell quoted, UTF-8 with its mark for Excel. Semicolons, tabs and Excel's UTF-16 are read, too.

A spreadsheet takes a cell that begins with = + - @ for a formula (OWASP, "CSV Injection"): such a cell is written with
an apostrophe before it, which is taken away again when the file comes back.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from forms.translation_files.columns import found_in, rows_of
from forms.translation_files.sheet import FileRefused, Found, Sheet

#: Blanks, quotation marks and signs that cannot be seen may stand before the sign; full width is read as plain.
_FORMULA = re.compile("'*(?:(?=[\t\r\n])|[\\s\"“”‘’\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff']*[=+@\\-＝＋－＠])")
_SEPARATORS = ",;\t"


def write(sheet: Sheet) -> bytes:
    """The file; lines end in CR LF."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows_of(sheet))
    return lines.getvalue().encode("utf-8-sig", "replace")


def read(raw: bytes) -> Found:
    """What the file says. FileRefused."""
    return found_in([exact(cell) for cell in row] for row in _rows(text_in(raw)))


def safe(cell: str) -> str:
    """The cell as no spreadsheet calculates with it."""
    return "'" + cell if _FORMULA.match(cell) else cell


def exact(cell: str) -> str:
    """The cell as it was before `safe`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def text_in(raw: bytes) -> str:
    """The letters of the file: UTF-8, or UTF-16 where its mark says so. FileRefused("encoding")."""
    is_wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return raw.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as unreadable:
        raise FileRefused("encoding") from unreadable


def is_ours(text: str) -> bool:
    """Whether the first line has the names of our columns."""
    head = re.split(r"[\r\n]", text, maxsplit=1)[0].casefold()
    return bool(re.search(r'(^|[,;\t"])\s*key\s*($|[,;\t"])', head))


def _rows(text: str) -> Iterator[list[str]]:
    head = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        # strict: a file that was cut inside a cell must not be taken for a whole one.
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as broken:
        raise FileRefused("broken", str(broken)[:100]) from broken
