"""The files of an export: text in every cell, the same bytes each time, nothing of whoever made them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from flask import Flask

from analysis.summary import Reader
from analysis.tables import Measure
from feedback.i18n import Catalogue, speaking
from feedback.operations.results.export import tables
from feedback.operations.results.export.files import JSON_FORMAT, Format, no_formula, write_csv, write_json, write_xlsx
from feedback.operations.results.export.make import export_release
from feedback.operations.results.export.rows import Export
from feedback.operations.school import School
from tests.feedback.exports import QUOTE, RELEASED, THEME, TITLE, a_released_round
from tests.feedback.operations.results.test_export import export_of

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Who is behind what is hidden or told as a range, as a share or alone in a cell: 22 and 3 of 40, 39 and 1 of 40.
_SECRET = re.compile(rb'\b(?:98|55|8|7|3|2)%|>(?:22|39|3|1)<|(?<!=)"(?:22|39|3|1)"')


@pytest.fixture(autouse=True)
def english(app: Flask) -> Iterator[None]:
    with app.app_context(), speaking("en", Catalogue.STAFF):
        yield


@pytest.fixture
def export(school: School) -> Export:
    return export_of(school, a_released_round(school), Reader.TEAM)


def read_xml(body: bytes) -> ElementTree.Element:
    """A part of a file that was written a line above."""
    return ElementTree.fromstring(body)  # noqa: S314 - nobody else had it in hand


def lines_of(sheet: bytes, shared: list[str]) -> list[list[str]]:
    """A sheet's cells, each at its column; every one has to be a shared text."""
    lines = []
    for row in read_xml(sheet).iter(f"{_MAIN}row"):
        line: dict[int, str] = {}
        for cell in row:
            assert cell.get("t") == "s"
            assert cell.find(f"{_MAIN}f") is None
            column = ord(re.sub(r"\d", "", cell.get("r", ""))) - ord("A")
            line[column] = shared[int(cell.findtext(f"{_MAIN}v", ""))]
        lines.append([line.get(column, "") for column in range(max(line) + 1)])
    return lines


def test_a_spreadsheet_reads_back_as_the_same_texts_and_has_no_cell_for_what_is_not_there(export: Export) -> None:
    with ZipFile(io.BytesIO(write_xlsx(export, RELEASED))) as book:
        shared = ["".join(one.itertext()) for one in read_xml(book.read("xl/sharedStrings.xml"))]
        for place, table in enumerate(tables.tables_of(export), start=1):
            expected = [list(line) for line in (table.head, *table.lines)]
            found = lines_of(book.read(f"xl/worksheets/sheet{place}.xml"), shared)
            assert [line + [""] * (len(table.head) - len(line)) for line in found] == expected
    assert {f"Pilot: {TITLE}", QUOTE, THEME} <= set(shared)
    assert "" not in shared


def test_a_spreadsheet_says_nothing_of_a_person_a_place_or_a_moment(export: Export) -> None:
    with ZipFile(io.BytesIO(write_xlsx(export, RELEASED))) as book:
        assert not [name for name in book.namelist() if "comment" in name or "Link" in name or "printer" in name]
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core, app_ = book.read("docProps/core.xml").decode(), book.read("docProps/app.xml").decode()
        workbook = book.read("xl/workbook.xml").decode()
    assert re.findall(r">([^<>\n]+)<", core) == ["2026-11-23T00:00:00Z"] * 2
    assert "<Company></Company>" in app_
    assert "absPath" not in workbook
    assert 'state="hidden"' not in workbook


def test_tables_read_back_as_the_same_texts_behind_their_apostrophes(export: Export) -> None:
    with ZipFile(io.BytesIO(write_csv(export, RELEASED))) as packed:
        assert packed.namelist() == ["notes.csv", "figures.csv", "words.csv", "codebook.csv"]
        for table in tables.tables_of(export):
            body = packed.read(f"{table.name}.csv")
            assert body.startswith(b'\xef\xbb\xbf"')
            assert body.endswith(b'"\r\n')
            found = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
            assert found == [[no_formula(text) for text in line] for line in (table.head, *table.lines)]
        words = packed.read("words.csv").decode("utf-8-sig")
    assert '"\'+1"' in words
    assert "\"'@SUM(A1:A9)\n'=1+1\"" in words


def test_json_has_the_same_rows_and_no_key_for_what_is_not_there(export: Export) -> None:
    found = json.loads(write_json(export, RELEASED))
    assert (found["format"], found["reader"]) == (JSON_FORMAT, "team")
    for part in ("notes", "figures", "words", "codebook"):
        assert found[part] == [
            {key: text for key, text in asdict(row).items() if text} for row in getattr(export, part)
        ]


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("reader", Reader)
def test_the_same_release_gives_the_same_bytes_and_no_hidden_number(
    school: School, format_: Format, reader: Reader
) -> None:
    round_ = a_released_round(school)
    file = export_release(school, round_.id, reader, format_)
    assert export_release(school, round_.id, reader, format_) == file
    parts = [file.body]
    if format_ is not Format.JSON:
        with ZipFile(io.BytesIO(file.body)) as packed:
            parts = [packed.read(name) for name in packed.namelist() if name.endswith(("csv", "sharedStrings.xml"))]
    assert _SECRET.search(b'"55%"')
    assert _SECRET.search(b"<t>22</t>")
    assert [_SECRET.findall(part) for part in parts] == [[]] * len(parts)
    assert any(b"68%" in part for part in parts)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        ('  "=1', "'  \"=1"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        ("\u200f=1", "'\u200f=1"),
        ("fine\n=1", "fine\n'=1"),
        ("fine;=1", "fine;'=1"),
        ("1 + 1 = 2", "1 + 1 = 2"),
        ("a-b@c", "a-b@c"),
        ("6–8", "6–8"),
        ("", ""),
    ],
)
def test_nothing_in_a_table_can_begin_a_formula(typed: str, kept: str) -> None:
    assert no_formula(typed) == kept


def test_every_kind_of_answer_has_words_in_a_table(export: Export) -> None:
    assert set(tables._CODES["measure"]) == {measure.value for measure in Measure}
    kinds = {row.kind for row in export.figures} | {row.kind for row in export.words}
    assert kinds <= set(tables._CODES["kind"])
    assert kinds.isdisjoint(line[0] for table in tables.tables_of(export) for line in table.lines)


def test_an_arabic_spreadsheet_begins_at_the_right(school: School) -> None:
    round_ = a_released_round(school)
    with speaking("ar", Catalogue.STAFF):
        file = export_release(school, round_.id, Reader.PUBLIC, Format.XLSX)
    assert file.name == f"voicebox-{round_.code}-public-ar.xlsx"
    with ZipFile(io.BytesIO(file.body)) as book:
        assert b'rightToLeft="1"' in book.read("xl/worksheets/sheet1.xml")
        assert "هل تريد استخدامه مرة أخرى؟" in book.read("xl/sharedStrings.xml").decode()
