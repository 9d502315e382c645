"""The five formats: what each is called, and which one a file is in, whatever its name says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forms.translation_files import csv_file, po, xliff12, xliff21, xlsx
from forms.translation_files.sheet import LARGEST, FileRefused, Found, Sheet
from forms.translation_files.xml_text import name_of, tree_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a file of this format ends, what it is called where files are sent, and how it is written."""

    ending: str
    mimetype: str
    write: Callable[[Sheet], bytes]


#: By the names that pages and commands use.
FORMATS: Mapping[str, FileFormat] = {
    "xliff21": FileFormat("xliff", "application/xliff+xml", xliff21.write),
    "xliff12": FileFormat("xlf", "application/xliff+xml", xliff12.write),
    "po": FileFormat("po", "text/x-gettext-translation", po.write),
    "csv": FileFormat("csv", "text/csv", csv_file.write),
    "xlsx": FileFormat("xlsx", _XLSX, xlsx.write),
}


def write(format_: str, sheet: Sheet) -> bytes:
    """The sheet as a file. KeyError for a format that is not there."""
    return FORMATS[format_].write(sheet)


def read(raw: bytes) -> Found:
    """What somebody's file says, whatever its name: its first bytes tell the format. FileRefused."""
    if len(raw) > LARGEST:
        raise FileRefused("too_large")
    if raw.startswith(b"PK\x03\x04"):
        return xlsx.read(raw)
    start = raw[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return _read_xml(raw)
    text = csv_file.text_in(raw)
    if csv_file.is_ours(text):
        return csv_file.read(raw)
    if "msgid" in text:
        return po.read(raw)
    raise FileRefused("unknown")


def _read_xml(raw: bytes) -> Found:
    root = tree_of(raw)
    if name_of(root) != "xliff":
        raise FileRefused("unknown", name_of(root)[:40])
    return xliff12.read(root) if root.get("version", "").startswith("1") else xliff21.read(root)
