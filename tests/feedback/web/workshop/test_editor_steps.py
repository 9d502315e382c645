"""The editor's list and its other pages: buttons, undo, two people at once, who is asked, themes, the preview."""

from typing import Any

import pytest
from flask import Flask

from feedback.operations.school import School
from forms.draft import as_data
from forms.library import open_library
from forms.texts import Data
from tests.feedback.web.workshop.test_editor import Editor


def _three(**also: object) -> Data:
    """A finished form of three questions in one section."""
    data = as_data(open_library("family-window"))
    section = data["sections"][0] | {"questions": data["sections"][0]["questions"][:3]}
    return data | {"sections": [section], **also}


@pytest.fixture
def editor(school: School, app: Flask) -> Editor:
    """A lead with a finished form of three questions."""
    return Editor(school, app, _three())


def _ids(editor: Editor) -> list[list[str]]:
    return [[item["id"] for item in section["questions"]] for section in editor.data["sections"]]


def test_buttons_order_copy_and_remove(editor: Editor) -> None:
    editor.press(down="knows")
    assert _ids(editor) == [["helps-child", "knows", "easy-at-home"]]
    editor.press(copy="knows")
    assert _ids(editor) == [["helps-child", "knows", "knows-2", "easy-at-home"]]
    editor.press(remove="helps-child")
    assert _ids(editor) == [["knows", "knows-2", "easy-at-home"]]
    page = editor.press(up="knows")
    assert "It stands there already" in page.words
    assert editor.press(up="nothing").status == 404


def test_undo_says_what_it_takes_back(editor: Editor) -> None:
    assert "Undo" not in editor.open().words
    before = editor.data
    page = editor.press(remove="knows")
    assert "Undo: question removed" in page.words
    page = editor.desk.send(f"/forms/{editor.id}/undo", revision=page.fields["revision"])
    assert "The last step is taken back." in page.words
    assert editor.data == before


def test_sections_are_added_moved_and_removed(editor: Editor) -> None:
    editor.send("/sections/new", title="At home")
    assert [each["id"] for each in editor.data["sections"]] == ["the-tool", "at-home"]
    editor.press(down="easy-at-home")
    assert _ids(editor) == [["knows", "helps-child"], ["easy-at-home"]]
    editor.send("/items/knows", section="at-home")
    assert _ids(editor) == [["helps-child"], ["easy-at-home", "knows"]]
    editor.press(place="knows", section="the-tool", before="helps-child")
    assert _ids(editor) == [["knows", "helps-child"], ["easy-at-home"]]
    editor.send("/sections/at-home", title="With you")
    assert editor.data["sections"][1]["title"] == {"en": "With you"}
    editor.press(**{"section-up": "at-home"})
    editor.press(**{"section-remove": "at-home"})
    page = editor.press(**{"section-remove": "the-tool"})
    assert "A form needs one section at least." in page.words


def test_who_is_asked_is_chosen_from_lists_and_told_in_words(editor: Editor) -> None:
    page = editor.open("/asked-of/item/knows")
    assert "Before this there is no question" in page.words
    page = editor.open("/asked-of/item/easy-at-home?question=knows")
    typed = {"revision": page.fields["revision"], "answers": ["a-little", "very-much"]}
    page = editor.desk.send(f"/forms/{editor.id}/asked-of/item/easy-at-home?question=knows", **typed)
    assert "Asked only of those who answered" in page.words
    condition = {"question": "knows", "is": ["a-little", "very-much"]}
    assert editor.data["sections"][0]["questions"][2]["show_if"] == condition
    page = editor.press(down="knows")
    page = editor.press(down="knows")
    assert "It depends on a question that comes later or is gone." in page.words
    page = editor.press(remove="knows")
    assert "is asked of everybody now" in page.words
    assert "show_if" not in editor.data["sections"][0]["questions"][1]


def test_an_answer_that_is_gone_leads_nowhere_any_more(editor: Editor) -> None:
    path = "/asked-of/item/easy-at-home?question=knows"
    refused = editor.send(path)
    assert (refused.status, "Choose at least one answer" in refused.words) == (422, True)
    editor.send(path, answers=["a-little"])
    page = editor.send("/items/knows", go="remove-options-1")
    assert "is asked of everybody now" in page.words
    assert "show_if" not in editor.data["sections"][0]["questions"][2]
    editor.send(path, answers=["very-much"])
    editor.send(path, go="everybody")
    assert "show_if" not in editor.data["sections"][0]["questions"][2]


def test_themes_are_kept(editor: Editor) -> None:
    refused = editor.send("/themes", title="Homework two")
    assert (refused.status, "Say what the school could do next" in refused.words) == (422, True)
    editor.send("/themes", title="Other", next_step="Ask more.", examples="We need more.\n\nToo little.")
    theme = editor.data["themes"][-1]
    assert theme["id"] == "theme-other"
    assert theme["examples"] == {"en": ["We need more.", "Too little."]}
    editor.send("/themes/theme-other", title="Rest")
    assert editor.data["themes"][-1]["title"] == {"en": "Rest"}
    revision = editor.open().fields["revision"]
    editor.desk.send(f"/forms/{editor.id}/themes/theme-other/remove", revision=revision)
    assert "theme-other" not in [each["id"] for each in editor.data["themes"]]


def test_two_people_at_once_lose_nothing(editor: Editor) -> None:
    mine = editor.open("/items/knows").fields
    editor.send("/items/knows", text="What they wrote")
    late = {**mine, "text": "What I wrote"}
    page = editor.desk.send(f"/forms/{editor.id}/items/knows", **late)
    assert page.status == 409
    assert "Somebody else changed this form meanwhile" in page.words
    assert "What they wrote" in page.words
    assert page.fields["text"] == ["What I wrote"]
    assert editor.data["sections"][0]["questions"][0]["text"] == {"en": "What they wrote"}
    assert editor.desk.send(f"/forms/{editor.id}/items/knows", **page.fields).status == 200
    assert editor.data["sections"][0]["questions"][0]["text"] == {"en": "What I wrote"}


def test_a_button_of_an_old_page_does_nothing(editor: Editor) -> None:
    old = editor.open().fields["revision"]
    editor.press(down="knows")
    before = editor.data
    page = editor.desk.send(f"/forms/{editor.id}/do", revision=old, remove="knows")
    assert "so nothing was done" in page.words
    page = editor.desk.send(f"/forms/{editor.id}/undo", revision=old)
    assert "so nothing was done" in page.words
    assert editor.data == before


def test_words_typed_about_something_removed_meanwhile_are_shown(editor: Editor) -> None:
    mine = editor.open("/items/knows").fields
    editor.press(remove="knows")
    page = editor.desk.send(f"/forms/{editor.id}/items/knows", **{**mine, "text": "My own words"})
    assert page.status == 409
    assert "My own words" in page.words


@pytest.mark.parametrize("go", ["keep", "save"])
def test_what_is_kept_by_itself_is_what_the_button_keeps(editor: Editor, go: str) -> None:
    editor.add("choice", "Which one?")
    page = editor.open("/items/which-one")
    body = {**page.fields, "options-0-label": "Red", "options-1-label": "Blue", "go": go}
    body["csrf_token"] = editor.desk.open("/").fields["csrf_token"]
    answer = editor.desk.client.post(f"/en/desk/forms/{editor.id}/items/which-one", data=body)
    assert [each["id"] for each in editor.data["sections"][0]["questions"][-1]["options"]] == ["red", "blue"]
    if go == "keep":
        told: Any = answer.json
        assert told["ids"]["options-0-id"] == "red"
        assert told["revision"] == "3"
        late = editor.desk.client.post(f"/en/desk/forms/{editor.id}/items/which-one", data={**body, "text": "Now?"})
        assert (late.status_code, dict(late.json or {})["conflict"]) == (409, True)
        bad = {**body, "revision": told["revision"], "text": ""}
        refused = editor.desk.client.post(f"/en/desk/forms/{editor.id}/items/which-one", data=bad)
        assert refused.status_code == 422
        assert dict(refused.json or {})["problems"] == [["text", "Write the words that people read."]]
