"""What spreadsheets of others hold that no form has: told item by item, or the file is refused for what is wrong."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from forms.exchange.core import FileRefused, Imported
from forms.exchange.formats import read_form
from tests.forms.exchange.samples import told, with_part, workbook

Cells = Sequence[object]
CSV = (
    "survey,,,\n,type,name,label\n,select_one size,q,¿Qué?\n"
    "choices,,,\n,list_name,name,label\n,size,s,Uno\n,size,l,Dós\n"
)
LISTS: list[Cells] = [["l", "a", "A"], ["l", "b", "B"]]


def survey(head: Cells, *rows: Cells, choices: Sequence[Cells] = LISTS, **sheets: Sequence[Cells]) -> bytes:
    """A workbook; the choices have the usual columns."""
    return workbook({"survey": [head, *rows], "choices": [["list_name", "name", "label"], *choices], **sheets})


def losses(content: bytes) -> list[tuple[str, str, str]]:
    usual = ("language_guessed", "loose", "no_why", "list_unused", "number_bands")
    return [loss for loss in told(read_form(content)[1]) if loss[0] not in usual]


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as found:
        read_form(content)
    assert "%(" not in str(found.value)
    return found.value


def items(imported: Imported) -> dict[str, dict[str, object]]:
    return {item["id"]: item for section in imported.data["sections"] for item in section["questions"]}


HEAD = ("type", "name", "label")


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        (
            survey([*HEAD, "jr:constraintMsg", "required message"], ["text", "q", "Q", "Too long", "Please"]),
            [("message", "survey!D2", "Too long"), ("message", "survey!E2", "Please")],
        ),
        (
            survey(
                [*HEAD, "hint"], ["begin group", "g", "G", "Be kind"], ["text", "q", "Q"], ["end group", "", "", "End"]
            ),
            [("ls_text", "survey!D2", "Be kind"), ("row_off", "survey!D4", "End")],
        ),
        (
            survey([*HEAD, "repeat_count"], ["begin repeat", "r", "R", "3"], ["text", "q", "Q"], ["end repeat"]),
            [("repeat_once", "survey!A2", "r"), ("setting", "survey!D2", "repeat_count: 3")],
        ),
        (survey([*HEAD, None], ["text", "q", "Q", "stray"]), [("column", "survey!D", "stray")]),
        (
            survey([*HEAD, "disabled"], ["text", "q", "Q"], ["text", "off", "Off", "yes"], [None, "remark", None]),
            [("row_off", "survey!3", "Off"), ("row_off", "survey!4", "remark")],
        ),
        (
            survey([*HEAD, "readonly"], ["text", "q", "Q", "${a} > 1"]),
            [("setting", "survey!D2", "readonly: ${a} > 1")],
        ),
        (
            survey([*HEAD, "parameters"], ["range", "q", "Q", "start=0 end=4 step=2"]),
            [("as_number", "survey!A2", "range start=0 end=4 step=2")],
        ),
        (
            survey(["type", "name", "label::English (en)", "label::en", "label"], ["text", "q", "A", "B", "A"]),
            [("words_twice", "survey!D2", "B")],
        ),
        (
            survey([*HEAD], ["select_one l", "q", "Q"], settings=[["form_title", "version"], ["T", 12]]),
            [("setting", "settings!B2", "version: 12")],
        ),
        (
            survey([*HEAD], ["select_one l", "q", "Q"], ["geopoint", "g", "Your home"]),
            [("personal", "survey!A3", "Your home (geopoint)")],
        ),
        (
            survey([*HEAD], ["select_one m", "q", "Q"], choices=[["m", "a", "${x} says"], ["m", "b", "B"]]),
            [("no_answer_in_text", "choices!B2", "${x}")],
        ),
        (
            survey([*HEAD], ["begin group", "g", "About ${x}"], ["text", "q", "Q"], ["end group"]),
            [("no_answer_in_text", "survey!B2", "${x}")],
        ),
    ],
)
def test_what_has_no_place_is_named_where_it_stands(content: bytes, lost: list[tuple[str, str, str]]) -> None:
    assert losses(content) == lost


def coloured_far_away() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (HEAD, ("text", "q", "Q")):
        sheet.append(row)
    for place in ((1_048_576, 1), (2, 16_384)):
        sheet.cell(*place).fill = PatternFill("solid", fgColor="FF0000")
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(CSV.encode("utf-8-sig"), id="mark"),
        pytest.param(CSV.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(CSV.replace(",", ";").encode(), id="semicolons"),
        pytest.param(CSV.replace(",", "\t").encode("utf-16"), id="Unicode text"),
        pytest.param(f",,,\n{CSV}".encode(), id="an empty row before"),
        pytest.param(workbook({"survey": [[], HEAD, ["text", "q", "¿Qué?"]]}), id="an empty row in a spreadsheet"),
        pytest.param(workbook({"survey": [["type", "name", "text:x"], ["text", "q", "¿Qué?"]]}), id="old name"),
    ],
)
def test_however_a_spreadsheet_was_saved_it_is_the_same_form(content: bytes) -> None:
    assert items(read_form(content)[1])["q"]["text"] == {"en": "¿Qué?"}


def test_cells_that_were_coloured_far_away_are_no_rows() -> None:
    assert list(items(read_form(coloured_far_away())[1])) == ["q"]


def test_a_language_that_nobody_knows_is_not_the_forms_own() -> None:
    head = ("type", "name", "label::French (fr)", "label::Language 2")
    imported = read_form(survey(head, ["text", "q", "Quoi ?", "?"]))[1]
    assert imported.data["languages"] == ["fr"]
    assert ("unknown_language", "survey!D", "Language 2") in told(imported)
    alone = read_form(survey(("type", "name", "label::Language 1"), ["text", "q", "What?"]))[1]
    assert items(alone)["q"]["text"] == {"en": "What?"}
    assert ("language_guessed", "", "en") in told(alone)


def test_the_rows_of_a_table_at_the_top_are_scales_too() -> None:
    head = (*HEAD, "appearance")
    rows = (["begin group", "g", "How?", "table-list"], ["select_one l", "q", "Q"], ["end group"])
    assert items(read_form(survey(head, *rows))[1])["q"]["type"] == "scale"


def formula(result: str) -> bytes:
    """A workbook with a formula; openpyxl saves no results, so one is put in."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (HEAD, ("text", "q", '=CONCATENATE("Wh","at?")')):
        sheet.append(row)
    written = BytesIO()
    book.save(written)
    content = written.getvalue()
    if not result:
        return content
    part = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    part = part.replace('<c r="C2">', '<c r="C2" t="str">').replace("<v></v>", f"<v>{result}</v>")
    part = part.replace("<v />", f"<v>{result}</v>").replace("<v/>", f"<v>{result}</v>")
    return with_part(content, "xl/worksheets/sheet1.xml", part.encode())


def test_a_formula_is_what_it_came_to_and_one_that_nobody_calculated_is_refused() -> None:
    assert items(read_form(formula("What?"))[1])["q"]["text"] == {"en": "What?"}
    wrong = refused(formula(""))
    assert (wrong.code, wrong.values["place"]) == ("formula", "survey!C2")


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (survey([*HEAD, "relevant", "bind:relevant"], ["text", "q", "Q", "a", "b"]), "columns_same", "survey!E"),
        (
            workbook({"survey": [HEAD, ["select_one l", "q", "Q"]], "choices": [["list"], ["l"]]}),
            "no_column",
            "choices",
        ),
        (CSV.encode("cp1252"), "not_utf8", "CSV UTF-8"),
    ],
)
def test_a_file_is_refused_for_what_is_wrong_with_it(content: bytes, code: str, said: str) -> None:
    wrong = refused(content)
    assert wrong.code == code
    assert said in str(wrong)


def test_two_names_for_one_column_are_no_fault_where_one_is_empty() -> None:
    content = survey(
        [*HEAD, "relevant", "bind:relevant"], ["select_one l", "p", "P"], ["text", "q", "Q", "", "${p}='a'"]
    )
    assert items(read_form(content)[1])["q"]["show_if"] == {"question": "p", "is": ["a"]}


def test_a_file_with_nothing_to_ask_says_what_it_has_instead() -> None:
    wrong = refused(survey(HEAD, ["note", "n", "Hello"], ["audit", "audit", None], ["image", "i", "A photo"]))
    assert wrong.code == "nothing_to_ask"
    assert [(loss.code, loss.place) for loss in wrong.losses if loss.weight == "left_out"] == [
        ("personal", "survey!A3"),
        ("type", "survey!A4"),
        ("list_unused", "choices!B2"),
    ]
