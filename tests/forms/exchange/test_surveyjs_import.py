"""Forms of others come in with an exact list of what they lose: written by hand from the library's reference."""

from pathlib import Path

import pytest

from forms.exchange.core import FileRefused, Imported
from forms.exchange.formats import read_form
from forms.exchange.surveyjs.expressions import parse

SAMPLE = Path(__file__).parents[2] / "data/exchange/surveyjs_library_visit.json"
#: Code and place of each.
LOSSES = [
    ("unknown_language", ""),
    ("markup", "pages[0].elements[0].title"),
    ("id_changed", "pages[0].elements[0].choices[1]"),
    ("required", "pages[0].elements[0].isRequired"),
    ("order", "pages[0].elements[0].choicesOrder"),
    ("appearance", "pages[0].elements[0].colCount"),
    ("own_words", "pages[0].elements[0]"),
    ("answer_in_text", "pages[0].elements[1].title"),
    ("id_changed", "pages[0].elements[1].name"),
    ("constraint", "pages[0].elements[1].validators[0]"),
    ("choice_filter", "pages[0].elements[2].choices[2].visibleIf"),
    ("default", "pages[0].elements[2].defaultValue"),
    ("step_words", "pages[0].elements[3]"),
    ("as_number", "pages[0].elements[4]"),
    ("number_bands", "pages[0].elements[4]"),
    ("condition", "pages[0].elements[7].visibleIf"),
    ("required", "pages[1].elements[0].isAllRowRequired"),
    ("id_changed", "pages[1].elements[2].choices[0]"),
    ("id_changed", "pages[1].elements[2].choices[1]"),
    ("id_changed", "pages[1].elements[2].choices[2]"),
    ("media", "pages[1].elements[3].choices[0].imageLink"),
    ("media", "pages[1].elements[3].choices[1].imageLink"),
    ("nested", "pages[1].elements[4]"),
    ("number_bands", "pages[1].elements[4].elements[0]"),
    ("personal", "pages[1].elements[4].elements[1].inputType"),
    ("type", "pages[1].elements[4].elements[2].inputType"),
    ("personal", "pages[1].elements[4].elements[3]"),
    ("type", "pages[1].elements[4].elements[4]"),
    ("markup", "pages[1].elements[6].html"),
    ("calculation", "pages[1].elements[7]"),
    ("answers_elsewhere", "pages[1].elements[8].choicesByUrl"),
    ("type", "pages[1].elements[9]"),
    ("repeat_once", "pages[1].elements[10]"),
    ("nested", "pages[1].elements[10]"),
    ("constraint", "pages[1].elements[10].templateElements[0].requiredIf"),
    ("trigger", "triggers[0]"),
    ("trigger", "calculatedValues[0]"),
    ("media", "logo"),
    ("setting", "showProgressBar"),
    ("setting", "completedHtml"),
    ("language_gaps", ""),
    ("no_why", ""),
]


def visit() -> Imported:
    return read_form(SAMPLE.read_bytes())[1]


def items(imported: Imported) -> dict[str, dict[str, object]]:
    return {item["id"]: item for section in imported.data["sections"] for item in section["questions"]}


def ids(item: dict[str, object], key: str = "options") -> list[str]:
    options = item[key]
    assert isinstance(options, list)
    return [option["id"] for option in options]


def test_a_form_with_every_kind_of_element_loses_exactly_this() -> None:
    assert [(loss.code, loss.place) for loss in visit().losses] == LOSSES


def test_what_can_be_asked_comes_along() -> None:
    found = items(visit())
    assert ids(found["went"]) == ["good", "so-so", "bad", "other"]
    assert ids(found["went"], "apart") == ["none"]
    assert found["went-other"]["companion_of"] == "went"
    assert found["why-bad"]["show_if"] == {"question": "went", "is": ["bad", "so-so"]}
    assert found["why-bad"]["text"] == {"en": "You said {went|…}. Why?", "de": "Du sagst {went|…}. Warum?"}
    assert (found["did"]["type"], found["did"]["at_most"]) == ("choices", 2)
    assert (found["easy"]["type"], ids(found["easy"])) == ("scale", ["1", "2", "3", "4", "5"])
    assert (found["again10"]["minimum"], found["again10"]["maximum"]) == (0, 10)
    assert found["never"]["show_if"] == {"question": "again", "is": ["false"]}
    assert found["fun"]["show_if"] == {"question": "books-fun", "is": ["3"]}
    assert found["books-new"]["stem"] == {"en": "Our books"}
    assert found["bye"]["text"] == {"en": "Bye\nSee you & yours"}
    assert "mail" not in found
    assert "sign" not in found


def test_a_condition_of_a_page_is_its_sections() -> None:
    assert visit().data["sections"][1]["show_if"] == {"question": "did", "is": ["read"]}


def test_an_old_file_without_pages_is_read_as_well() -> None:
    content = b'{"questions": [{"type": "radiogroup", "name": "q", "choices": ["low|Too low", "high|Too high"]}]}'
    found = items(read_form(content)[1])
    assert found["q"]["options"] == [
        {"id": "low", "label": {"en": "Too low"}},
        {"id": "high", "label": {"en": "Too high"}},
    ]


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("{a b} = 'x'", ("a b", ["x"])),
        ("({q} == 1) or {q} = 2", ("q", ["1", "2"])),
        ("{q} anyof ['x', 'y or z']", ("q", ["x", "y or z"])),
        ('{q} contains "it\'s"', ("q", ["it's"])),
        ("{q} notempty", None),
        ("{q} = 1 and {r} = 2", None),
        ("{q} = 1 or {r} = 2", None),
        ("{q} > 1", None),
    ],
)
def test_simple_conditions_are_understood_and_no_others(text: str, parsed: tuple[str, list[str]] | None) -> None:
    assert parse(text) == parsed


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": 1}', "not_an_object"),
        (b'{"elements": [{"type": "text", "name": "q"}', "not_json"),
        (b'{"elements": [{"type": "text"}]}', "no_name"),
        (b'{"elements": [{"type": "text", "name": "q"}, {"type": "comment", "name": "q"}]}', "name_twice"),
        (b'{"elements": [{"type": "radiogroup", "name": "q", "choices": [1, 2, 1]}]}', "answer_name_twice"),
        (b'{"elements": [{"type": "text", "name": "q", "name": "r"}]}', "key_twice"),
        (b'{"elements": [{"type": "text", "name": "q", "title": "<script>x</script>"}]}', "script"),
        (b'{"elements": [{"type": "html", "name": "q", "html": "<img src=x onerror=go()>"}]}', "script"),
        (b'{"elements": [{"type": "text", "name": "q", "title": [1]}]}', "malformed"),
        (b'{"elements": [7]}', "malformed"),
        (b'{"elements": [{"type": "html", "name": "q", "html": "Hello"}]}', "nothing_to_ask"),
        (b'{"elements": [{"type": "text", "name": "q"}], "voicebox:form": {"sheet": 99}}', "unknown_version"),
        (b'{"elements": ' + b"[" * 90 + b"]" * 90 + b"}", "too_deep"),
        (b'{"elements": "\xff"}', "not_utf8"),
        (b'{"elements": [], "x": NaN}', "not_json"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_form(content)
    assert refused.value.code == code
    assert "%(" not in str(refused.value)
