"""Every kind of question that LimeSurvey has: what it becomes, or why it has no place here."""

from typing import Any

import pytest

from forms.exchange.core import Imported
from forms.exchange.limesurvey import read_lss
from tests.forms.exchange.surveys import an_lss

_ANSWERS = {"A1": "Little", "A2": "Much"}
_ROWS = {"S1": "Reading", "S2": "Writing"}
_CELLS = {**_ROWS, "X1": "Now", "X2": "Then"}


def _one(type_: str, **said: object) -> Imported:
    ask = {"title": "kept", "type": "T", "question": "And else?"}
    return read_lss(an_lss({"title": "q1", "type": type_, **said}, ask))


def _items(came: Imported) -> list[dict[str, Any]]:
    return [item for item in came.data["sections"][0]["questions"] if item["id"] != "kept"]


def _codes(came: Imported) -> list[str]:
    return [loss.code for loss in came.losses if loss.code not in ("no_why", "id_changed")]


@pytest.mark.parametrize(
    ("type_", "said", "types", "losses"),
    [
        ("L", {"a": _ANSWERS}, ["choice"], []),
        ("!", {"a": _ANSWERS}, ["choice"], []),
        ("L", {"a": _ANSWERS, "other": "Y"}, ["choice", "text"], ["own_words"]),
        ("O", {"a": _ANSWERS}, ["choice"], ["ls_comment"]),
        ("M", {"sq": _ROWS, "attributes": {"max_answers": 1}}, ["choices"], []),
        ("M", {"sq": _ROWS, "attributes": {"min_answers": 1}}, ["choices"], ["constraint"]),
        ("P", {"sq": _ROWS}, ["choices"], ["ls_comment"]),
        ("F", {"sq": _ROWS, "a": _ANSWERS}, ["scale", "scale"], []),
        ("H", {"sq": _ROWS, "a": _ANSWERS}, ["scale", "scale"], []),
        ("A", {"sq": _ROWS}, ["scale", "scale"], ["ls_numbers"]),
        ("B", {"sq": _ROWS}, ["choice", "choice"], ["ls_numbers"]),
        ("C", {"sq": _ROWS}, ["yes-maybe-no", "yes-maybe-no"], []),
        ("E", {"sq": _ROWS}, ["scale", "scale"], []),
        ("1", {"sq": _ROWS, "a": {**_ANSWERS, "X1": "Bad", "X2": "Good"}}, ["scale"] * 4, []),
        (";", {"sq": _CELLS}, ["short-text"] * 4, ["ls_grid"]),
        (":", {"sq": _CELLS, "attributes": {"multiflexible_checkbox": 1}}, ["choices"] * 2, []),
        (
            "N",
            {"attributes": {"num_value_int_only": 1, "min_num_value_n": 0, "max_num_value_n": 9}},
            ["number"],
            ["number_bands"],
        ),
        ("N", {}, ["number"], ["number_range", "fraction", "number_bands"]),
        ("K", {"sq": _ROWS, "attributes": {"equals_num_value": 10, "num_value_int_only": 1}}, ["points"], []),
        ("S", {"attributes": {"maximum_chars": 40}}, ["short-text"], []),
        ("T", {}, ["text"], []),
        ("U", {}, ["text"], []),
        ("Q", {"sq": _ROWS}, ["short-text", "short-text"], []),
        ("R", {"a": _ANSWERS}, ["ranking"], []),
        ("X", {}, ["notice"], []),
        ("Y", {}, ["choice"], []),
        ("5", {}, ["scale"], ["ls_numbers"]),
        ("G", {}, [], ["ls_gender"]),
        ("D", {}, [], ["type"]),
        ("*", {"attributes": {"equation": "{1+1}", "hidden": 1}}, [], ["calculation"]),
        ("I", {}, [], ["ls_language"]),
        ("|", {}, [], ["ls_file"]),
        ("?", {}, [], ["type"]),
        ("L", {}, [], ["too_few_answers"]),
        ("T", {"attributes": {"hidden": 1}}, [], ["ls_hidden"]),
        ("T", {"mandatory": "Y", "preg": "/[0-9]/"}, ["text"], ["constraint", "required"]),
        ("L", {"a": _ANSWERS, "attributes": {"random_order": 1}}, ["choice"], ["ls_order"]),
        ("M", {"sq": _ROWS, "attributes": {"array_filter": "q0"}}, ["choices"], ["choice_filter"]),
    ],
)
def test_a_kind_becomes_ours_with_exactly_these_losses(
    type_: str, said: dict[str, object], types: list[str], losses: list[str]
) -> None:
    came = _one(type_, **said)
    assert [item["type"] for item in _items(came)] == types
    assert _codes(came) == losses


def test_rows_of_a_table_stand_under_its_text_with_all_its_answers() -> None:
    first, second = _items(_one("F", sq=_ROWS, a=_ANSWERS, question="How much?"))
    assert (first["stem"], first["text"], second["text"]) == ({"en": "How much?"}, {"en": "Reading"}, {"en": "Writing"})
    assert [option["label"]["en"] for option in second["options"]] == ["Little", "Much"]


def test_an_answer_that_excludes_the_others_stands_apart() -> None:
    rows = {**_ROWS, "S9": "Nothing of it"}
    (asked,) = _items(_one("M", sq=rows, attributes={"exclude_all_others": "S9", "max_answers": 2}))
    assert [option["label"]["en"] for option in asked["apart"]] == ["Nothing of it"]
    assert len(asked["options"]) == 2


def test_own_words_beside_an_answer_are_asked_of_those_who_chose_it() -> None:
    choice, line = _items(_one("L", a=_ANSWERS, other="Y"))
    assert choice["options"][-1] == {"id": "oth", "label": {"en": "Other"}}
    assert (line["show_if"], line["companion_of"]) == ({"question": "q1", "is": ["oth"]}, "q1")


@pytest.mark.parametrize(
    ("relevance", "asked"),
    [
        ('{q1.NAOK == "A2"}', ["a2"]),
        ('((q1.NAOK == "A1" or q1.NAOK == "A2"))', ["a1", "a2"]),
        ("q1 eq 'A1' || 'A2' == q1", ["a1", "a2"]),
        ('((1X1X1.NAOK == "A2"))', ["a2"]),
        ("1", None),
        ("", None),
    ],
)
def test_a_simple_condition_is_kept(relevance: str, asked: list[str] | None) -> None:
    first = {"title": "q1", "type": "L", "a": _ANSWERS}
    came = read_lss(an_lss(first, {"title": "q2", "type": "T", "relevance": relevance}))
    condition = came.data["sections"][0]["questions"][1].get("show_if")
    assert condition == ({"question": "q1", "is": asked} if asked else None)
    assert _codes(came) == []


@pytest.mark.parametrize(
    ("relevance", "code"),
    [
        ('q1 == "A1" and q1 == "A2"', "condition"),
        ('q1 != "A1"', "condition"),
        ("count(q1) > 1", "condition"),
        ('q1 == "A1" or q3 == "A1"', "condition"),
        ("(" * 3000, "condition"),
        ('q1 == "A9"', "condition_gone"),
        ('q2 == "A1"', "condition_gone"),
    ],
)
def test_a_condition_that_says_more_is_told_and_not_kept(relevance: str, code: str) -> None:
    first = {"title": "q1", "type": "L", "a": _ANSWERS}
    came = read_lss(an_lss(first, {"title": "q2", "type": "T", "relevance": relevance}))
    assert "show_if" not in came.data["sections"][0]["questions"][1]
    assert _codes(came) == [code]


@pytest.mark.parametrize(
    ("text", "now", "codes"),
    [
        ('You said {if(is_empty(q1.NAOK), "it", q1.shown)}.', "You said {q1|it}.", []),
        ("You said {q1.shown}.", "You said {q1|…}.", ["answer_in_text"]),
        ("Dear {TOKEN:FIRSTNAME}, { so } be it.", "Dear …, { so } be it.", ["no_answer_in_text"]),
        ("<p><b>Why</b>?</p>", "Why?", ["markup"]),
        ('What is it? <img src="x.png">', "What is it?", ["media"]),
    ],
)
def test_texts_come_as_words_with_earlier_answers_where_we_have_them(text: str, now: str, codes: list[str]) -> None:
    first = {"title": "q1", "type": "L", "a": _ANSWERS}
    came = read_lss(an_lss(first, {"title": "q2", "type": "T", "question": text}))
    assert came.data["sections"][0]["questions"][1]["text"] == {"en": now}
    assert _codes(came) == codes


def test_what_would_say_who_answered_is_told_as_never_collected() -> None:
    rows = [{"sid": 1, "language": "en", "anonymized": "N", "ipaddr": "Y", "refurl": "I", "usetokens": "Y"}]
    came = read_lss(an_lss({"title": "q1", "type": "T"}, surveys=rows))
    assert [loss.found for loss in came.losses if loss.code == "personal"] == ["ipaddr", "usetokens", "anonymized = N"]
