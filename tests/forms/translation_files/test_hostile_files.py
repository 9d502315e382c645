"""Cut, mutated and hostile files: nothing but a refusal or a plan, and quickly."""

import io
import time
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.translation_files import LARGEST, FileRefused, Plan, compare, read, write
from tests.forms.translation_files.sheets import FORMATS, hard_sheet, sheet_of
from tests.forms.translation_files.tool_files import OMEGAT_12
from tests.looks import is_every

_SHEET = sheet_of("first-look", "ar")
#: What means something to one of the formats.
_PIECES = [
    *(
        b"<",
        b">",
        b"/",
        b'"',
        b"'",
        b"&",
        b"&#0;",
        b"&x;",
        b"\\",
        b"\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xd8\x00",
        b",",
        b";",
    ),
    *(b"<!DOCTYPE a>", b"]]>", b"<target/>", b"<mrk>", b"</unit>", b"msgid ", b"msgctxt", b'""', b"#~ ", b"_x0000_"),
    *(b"=1+1", b"key", b"PK\x03\x04", "\u202e".encode(), b"\xed\xa0\x80", b"<x id='1'/>", b"\x85", b'<cp hex="D800"/>'),
]


@cache
def _raw(format_: str) -> bytes:
    return write(format_, _SHEET)


@pytest.mark.parametrize("format_", FORMATS)
@settings(
    max_examples=1000 if is_every() else 40, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.sampled_from(_PIECES) | st.binary(max_size=8)),
        min_size=1,
        max_size=6,
    ),
    cut=st.none() | st.integers(0, 10**6),
)
def test_a_mutated_file_is_refused_or_planned(
    format_: str, changes: list[tuple[int, int, bytes]], cut: int | None
) -> None:
    raw = _inside(format_)
    for place, long, piece in changes:
        at = place % (len(raw) + 1)
        raw = raw[:at] + piece + raw[at + long :]
    raw = raw if cut is None else raw[: cut % (len(raw) + 1)]
    for file in (raw, _packed(raw)) if format_ == "xlsx" else (raw,):
        _look(file)


@cache
def _inside(format_: str) -> bytes:
    """The file, or of a workbook, whose sum would find every change, the part with the texts."""
    if format_ != "xlsx":
        return _raw(format_)
    with zipfile.ZipFile(io.BytesIO(_raw(format_))) as packed:
        return packed.read("xl/sharedStrings.xml")


def _packed(strings: bytes, **more: bytes) -> bytes:
    """The workbook with other texts in it, or other parts."""
    body = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_raw("xlsx"))) as old, zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, strings if name == "xl/sharedStrings.xml" else more.get(name, old.read(name)))
    return body.getvalue()


def _look(raw: bytes) -> Plan | FileRefused:
    try:
        plan = compare(_SHEET, read(raw))
    except FileRefused as refused:
        return refused
    # What a page shows of it can be written, and what is taken has a place.
    for line in plan.lines:
        f"{line.unit.key}{line.unit.source}{line.unit.words}".encode()
    assert all(line.now is not None for line in plan.taken)
    assert plan.digest
    return plan


@settings(max_examples=1000 if is_every() else 40, deadline=None, database=None)
@given(raw=st.binary(max_size=300), format_=st.sampled_from(FORMATS))
def test_a_workbook_or_any_file_with_broken_bytes_is_refused_or_planned(raw: bytes, format_: str) -> None:
    whole = _raw(format_)
    _look(raw)
    _look(whole[: len(whole) // 2] + raw + whole[len(whole) // 2 + len(raw) :])


@pytest.mark.parametrize("format_", FORMATS)
def test_a_cut_file_is_refused_or_has_only_whole_texts(format_: str) -> None:
    raw = _raw(format_)
    known = {unit.key: unit for unit in _SHEET.units}
    for part in range(1, 80):
        try:
            found = read(raw[: len(raw) * part // 80])
        except FileRefused:
            continue
        assert format_ in ("po", "csv")
        assert [unit for unit in found.units if unit.words not in ("", known[unit.key].words)] == []


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{_LAUGHS}]><xliff version="1.2">&l9;</xliff>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="2.1">&e;</xliff>'


def _zip_bomb() -> bytes:
    return _packed(b"<sst>" + b" " * 30_000_000 + b"</sst>")


def _many_parts() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as packed:
        for number in range(300):
            packed.writestr(f"xl/{number}.xml", "")
    return body.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (_BOMB.encode(), "unsafe"),
        (_BOMB.encode("utf-16"), "unsafe"),
        (_OUTSIDE.encode(), "unsafe"),
        (b"<!DOCTYPE xliff><xliff version='1.2'/>", "unsafe"),
        (_packed(_BOMB.encode()), "unsafe"),
        (_many_parts(), "unsafe"),
        (b"x" * (LARGEST + 1), "too_large"),
        (b"MZ\x90\x00" + b"\0" * 500, "encoding"),
        (b"%PDF-1.7", "unknown"),
        (b"", "unknown"),
        (b"PK\x03\x04", "broken"),
        (b"\x89PNG\r\n\x1a\n", "encoding"),
        (b"<html><script>alert(1)</script></html>", "unknown"),
        ("a;b;c".encode("utf-16"), "unknown"),
        (b"key,translation\r\n", "not_ours"),
        (b"key,source\r\ntitle,Title\r\n", "columns"),
        (b"key,key,translation\r\n", "columns"),
        (b'key,translation\r\n"title,"x"', "broken"),
        (b'msgid ""\nmsgstr ""\n"Language: ar\\n"\n', "not_ours"),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=latin-1\\n"\n', "encoding"),
        (b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "broken: 5"),
        (b'<?xml version="1.0" encoding="klingon"?><xliff/>', "encoding|broken"),
    ],
)
def test_a_hostile_file_is_refused_for_its_reason(raw: bytes, why: str) -> None:
    started = time.process_time()
    with pytest.raises(FileRefused, match=why):
        read(raw)
    assert time.process_time() - started < 2


def test_a_zip_bomb_is_weighed_and_not_unpacked() -> None:
    with pytest.raises(FileRefused, match="unsafe"):
        read(_zip_bomb())


def test_the_same_text_twice_is_refused_in_every_format() -> None:
    sheet = hard_sheet()
    twice = type(sheet)(sheet.form, "en", "ar", (*sheet.units, sheet.units[0]))
    for format_ in FORMATS:
        with pytest.raises(FileRefused, match=f"duplicate: {sheet.units[0].key}"):
            read(write(format_, twice))


def test_marks_nested_without_end_are_no_text() -> None:
    deep = "<g>" * 150_000 + "x" + "</g>" * 150_000
    plan = compare_one(OMEGAT_12.replace("Ventana  familiar", deep))
    assert plan == {"title": "markup"}


def compare_one(file: str) -> dict[str, str]:
    """What is wrong with the texts of the file."""
    return {unit.key: unit.wrong for unit in read(file.encode()).units if unit.wrong}
