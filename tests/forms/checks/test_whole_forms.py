"""Rules about the form as a whole: how much, in what order, and what is missing."""

import pytest

from forms.checks import check
from forms.checks.rules.burden import estimated_minutes
from forms.draft import as_data, new_draft
from forms.library import names, open_library
from tests.forms.checks.forms import a_form, a_question, labelled, said_of, weights_of

_TEXT = {"type": "text", "options": None, "hint": {"en": "Please leave out names."}}


def _many(count: int) -> list[dict[str, object]]:
    return [a_question(f"q{number}") for number in range(count)]


def test_a_good_form_gets_no_remark() -> None:
    assert weights_of() == {}


@pytest.mark.parametrize("name", list(names()))
def test_nothing_in_the_library_is_blocked(name: str) -> None:
    remarks = check(as_data(open_library(name)))
    assert [remark for remark in remarks if remark.weight == "block"] == []


@pytest.mark.parametrize(
    ("facts", "most"),
    [
        ({"ages": "6-8"}, 5), ({"ages": "9-11"}, 8), ({"ages": "12-14"}, 12), ({"ages": "15-18"}, 15),
        ({"ages": None}, 12),
        ({"audience": "families", "ages": None}, 8), ({"audience": "staff", "ages": None}, 12),
    ],
)  # fmt: skip
def test_each_audience_has_its_number_of_questions(facts: dict[str, object], most: int) -> None:
    assert "too_many_questions" not in weights_of(*_many(most), **facts)
    over = said_of(*_many(most + 1), **facts)["too_many_questions", ""]
    assert (over.weight, over.values) == ("block", {"count": most + 1, "most": most})


def test_words_beside_an_answer_and_the_question_about_help_are_not_counted() -> None:
    companion = a_question("other", type="short-text", companion_of="q0")
    assert "too_many_questions" not in weights_of(*_many(12), companion, a_question("helped"))


def test_open_questions_are_few_and_short_for_the_young() -> None:
    young = said_of(a_question(), a_question("two", **_TEXT, max_length=100), ages="6-8")
    assert young["too_many_open", ""].weight == "block"
    long = said_of(a_question(), a_question("two", **_TEXT, max_length=400), ages="9-11")
    assert long["long_answer", "items/two"].values == {"count": 400, "most": 200}
    assert weights_of(a_question(), a_question("two", **_TEXT, max_length=200), ages="9-11") == {}


def test_minutes_are_estimated_and_promises_kept() -> None:
    assert 0.4 < estimated_minutes(a_form()) < 1
    assert estimated_minutes(new_draft("x", "X", "en", audience="students")) == 0
    assert weights_of(ages="12-14", minutes=9) == {"too_many_minutes": "block"}
    slow = [a_question(f"q{n}", type="points") for n in range(6)]
    assert weights_of(*slow, minutes=1)["minutes_too_few"] == "warning"
    assert "minutes_too_few" not in weights_of(*slow, minutes=4)


def test_every_library_form_keeps_its_promise_of_minutes() -> None:
    for name in names():
        data = as_data(open_library(name))
        assert estimated_minutes(data) <= data["minutes"] + 1, name


def test_a_form_begins_with_something_easy_closed_and_harmless() -> None:
    rest = _many(3)
    assert said_of(a_question("two", **_TEXT), *rest)["open_first", "items/two"].weight == "warning"
    assert weights_of(a_question("two", type="ranking"), *rest) == {"hard_first": "warning"}
    private = a_question("two", text={"en": "How old are you?"}, goal="equity")
    assert weights_of(private, *rest) == {"private_first": "warning"}
    assert weights_of(*rest, private) == {}


def test_whoever_answers_by_pictures_has_them_and_a_voice() -> None:
    bare = a_question(
        options=[{"id": "a", "label": {"en": "Yes"}}, {"id": "b", "label": {"en": "No"}, "picture": "no"}]
    )
    found = said_of(bare, ages="6-8")["missing_picture", "items/one"]
    assert (found.weight, found.found) == ("block", "a")
    assert weights_of(bare, audience="families", ages=None, audio=True)["missing_picture"] == "block"
    assert "missing_picture" not in weights_of(bare)
    (silent,) = check(a_form(audio=True), silent=("so", "ht"))
    assert (silent.rule, silent.weight, silent.found) == ("missing_audio", "block", "ht, so")
    assert check(a_form(), silent=("so",)) == ()


def test_every_question_says_why_it_is_asked_and_free_text_what_to_leave_out() -> None:
    assert weights_of(a_question(why={"en": ""})) == {"missing_why": "block"}
    assert weights_of(a_question(), a_question("two", type="text", options=None)) == {"no_hint": "warning"}
    staff = a_question("two", type="text", options=None)
    assert weights_of(a_question(), staff, audience="staff", ages=None) == {}


def test_scales_have_no_more_steps_than_children_can_tell_apart() -> None:
    steps = a_question(options=labelled("None", "Some", "More", "Most"))
    assert weights_of(steps, ages="6-8")["too_many_steps"] == "warning"
    assert "too_many_steps" not in weights_of(steps, ages="9-11")


def test_remarks_come_in_the_order_of_the_form() -> None:
    loaded = [a_question(f"q{n}", text={"en": "How great is it?"}) for n in range(14)]
    remarks = check(a_form(*loaded))
    assert remarks[0].key == ""
    assert [remark.key for remark in remarks if remark.rule == "leading"] == [f"items/q{n}/text" for n in range(14)]
