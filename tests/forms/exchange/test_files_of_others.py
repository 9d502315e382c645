"""What SurveyJS and LimeSurvey files of others hold that no form has is named; answers come in however saved."""

import csv
import json
from io import StringIO
from typing import Any

import pytest

from forms.exchange.core import FileRefused, Imported
from forms.exchange.formats import read_form
from forms.exchange.limesurvey import read_lss
from forms.exchange.responses import answers_of, known_of, recognise, table_of
from forms.library import open_library
from tests.forms.exchange.samples import told
from tests.forms.exchange.surveys import a_tsv, an_lss

COLUMNS = ["a", "b"]
ASK = {"title": "kept", "type": "T", "question": "And else?"}
ITEMS = [{"name": "mail", "title": "Your mail", "inputType": "email"}, {"name": "n", "title": "N", "placeholder": "?"}]


def survey(element: dict[str, Any], **more: object) -> Imported:
    """A SurveyJS file in English with this element after a first one."""
    first = {"type": "comment", "name": "first", "title": "First"}
    page = {"name": "p", "title": "P", "elements": [first, {"name": "q", "title": "Q", **element}]}
    return read_form(json.dumps({"locale": "en", "title": "T", "pages": [page], **more}).encode())[1]


def at(imported: Imported, place: str) -> list[tuple[str, str]]:
    """The losses at one place of the element: their code, and what was found."""
    whole = f"pages[0].elements[1]{place}"
    return [(code, found) for code, where, found in told(imported) if where == whole]


@pytest.mark.parametrize(
    ("element", "place", "lost"),
    [
        (
            {"type": "text", "validators": [{"type": "regex", "regex": "a+", "text": "No"}]},
            ".validators[0]",
            ("constraint", 'regex: {"regex": "a+", "text": "No"}'),
        ),
        (
            {"type": "matrix", "columns": COLUMNS, "rows": [{"value": "r", "visibleIf": "{x} = 1"}, "s"]},
            ".rows[0].visibleIf",
            ("choice_filter", "visibleIf: {x} = 1"),
        ),
        (
            {"type": "matrix", "columns": COLUMNS, "rows": ["r"], "eachRowRequired": True},
            ".eachRowRequired",
            ("required", "q"),
        ),
        ({"type": "multipletext", "items": ITEMS}, ".items[0].inputType", ("personal", "Your mail (email)")),
        ({"type": "multipletext", "items": ITEMS}, ".items[1].placeholder", ("appearance", "placeholder: ?")),
        (
            {"type": "rating", "rateValues": [{"value": 1, "text": "Bad"}, {"value": 2, "text": "Good"}]}
            | {"minRateDescription": "Oh no"},
            ".minRateDescription",
            ("ls_text", "Oh no"),
        ),
        ({"type": "rating", "rateMax": 10, "maxRateDescription": "Great"}, ".maxRateDescription", ("ls_text", "Great")),
        (
            {"type": "radiogroup", "choices": COLUMNS, "choicesFromQuestion": "first"},
            ".choicesFromQuestion",
            ("answers_elsewhere", "q"),
        ),
        ({"type": "text", "inputType": "url"}, ".inputType", ("appearance", "url")),
        ({"type": "text", "allowResize": False}, ".allowResize", ("setting", "allowResize: false")),
        (
            {"type": "radiogroup", "choices": [{"value": "a", "text": "As {x}"}, "b"]},
            ".choices[0]",
            ("no_answer_in_text", "{x}"),
        ),
    ],
)
def test_what_a_surveyjs_element_has_besides_is_named(
    element: dict[str, Any], place: str, lost: tuple[str, str]
) -> None:
    assert lost in at(survey(element), place)


def test_the_words_for_each_panel_are_kept_beside_its_title() -> None:
    panel = {
        "type": "paneldynamic",
        "templateTitle": "One of them",
        "templateElements": [{"type": "text", "name": "t"}],
    }
    items = survey(panel).data["sections"][0]["questions"]
    assert [item["text"]["en"] for item in items] == ["First", "Q", "One of them", "t"]


def test_columns_with_names_and_titles_are_answers() -> None:
    columns = [{"name": "a", "title": "Ah"}, {"name": "b", "title": "Bee"}]
    row = survey({"type": "matrix", "columns": columns, "rows": ["r"]}).data["sections"][0]["questions"][1]
    assert [option["label"]["en"] for option in row["options"]] == ["Ah", "Bee"]


def test_a_locale_that_nobody_knows_is_told() -> None:
    assert ("language_guessed", "", "en") in told(survey({"type": "text"}, locale="nowhere"))


@pytest.mark.parametrize(
    ("said", "code", "found"),
    [
        ({"type": "S", "attributes": {"location_mapservice": 1}}, "personal", "q1"),
        ({"type": "S", "question_theme_name": "browserdetect"}, "personal", "q1"),
        ({"type": "S", "question_theme_name": "inputondemand"}, "appearance", "inputondemand"),
        ({"type": "S", "attributes": {"suffix": "km"}}, "appearance", "suffix = km"),
        ({"type": "S", "attributes": {"em_validation_q_tip": "Short!"}}, "message", "em_validation_q_tip = Short!"),
        ({"type": "R", "a": {"A1": "A", "A2": "B"}, "attributes": {"max_answers": 1}}, "constraint", "max_answers = 1"),
    ],
)
def test_what_a_limesurvey_question_has_besides_is_named(said: dict[str, object], code: str, found: str) -> None:
    came = read_lss(an_lss({"title": "q1", **said}, ASK))
    assert (code, "question q1", found) in told(came)
    assert ("q1" in {item["id"] for item in came.data["sections"][0]["questions"]}) == (code != "personal")


def test_two_old_conditions_on_one_question_are_either_and_on_two_are_too_much() -> None:
    asked = [{"title": code, "type": "L", "a": {"A1": "A", "A2": "B"}} for code in ("q1", "q2")]
    row = {"qid": 3, "method": "=="}
    either = [{**row, "cfieldname": "1X1X1", "value": value} for value in ("A1", "A2")]
    both = [{**row, "cfieldname": name, "value": "A1"} for name in ("1X1X1", "1X1X2")]
    came = read_lss(an_lss(*asked, {**ASK, "qid": 3}, conditions=either))
    assert came.data["sections"][0]["questions"][2]["show_if"] == {"question": "q1", "is": ["a1", "a2"]}
    lost = told(read_lss(an_lss(*asked, {**ASK, "qid": 3}, conditions=both)))
    assert ("condition", "question kept", '1X1X1=="A1" and 1X1X2=="A1"') in lost


def test_a_structure_saved_as_unicode_text_is_read_and_its_pages_are_kept() -> None:
    rows = (
        {"class": "S", "name": "format", "text": "A"},
        {"class": "Q", "type/scale": "T", "name": "q", "text": "Why?"},
    )
    imported = read_form(a_tsv(*rows).decode().encode("utf-16"))[1]
    assert imported.data["layout"] == "page"


FORM = open_library("first-look")
OF_TOOLS = {
    "google": (["Marca temporal"], ["23/11/2026 9:05:00"]),
    "microsoft": (
        ["Id.", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"],
        ["1", "23/11/26 9:00", "23/11/26 9:05", "anonymous", ""],
    ),
    "limesurvey": (
        ["ID de respuesta", "Fecha de envío", "Última página", "Lenguaje inicial", "Semilla"],
        ["1", "2026-11-23 09:05", "1", "es", "7"],
    ),
}


def answers(tool: str, separator: str) -> str:
    """One row in Spanish, with the first answer to every question."""
    headings, cells = OF_TOOLS[tool]
    file = StringIO(newline="")
    asked = FORM.questions
    csv.writer(file, delimiter=separator).writerows(
        (
            [*headings, *(question.text["es"] for question in asked)],
            [*cells, *(question.offered()[0].label["es"] for question in asked)],
        )
    )
    return file.getvalue()


@pytest.mark.parametrize("tool", OF_TOOLS)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda tool: answers(tool, ";").encode("utf-8-sig"), id="semicolons"),
        pytest.param(lambda tool: answers(tool, "\t").encode("utf-16"), id="Unicode text"),
        pytest.param(lambda tool: f"sep=;\r\n{answers(tool, ';')}".encode(), id="a line about the separator"),
    ],
)
def test_answers_come_in_however_a_spreadsheet_program_saved_them(tool: str, content: Any) -> None:
    table = table_of(content(tool))
    recognised = recognise(table.headings, FORM)
    read = [answers_of(cells, recognised, known_of(FORM)) for _line, cells in table.rows]
    assert (recognised.tool, recognised.unknown) == (tool, ())
    assert read == [{question.id: question.offered()[0].id for question in FORM.questions}]


def test_letters_of_one_country_only_are_refused_with_the_cure() -> None:
    with pytest.raises(FileRefused) as refused:
        table_of(answers("google", ";").encode("cp1252"))
    assert "CSV UTF-8" in str(refused.value)
