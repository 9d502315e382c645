"""Files of three tools in three languages: every column is a question, is never taken, or is named as unknown."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from forms.definition import Instrument
from forms.exchange.core import FileRefused
from forms.exchange.limesurvey.codes import codes_of
from forms.exchange.responses import Recognised, answers_of, known_of, recognise, table_of
from forms.library import open_library
from forms.questions.base import Answer
from tests.every_type import every_type
from tests.forms.exchange.shares import MUTATED
from tests.winding import a_winding_form

_FORM = every_type(
    "choice", "choices", "scale", "then-now", "ranking", "points", "number", "month", "short-text", "text"
)
_TOOLS = {
    "google": {"en": ["Timestamp", "Email Address"], "es": ["Marca temporal"], "ar": ["طابع زمني"]},
    "microsoft": {
        "en": ["ID", "Start time", "Completion time", "Email", "Name"],
        "es": ["ID", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"],
        "ar": ["ID", "وقت البدء", "وقت الإكمال", "البريد الإلكتروني", "الاسم"],
    },
}
_SEVERAL = {"google": ", ", "microsoft": ";"}


def _csv(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    file = StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _read(content: bytes, form: Instrument = _FORM) -> tuple[Recognised, list[dict[str, Answer]]]:
    table = table_of(content)
    recognised = recognise(table.headings, form)
    known = known_of(form)
    return recognised, [answers_of(cells, recognised, known) for _line, cells in table.rows]


def _label(question: str, option: str, language: str) -> str:
    asked = _FORM.question(question)
    return next(each.label[language] for each in (*asked.cells(), *asked.apart()) if each.id == option)


def _a_row(tool: str, language: str) -> dict[str, str]:
    """Headings and cells, as the tool writes them, of somebody who chose and wrote these."""
    text = {question.id: question.text[language] for question in _FORM.questions}
    both = _SEVERAL[tool].join(_label("a-choices", option, language) for option in ("books", "friends"))
    steps = {part: getattr(_FORM.question("a-then-now"), part)[language] for part in ("then", "now")}
    return {
        f"1. {text['a-choice']} *": _label("a-choice", "bus", language),
        text["a-choices"]: both + (";" if tool == "microsoft" else ""),
        text["a-scale"]: _label("a-scale", "unknown", language),
        f"{text['a-then-now']} [{steps['then']}]": _FORM.question("a-then-now").steps()[0].label[language],
        f"{text['a-then-now']} [{steps['now']}]": _FORM.question("a-then-now").steps()[2].label[language],
        text["a-number"]: "3",
        text["a-month"]: _label("a-month", "2026-11", language),
        text["a-short-text"]: 'The "app"; mine, too',
        text["a-text"]: "One line\nand another",
    }


_ANSWERS = {
    "a-choice": "bus",
    "a-choices": ("books", "friends"),
    "a-scale": "unknown",
    "a-then-now": ("not", "lot"),
    "a-number": 3,
    "a-month": "2026-11",
    "a-short-text": 'The "app"; mine, too',
    "a-text": "One line\nand another",
}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("tool", ["google", "microsoft"])
def test_a_file_is_recognised_without_a_map(tool: str, language: str, separator: str) -> None:
    own, row = _TOOLS[tool][language], _a_row(tool, language)
    content = _csv([[*own, *row, "Your shoe size"], [*["x"] * len(own), *row.values(), "38"]], separator)
    recognised, (answers,) = _read(content)
    assert (recognised.tool, list(recognised.personal), recognised.unknown) == (tool, own, ("Your shoe size",))
    assert answers == _ANSWERS


def test_microsofts_spreadsheet_is_read_as_it_is() -> None:
    book = Workbook()
    row = _a_row("microsoft", "es")
    book.active.append([*_TOOLS["microsoft"]["es"], *(heading.replace(" ", "\xa0") for heading in row)])  # type: ignore[union-attr]  # a new workbook has a sheet
    book.active.append([1, "", "", "x@y.org", "X", *(3 if cell == "3" else cell for cell in row.values())])  # type: ignore[union-attr]  # likewise
    file = BytesIO()
    book.save(file)
    assert _read(file.getvalue())[1] == [_ANSWERS]


@pytest.mark.parametrize("headings", ["codes", "codes and words", "words"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_limesurveys_codes_and_words_are_recognised(language: str, headings: str) -> None:
    own = ["id", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr"]
    codes = codes_of(_FORM)

    def heading(id_: str, part: str = "", words: str = "") -> str:
        code, text = codes.questions[id_] + (f"[{part}]" if part else ""), _FORM.question(id_).text[language]
        text += f" [{words}]" if words else ""
        return {"codes": code, "words": f"<p>{text}</p>", "codes and words": f"{code}. {text}"}[headings]

    row = {
        heading("a-choice"): codes.answers["a-choice"]["bus"],
        heading("a-scale"): _label("a-scale", "lot", language),
    }
    for option in _FORM.question("a-choices").cells():
        part = codes.answers["a-choices"][option.id]
        row[heading("a-choices", part, option.label[language])] = "Y" if option.id in ("books", "tablet") else "N"
    # As LimeSurvey writes full answers, whatever its headings.
    for place, option_id in enumerate(("friends", "games"), 1):
        row[heading("a-ranking", str(place), f"Rank {place}")] = _label("a-ranking", option_id, language)
    row[heading("a-number")] = "7.0000000000"
    sent = [*["2026-11-02"] * len(own), *row.values()]
    left = ["5", "", "1", *["x"] * (len(sent) - 3)]
    table = table_of(_csv([[*own, *row], sent, left]))
    recognised = recognise(table.headings, _FORM)
    assert (recognised.tool, recognised.sent, list(recognised.personal)) == ("limesurvey", 1, own)
    answers = answers_of(sent, recognised, known_of(_FORM))
    expected = {"a-choice": "bus", "a-scale": "lot", "a-choices": ("books", "tablet"), "a-number": 7}
    assert answers == {**expected, "a-ranking": ("friends", "games")}


def test_points_are_read_from_a_column_each() -> None:
    codes = codes_of(_FORM)
    parts = [f"{codes.questions['a-points']}[{code}]" for code in codes.answers["a-points"].values()]
    content = _csv([["id", "submitdate", "lastpage", "startlanguage", *parts], ["1", "x", "1", "en", "7.00", "3", "0"]])
    assert _read(content)[1] == [{"a-points": {"books": 7, "games": 3}}]


def test_own_words_beside_an_answer_come_in_with_it() -> None:
    form = a_winding_form()
    content = _csv([["Timestamp", "How do you come to school?"], ["x", "By tram, mostly"], ["x", "By bus"]])
    assert _read(content, form)[1] == [{"how": "other", "how-other": "By tram, mostly"}, {"how": "bus"}]


@pytest.mark.parametrize("mark", ["{} [{}]", "{}.{}", "{} – {}"])
def test_rows_of_a_table_are_recognised_under_its_text(mark: str) -> None:
    form = a_winding_form()
    heading = mark.format("Your way: as always. How is it?", "It is calm")
    assert _read(_csv([["Timestamp", heading], ["x", "often"]]), form)[1] == [{"mornings-calm": "often"}]


def test_labels_with_the_separator_in_them_are_not_cut() -> None:
    data = _FORM.model_dump(mode="json", exclude_none=True)
    choices = next(item for item in data["sections"][0]["questions"] if item["id"] == "a-choices")
    choices["options"][0]["label"] |= {"en": "Books, and more"}
    choices["options"][1]["label"] |= {"en": "Books"}
    form = Instrument.model_validate(data)
    content = _csv([["Timestamp", choices["text"]["en"]], ["x", "Books, and more, Books"]])
    assert _read(content, form)[1] == [{"a-choices": ("books", "games")}]


_KNOWN = _FORM.question("a-choice").text["en"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_csv([["When", _KNOWN], ["x", "y"]]), "rows_unknown_tool"),
        (_csv([["Timestamp", "Nothing of it"], ["x", "y"]]), "rows_nothing"),
        (_csv([["Timestamp", _KNOWN, f"2. {_KNOWN}"], ["x", "y", "z"]]), "rows_twice"),
        (_csv([["Timestamp", _KNOWN], ["x", "y", "z"]]), "rows_cut"),
        (b'Timestamp,a\nx,"y', "rows_cut"),
        (b"Timestamp,\xff", "not_utf8"),
        (b"Timestamp,a\n\0", "not_text"),
        (b"PK\x03\x04 no workbook", "cut"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_known_is_refused_with_the_place(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        _read(content)
    assert refused.value.code == code
    assert "%(" not in str(refused.value)


def test_a_heading_that_two_questions_have_is_refused() -> None:
    data = _FORM.model_dump(mode="json", exclude_none=True)
    first, second = data["sections"][0]["questions"][:2]
    second["text"] |= {"en": first["text"]["en"]}
    with pytest.raises(FileRefused, match=r"column 2\) could be several questions: a-choice, a-choices"):
        _read(_csv([["Timestamp", _KNOWN], ["x", "y"]]), Instrument.model_validate(data))


@pytest.mark.parametrize(
    ("question", "said"),
    [("a-choice", "In bed"), ("a-scale", "3"), ("a-number", "many"), ("a-choices", "Books to read, X")],
)
def test_what_is_no_answer_is_named_with_its_column(question: str, said: str) -> None:
    heading = _FORM.question(question).text["en"]
    with pytest.raises(ValueError, match="is no answer to"):
        _read(_csv([["Timestamp", heading], ["x", said]]))


@pytest.mark.parametrize("language", ["en", "vi", "ur", "zh-Hans"])
def test_every_heading_of_a_library_form_is_recognised(language: str) -> None:
    form = open_library("family-window")
    headings = [question.text[language] for question in form.questions]
    recognised = recognise(["Timestamp", *headings], form)
    assert [column.question for column in recognised.columns] == [question.id for question in form.questions]
    assert recognised.unknown == ()


_GOOD = _csv([["Timestamp", *_a_row("google", "en")], ["x", *_a_row("google", "en").values()]])


@given(changes=st.lists(st.tuples(st.integers(0, len(_GOOD)), st.integers(0, 20), st.binary(max_size=6)), max_size=4))
@MUTATED
def test_a_mutated_file_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    content = _GOOD
    for at, length, bit in changes:
        content = content[:at] + bit + content[at + length :]
    with suppress(FileRefused, ValueError):
        _read(content)
