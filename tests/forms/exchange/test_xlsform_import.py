"""Forms of others come in with an exact list of what they lose: written by hand from the reference of XLSForm."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from forms.exchange.core import FileRefused, Imported
from forms.exchange.formats import read_form
from forms.exchange.xlsform import read_csv, read_xlsx, write_csv
from tests.forms.exchange.samples import everything, told, workbook

SAMPLE = Path(__file__).parents[2] / "data/exchange/xlsform_garden_club.csv"
#: Code and place of each.
LOSSES = [
    ("personal", "survey!B3"),
    ("personal", "survey!B4"),
    ("markup", "survey!D5"),
    ("loose", "survey!6"),
    ("id_changed", "survey!C6"),
    ("required", "survey!H6"),
    ("number_bands", "survey!7"),
    ("fraction", "survey!B8"),
    ("number_range", "survey!G8"),
    ("number_bands", "survey!8"),
    ("constraint", "survey!G8"),
    ("default", "survey!K8"),
    ("type", "survey!B9"),
    ("appearance", "survey!I10"),
    ("no_answer_in_text", "survey!D11"),
    ("media", "survey!L11"),
    ("appearance", "survey!I12"),
    ("constraint", "survey!G12"),
    ("default", "survey!K12"),
    ("own_words", "survey!B12"),
    ("answer_in_text", "survey!D13"),
    ("condition", "survey!J14"),
    ("repeat_once", "survey!B16"),
    ("nested", "survey!B16"),
    ("as_notice", "survey!B24"),
    ("personal", "survey!B25"),
    ("type", "survey!B26"),
    ("calculation", "survey!B27"),
    ("as_number", "survey!B28"),
    ("number_bands", "survey!28"),
    ("answers_elsewhere", "survey!B29"),
    ("no_words", "survey!30"),
    ("setting", "settings!E41"),
    ("column", "choices!F"),
    ("list_unused", "choices!C38"),
    ("language_gaps", ""),
    ("no_why", ""),
]


def garden() -> Imported:
    return read_form(SAMPLE.read_bytes())[1]


def items(imported: Imported) -> dict[str, dict[str, object]]:
    return {item["id"]: item for section in imported.data["sections"] for item in section["questions"]}


def survey(*rows: Sequence[object], choices: Sequence[Sequence[object]] = ()) -> bytes:
    lists = [["list_name", "name", "label"], *choices]
    return workbook({"survey": [["type", "name", "label", "relevant"], *rows], "choices": lists})


def test_a_form_with_every_kind_of_row_loses_exactly_this() -> None:
    assert [(loss.code, loss.place) for loss in garden().losses] == LOSSES


def test_what_can_be_asked_comes_along_in_its_languages() -> None:
    imported = garden()
    found = items(imported)
    assert imported.data["title"] == {"en": "The garden club"}
    assert imported.data["introduction"] == {"en": "Welcome to the garden club.", "fr": "Bienvenue au club."}
    assert {id_: item["type"] for id_, item in found.items()} == {
        "first-name": "text",
        "beds": "number",
        "height": "number",
        "felt": "scale",
        "used": "choices",
        "used-other": "text",
        "why": "text",
        "rain": "notice",
        "best": "ranking",
        "plants": "notice",
        "plant": "text",
        "sun": "scale",
        "earth": "scale",
        "done": "notice",
        "stars": "number",
    }
    assert found["why"]["show_if"] == {"question": "felt", "is": ["bad", "fair"]}
    assert found["why"]["text"] == {"en": "You felt {felt|…}. Why?", "fr": "Pourquoi ?"}
    assert found["sun"]["stem"] == {"en": "How much do you agree?", "fr": "Es-tu d'accord ?"}
    assert (found["beds"]["minimum"], found["beds"]["maximum"]) == (0, 19)
    assert found["first-name"]["max_length"] == 60
    assert (found["stars"]["minimum"], found["stars"]["maximum"]) == (0, 10)


def test_a_choice_that_depends_on_another_is_shown_whole_and_says_so() -> None:
    # In the structure of pyxform's choice_filter.xlsx.
    content = workbook(
        {
            "survey": [
                ["type", "name", "label", "choice_filter"],
                ["select_one land", "land", "land", None],
                ["select_one town", "town", "town", "${land}=in"],
            ],
            "choices": [
                ["list_name", "name", "label", "in"],
                ["land", "north", "North", None],
                ["land", "south", "South", None],
                ["town", "hill", "Hill", "north"],
                ["town", "lake", "Lake", "north"],
                ["town", "hill", "Hill", "south"],
            ],
            "settings": [["form_title", "form_id", "allow_choice_duplicates"], ["Towns", "towns", "yes"]],
        }
    )
    assert told(read_xlsx(content)) == [
        ("language_guessed", "", "en"),
        ("loose", "survey!2", ""),
        ("answer_twice", "choices!B6", "hill"),
        ("choice_filter", "survey!D3", "${land}=in"),
        ("column", "choices!D", "in"),
        ("no_why", "", ""),
    ]


@pytest.mark.parametrize(
    ("relevant", "asked"),
    [
        ("${q} = 'a'", ["a"]),
        ("('a' = ${q})", ["a"]),
        ("selected(${q}, \"b\") or ${q}='a'", ["b", "a"]),
        ("${q} != 'a'", None),
        ("${q} = 'a' and ${q} = 'b'", None),
        ("${q} = 'nothing'", None),
        ("${other} = 'a'", None),
        ("not(selected(${q}, 'a'))", None),
    ],
)
def test_a_simple_condition_comes_along_and_any_other_is_told(relevant: str, asked: list[str] | None) -> None:
    rows = (["select_one l", "q", "Which?", None], ["text", "more", "More?", relevant])
    imported = read_xlsx(survey(*rows, choices=(["l", "a", "A"], ["l", "b", "B"])))
    wanted = {"question": "q", "is": asked} if asked else None
    assert items(imported)["more"].get("show_if") == wanted
    assert any(loss.found == relevant for loss in imported.losses) == (asked is None)


def test_a_csv_file_that_names_no_sheet_is_its_questions() -> None:
    assert items(read_csv(b"type,name,label\ntext,q,Why?\n"))["q"]["text"] == {"en": "Why?"}


def test_what_somebody_wrote_anew_in_our_own_export_is_what_comes_in() -> None:
    exported = write_csv(everything()).decode()
    imported = read_csv(exported.replace("'=1+1 is a colour. <b>Why</b> & so much?,", "And why?,").encode())
    assert items(imported)["text"]["text"] == {
        "en": "And why?",
        "ar": "=1+1 is {choice|a colour}. <b>Why</b> & {scale|so much}? (ar)",
    }


def test_a_question_that_became_another_kind_keeps_its_words_and_says_what_is_gone() -> None:
    exported = write_csv(everything()).decode()
    imported = read_csv(exported.replace(",rank choices,ranking,", ",select_multiple choices,ranking,").encode())
    assert items(imported)["ranking"]["type"] == "choices"
    assert [(loss.code, loss.found) for loss in imported.losses] == [("extra_gone", "ranking")]


def test_a_file_without_anything_to_ask_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        read_xlsx(survey(["note", "n", "Hello", None], ["start", "s", None, None]))
    assert refused.value.code == "nothing_to_ask"


def test_a_group_in_which_nothing_can_be_asked_is_told() -> None:
    rows = (["begin group", "g", "G", None], ["image", "i", "I", None], ["end group", None, None, None])
    imported = read_xlsx(survey(*rows, ["text", "q", "Q", None]))
    assert ("empty_group", "survey!B2", "g") in told(imported)
    assert [section["id"] for section in imported.data["sections"]] == ["part"]
