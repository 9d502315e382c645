"""Two versions of a form, held against each other: what came, went, moved or changed, and nothing else."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from forms.difference import Change, difference, languages_changed
from forms.draft import as_data
from forms.library import open_library
from forms.texts import Data
from forms.word_changes import word_changes


def _form() -> Data:
    return as_data(open_library("family-window"))


def _questions(data: Data) -> list[Data]:
    found: list[Data] = data["sections"][0]["questions"]
    return found


def _told(change: Callable[[Data], object]) -> list[tuple[str, str, str]]:
    before, after = _form(), _form()
    change(after)
    return [(each.kind, each.item, each.field) for each in difference(before, after, "en")]


def test_a_form_is_not_different_from_itself() -> None:
    assert difference(_form(), _form(), "ar") == ()


def test_words_are_held_against_each_other_one_by_one() -> None:
    assert word_changes("How easy is it?", "How hard is it?") == (
        ("same", "How "),
        ("gone", "easy"),
        ("new", "hard"),
        ("same", " is it?"),
    )
    assert word_changes("هل هو سهل؟", "هل هو صعب؟")[1:3] == (("gone", "سهل"), ("new", "صعب"))
    assert word_changes("你喜欢吗", "你不喜欢吗") == (("same", "你"), ("new", "不"), ("same", "喜欢吗"))
    assert word_changes("", "New") == (("new", "New"),)


def test_what_came_went_and_moved_is_named_by_its_words() -> None:
    before, after = _form(), _form()
    first, second, *rest = _questions(after)
    new = deepcopy(first) | {"id": "new-one", "text": {"en": "Something new?"}}
    after["sections"][0]["questions"] = [second, *rest, new]
    told = difference(before, after, "en")
    assert Change("added", "new-one", "Something new?", after=first["type"]) in told
    assert Change("removed", first["id"], first["text"]["en"], before=first["type"]) in told
    assert {each.kind for each in told} == {"added", "removed"}


def test_a_question_that_was_put_elsewhere_has_moved_and_no_other_has() -> None:
    def to_the_end(data: Data) -> None:
        questions = _questions(data)
        questions.append(questions.pop(0))

    assert _told(to_the_end) == [("moved", _questions(_form())[0]["id"], "")]


def _with(change: Callable[[Data], object]) -> Callable[[Data], object]:
    """A change of the first question that offers answers."""
    return lambda data: change(next(item for item in _questions(data) if len(item.get("options", ())) > 2))


@pytest.mark.parametrize(
    ("change", "kind", "field"),
    [
        (lambda item: item["text"].update(en="What now?"), "text", "text"),
        (lambda item: item["options"][0]["label"].update(en="Other"), "text", "label"),
        (lambda item: item.update(hint={"en": "Think."}), "text", "hint"),
        (lambda item: item["options"].pop(), "option_removed", "options"),
        (lambda item: item["options"].append({"id": "more", "label": {"en": "More"}}), "option_added", "options"),
        (lambda item: item["options"].reverse(), "options_reordered", "options"),
        (lambda item: item.update(show_if={"question": "x", "is": ["y"]}), "show_if", ""),
        (lambda item: item.update(type="choice" if item["type"] != "choice" else "choices"), "type", ""),
        (lambda item: item.update(at_most=1), "setting", "at_most"),
    ],
)
def test_each_change_of_a_question_is_told(change: Callable[[Data], object], kind: str, field: str) -> None:
    ((told, item, at),) = _told(_with(change))
    assert (told, at) == (kind, field)
    assert item in {each["id"] for each in _questions(_form())}


def test_only_the_chosen_language_is_told() -> None:
    before, after = _form(), _form()
    _questions(after)[0]["text"]["ar"] = "سؤال آخر؟"
    assert difference(before, after, "en") == ()
    assert [each.kind for each in difference(before, after, "ar")] == ["text"]


def test_sections_settings_and_languages_are_told() -> None:
    before, after = _form(), _form()
    after |= {"minutes": 9, "languages": ["en", "xx"], "title": {"en": "Another title"}}
    after["sections"].append({"id": "extra", "title": {"en": "Extra"}, "questions": []})
    told = {(each.kind, each.item, each.field) for each in difference(before, after, "en")}
    assert told == {("setting", "", "minutes"), ("text", "", "title"), ("section_added", "extra", "")}
    assert languages_changed(before, after)[0] == ("xx",)
    assert "ar" in languages_changed(before, after)[1]
    gone = {(each.kind, each.item) for each in difference(after, before, "en")}
    assert ("section_removed", "extra") in gone


def test_an_unfinished_draft_can_be_held_against_a_version() -> None:
    bare = {"languages": ["en"], "sections": [{"id": "first", "questions": [{"id": "q"}]}]}
    kinds = [each.kind for each in difference(_form(), bare, "en")]
    assert kinds.count("added") == 1
    assert kinds.count("removed") == len(list(_form()["sections"][0]["questions"])) + sum(
        len(section["questions"]) for section in _form()["sections"][1:]
    )
