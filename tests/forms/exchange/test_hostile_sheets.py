"""Spreadsheets and CSV files that are broken or mean harm are refused as a whole, with the reason."""

from collections.abc import Callable, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from forms.exchange.core import LARGEST_FILE, FileRefused
from forms.exchange.formats import read_form
from forms.exchange.xlsform import write_xlsx
from tests.forms.exchange.samples import everything, with_part, workbook

GOOD = write_xlsx(everything())
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><sst>&c;</sst>'
HEADERS: list[object] = ["type", "name", "label"]


def code_of(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read_form(content)
    said = str(refused.value)
    assert said
    assert "%(" not in said
    return refused.value.code


def survey(*rows: Sequence[object], choices: Sequence[Sequence[object]] = ()) -> bytes:
    return workbook({"survey": [HEADERS, *rows], "choices": [["list_name", "name", "label"], *choices]})


def zip_of(**parts: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "too big": (lambda: b"survey\n" + b"x" * LARGEST_FILE, "too_big"),
    "another format": (lambda: b"%PDF-1.7 something", "unknown_format"),
    "a program": (lambda: b"MZ\x90\x00" + bytes(100), "unknown_format"),
    "an old spreadsheet": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(6000), "old_spreadsheet"),
    "cut in the middle": (lambda: GOOD[: len(GOOD) // 2], "cut"),
    "another zip": (lambda: zip_of(a=b"hello"), "not_a_workbook"),
    "entities in a part": (lambda: with_part(GOOD, "xl/sharedStrings.xml", BOMB), "entities"),
    "entities in UTF-16": (lambda: with_part(GOOD, "xl/sharedStrings.xml", BOMB.decode().encode("utf-16")), "entities"),
    "a bomb": (lambda: with_part(GOOD, "xl/media/a.bin2", bytes(9_000_000)), "zip_bomb"),
    "a huge part": (lambda: with_part(GOOD, "xl/a.xml", bytes(11_000_000)), "zip_bomb"),
    "macros": (lambda: with_part(GOOD, "xl/vbaProject.bin", b"code"), "macros"),
    "another's file": (lambda: with_part(GOOD, "xl/externalLinks/externalLink1.xml", b"<a/>"), "macros"),
    "a broken part": (lambda: with_part(GOOD, "xl/workbook.xml", b"<workbook"), "cut"),
    "no survey": (lambda: workbook({"one": [["a"]], "two": [["b"]]}), "no_sheet"),
    "no type": (lambda: workbook({"survey": [["name", "label"], ["q", "Q"]]}), "no_column"),
    "a column twice": (lambda: workbook({"survey": [[*HEADERS, "label"], ["text", "q", "Q", "R"]]}), "column_twice"),
    "a name twice": (lambda: survey(["text", "q", "Q"], ["text", "q", "R"]), "name_twice"),
    "no name": (lambda: survey(["text", None, "Q"]), "no_name"),
    "an answer twice": (
        lambda: survey(["select_one l", "q", "Q"], choices=(["l", "a", "A"], ["l", "a", "B"])),
        "answer_name_twice",
    ),
    "no list": (lambda: survey(["select_one l", "q", "Q"]), "no_list"),
    "a group without an end": (lambda: survey(["begin group", "g", "G"], ["text", "q", "Q"]), "groups"),
    "an end without a group": (lambda: survey(["text", "q", "Q"], ["end group", None, None]), "groups"),
    "a script": (lambda: survey(["text", "q", "Hello <script>alert(1)</script>"]), "script"),
    "a handler": (lambda: survey(["text", "q", '<b onclick="go()">x</b>']), "script"),
    "a script in entities": (lambda: survey(["text", "q", "&lt;iframe src=x&gt;"]), "script"),
    "an address that is code": (lambda: survey(["note", "n", "[x](javascript:go())"], ["text", "q", "Q"]), "script"),
    "a script in an answer": (
        lambda: survey(["select_one l", "q", "Q"], choices=(["l", "a", "<svg onload=x>"], ["l", "b", "B"])),
        "script",
    ),
    "a later version": (
        lambda: workbook(
            {"survey": [HEADERS, ["text", "q", "Q"]], "voicebox": [["part", "of", "data"], ["form", "", '{"sheet":2}']]}
        ),
        "unknown_version",
    ),
    "our notes broken": (
        lambda: workbook(
            {"survey": [HEADERS, ["text", "q", "Q"]], "voicebox": [["part", "of", "data"], ["form", "", "{"]]}
        ),
        "malformed",
    ),
    "a script in our notes": (
        lambda: workbook(
            {
                "survey": [HEADERS, ["text", "q", "Q"]],
                "voicebox": [["part", "of", "data"], ["item", "q", '{"why": {"en": "\\u003cscript>"}}']],
            }
        ),
        "script",
    ),
    "letters of another code": (lambda: "survey\n,type,name,label\n,text,q,é\n".encode("latin-1"), "not_utf8"),
    "signs that no text has": (lambda: b"survey\n,type,name,label\n,text,q,\x00\n", "not_text"),
    "a quote that does not end": (lambda: b'survey\n,type,name,label\n,text,q,"Q', "cut"),
    "rows without end": (lambda: b"survey\n,type,name,label\n" + b",text,q,Q\n" * 6000, "too_many_parts"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_with_the_reason(name: str) -> None:
    make, code = FILES[name]
    assert code_of(make()) == code
