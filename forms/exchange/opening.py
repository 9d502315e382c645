"""Files opened safely: a zip is measured before anything in it is unpacked, XML has no entities, JSON no depth."""

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile, is_zipfile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms.exchange.core import FileRefused, refuse_too_big

#: Of a spreadsheet, unpacked: files, bytes, and how many times its packed size. Real forms stay far below.
_MOST_MEMBERS = 500
_LARGEST_UNPACKED = 10_000_000
_HIGHEST_RATIO = 200
#: Small parts pack well without being a bomb.
_SMALL = 1_000_000
_DEEPEST = 60
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaProject|\.bin$|activeX|externalLinks/", re.IGNORECASE)
#: A formula that came to an empty text has the type "str"; one that was never calculated has none.
_UNCALCULATED = re.compile(
    rb"""<c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>"""
    rb"""<f\b[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def open_workbook_zip(content: bytes) -> None:
    """Raise FileRefused unless it is a whole .xlsx of a bearable size, with no macros and no entities in its parts."""
    refuse_too_big(content)
    if content.startswith(_OLD_OFFICE):
        raise FileRefused("old_spreadsheet")
    if not is_zipfile(BytesIO(content)):
        raise FileRefused("cut" if content.startswith(b"PK") else "not_a_workbook")
    try:
        with ZipFile(BytesIO(content)) as archive:
            _measured(archive)
            _checked(archive)
    except (BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, UnicodeError) as error:
        raise FileRefused("cut") from error
    except Exception as error:
        # zlib.error and lzma.LZMAError share no ancestor.
        if type(error).__name__ in ("error", "LZMAError"):
            raise FileRefused("cut") from error
        raise


def cells_uncalculated(content: bytes) -> frozenset[str]:
    """Of a spreadsheet that `open_workbook_zip` let through: cells with a formula and without what it came to."""
    with ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return frozenset(found[1].decode() for sheet in sheets for found in _UNCALCULATED.finditer(sheet))


def xml_root(content: bytes) -> Element:
    """The root of an XML file; FileRefused for entities, a document type or what is cut off."""
    refuse_too_big(content)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused("entities") from error
    except (ParseError, LookupError, ValueError) as error:
        raise FileRefused("not_xml", reason=error) from error
    return root


def json_object(content: bytes) -> dict[str, Any]:
    """The object that a JSON file holds; FileRefused for anything else, for a key twice and for too many levels."""
    refuse_too_big(content)
    try:
        text = content.decode("utf-8-sig")
        _refuse_deep(text)
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise FileRefused("not_utf8") from error
    except (ValueError, RecursionError) as error:
        raise FileRefused("not_json", reason=error) from error
    if not isinstance(data, dict):
        raise FileRefused("not_an_object")
    return data


def in_utf8(content: bytes) -> bytes:
    """A text in UTF-16, as spreadsheet programs save "Unicode text", in UTF-8; all else as it is."""
    if not content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content
    try:
        return content.decode("utf-16").encode()
    except UnicodeError as error:
        raise FileRefused("not_utf8") from error


def utf8_text(content: bytes) -> str:
    """The text of a file in UTF-8, with or without its mark at the beginning."""
    refuse_too_big(content)
    try:
        text = in_utf8(content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused("not_utf8") from error
    if "\0" in text:
        raise FileRefused("not_text")
    return text


def _measured(archive: ZipFile) -> None:
    members = archive.infolist()
    unpacked, packed = (sum(getattr(each, size) for each in members) for size in ("file_size", "compress_size"))
    if len(members) > _MOST_MEMBERS or unpacked > _LARGEST_UNPACKED:
        raise FileRefused("zip_bomb")
    if unpacked > _SMALL and unpacked > _HIGHEST_RATIO * max(packed, 1):
        raise FileRefused("zip_bomb")
    names = [each.filename for each in members]
    if len(set(names)) != len(names) or any(each.flag_bits & 1 for each in members):
        raise FileRefused("locked")
    if any(_MACROS.search(name) for name in names if "printerSettings" not in name):
        raise FileRefused("macros")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileRefused("not_a_workbook")


def _checked(archive: ZipFile) -> None:
    """Unpack each part, never more of it than it says, and look into its XML for entities."""
    for member in archive.infolist():
        with archive.open(member) as part:
            content = part.read(member.file_size + 1)
        if len(content) > member.file_size:
            raise FileRefused("zip_bomb")
        if member.filename.endswith((".xml", ".rels", ".vml")) and _has_entities(content):
            raise FileRefused("entities")


def _has_entities(content: bytes) -> bool:
    # A part in UTF-16 hides its letters behind zeros.
    return bool(_ENTITIES.search(content) or _ENTITIES.search(content.replace(b"\0", b"")))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise FileRefused("key_twice", found=next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _refuse_deep(text: str) -> None:
    depth = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        depth += sign in ("[", "{")
        depth -= sign in ("]", "}")
        if depth > _DEEPEST:
            raise FileRefused("too_deep")
