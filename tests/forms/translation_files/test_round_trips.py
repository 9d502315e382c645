"""Every text of a form leaves in five formats and comes back to the last byte."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from forms.library import open_library
from forms.translation_files import FORMATS as ALL
from forms.translation_files import FileRefused, Sheet, Unit, compare, write
from tests.forms.translation_files.sheets import FORMATS, FORMS, content, hard_sheet, sheet_of, there_and_back

LANGUAGES = open_library("family-window").languages


def test_these_are_all_formats_and_the_fifteen_languages() -> None:
    assert (set(FORMATS), len(LANGUAGES)) == (set(ALL), 15)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", FORMATS)
def test_three_forms_come_back_as_they_went(format_: str, language: str) -> None:
    for form in FORMS:
        sheet = sheet_of(form, language)
        found = there_and_back(format_, sheet)
        assert content(found) == content(sheet)
        assert (found.form, found.source_language, found.made_from) == (form, "en", sheet.made_from)
        plan = compare(sheet, found)
        assert {line.kind for line in plan.lines} == {"same", "empty"}
        assert plan.absent == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_texts_that_are_hard_to_carry_come_back_as_they_went(format_: str) -> None:
    sheet = hard_sheet()
    assert content(there_and_back(format_, sheet)) == content(sheet)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_sheet_is_the_same_file(format_: str) -> None:
    assert write(format_, hard_sheet()) == write(format_, hard_sheet())


@pytest.mark.parametrize("format_", FORMATS)
def test_a_note_and_a_limit_are_for_reading_only(format_: str) -> None:
    sheet = hard_sheet()
    told = b"Note of lines"
    assert {unit.wrong for unit in there_and_back(format_, sheet).units} == {""}
    raw = write(format_, sheet)
    if format_ == "xlsx":
        with ZipFile(BytesIO(raw)) as packed:
            raw = packed.read("xl/sharedStrings.xml")
    assert told in raw


def test_no_cell_of_a_csv_begins_as_a_formula_does() -> None:
    cells = write("csv", hard_sheet()).decode("utf-8-sig").split('","')
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝")] == []


@pytest.mark.parametrize("text", ["a" * 40_000, "_x005F_x000D_"])
def test_a_text_that_no_cell_can_hold_is_refused_and_not_changed(text: str) -> None:
    sheet = Sheet("long", "en", "ar", (Unit("title", text, "", "missing"),))
    with pytest.raises(FileRefused, match="cell: title"):
        write("xlsx", sheet)
    assert content(there_and_back("csv", sheet)) == content(sheet)
