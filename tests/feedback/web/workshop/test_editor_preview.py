"""Who may write forms, how many statements a large one costs, and its preview in the respondents' own pages."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from feedback.operations.school import School
from feedback.operations.workshop.drafts import start_draft
from feedback.privacy.permissions import ROLES
from feedback.web.workshop import list_steps
from feedback.web.workshop.pictogram_names import PICTOGRAM_NAMES
from forms.draft import as_data, as_draft
from forms.library import names, open_library
from forms.texts import only_in
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import with_a_condition
from tests.feedback.web.workshop.test_editor import Editor
from tests.looks import is_every

PAGES: tuple[str, ...] = (
    "",
    "/facts",
    "/add",
    "/sections/new",
    "/sections/the-tool",
    "/themes",
    "/themes/homework",
    "/items/knows",
)
PAGES += ("/asked-of/item/knows", "/asked-of/section/the-tool", "/preview/", "/discard")


@pytest.fixture
def editor(school: School, app: Flask) -> Editor:
    """A lead with a copy of Family Window."""
    return Editor(school, app, as_data(open_library("family-window")))


@pytest.mark.parametrize("role", ROLES)
def test_other_roles_see_no_page_of_the_editor(school: School, app: Flask, role: str) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    draft_id = start_draft(school, lead, as_data(open_library("family-window")), now=NOW)
    desk = Desk(app, a_staff_member(school, role, account=f"one-{role}@example.org"))
    expected = {"lead": 200, "teacher": 404}.get(role, 403)
    assert {desk.status(f"/forms/{draft_id}{page}") for page in PAGES} == {expected}
    own = 200 if role in ("lead", "teacher") else 403
    assert {desk.status(f"/forms/{page}") for page in ("", "new")} == {own}
    assert ("Forms" in desk.open("/").words.split()) == (own == 200)
    do = 400 if role == "lead" else expected
    assert desk.status(f"/forms/{draft_id}/do", "POST") == do
    begin = 302 if own == 200 else 403
    assert desk.status("/forms/begin-with/first-look", "POST") == begin


@pytest.mark.parametrize("view", ["child", "phone", "page", "mirrored", "paper"])
def test_the_preview_is_the_respondents_own_page(editor: Editor, view: str) -> None:
    page = editor.open(f"/preview/?as={view}")
    assert page.status == 200
    words, language = ("نافذة الأسرة", "ar") if view == "mirrored" else ("Family Window", "en")
    assert (words in page.words, page.lang) == (True, language)


def test_a_form_without_such_a_language_is_mirrored(school: School, app: Flask) -> None:
    editor = Editor(school, app, as_draft(open_library("first-look"), "en"))
    page = editor.desk.client.get(f"/en/desk/forms/{editor.id}/preview/?as=mirrored")
    assert '<html lang="en" dir="rtl"' in page.text


def test_only_the_preview_may_be_framed_and_it_runs_nothing(editor: Editor) -> None:
    policy = {path: editor.open(path).response.headers["Content-Security-Policy"] for path in ("", "/preview/", "/add")}
    assert "frame-src 'self'" in policy[""]
    assert "frame-ancestors 'none'" in policy[""]
    assert "frame-ancestors 'self'" in policy["/preview/"]
    assert "script-src 'none'" in policy["/preview/"]
    assert "frame-src" not in policy["/add"]


def test_a_button_of_the_preview_only_turns_the_page(editor: Editor) -> None:
    before = editor.data
    path = f"/en/desk/forms/{editor.id}/preview/?as=child"
    answer = editor.desk.client.post(f"{path}&n=2", data={"go": "next", "q-knows": "very-much"})
    assert (answer.status_code, "n=3" in answer.location, "as=child" in answer.location) == (302, True, True)
    assert "n=1" in editor.desk.client.post(f"{path}&n=2", data={"go": "back"}).location
    assert editor.data == before


def test_what_is_not_finished_is_left_out_and_said(editor: Editor) -> None:
    editor.add("choice", "What is missing here?")
    page = editor.open()
    assert "1 entry is left out" in page.words
    assert "What is missing here?" not in editor.open("/preview/").words
    assert "How much do you trust" in editor.open("/preview/").words


def test_beside_the_editor_it_is_said_why_every_question_is_shown(school: School, app: Flask) -> None:
    on_a_page = Editor(school, app, with_a_condition(as_data(open_library("family-window"))))
    assert "No script runs in the preview" in on_a_page.open("?as=page").words
    assert "No script runs in the preview" in on_a_page.open("?as=phone").words
    assert "Here you see every question" in on_a_page.open("?as=child").words
    for view in ("page", "child", "paper"):
        words = on_a_page.open(f"?as={view}").words
        assert ("No script runs" in words, "Here you see every" in words) == (view == "page", view == "child")


def test_without_conditions_nothing_has_to_be_explained(editor: Editor) -> None:
    for view in ("page", "child"):
        words = editor.open(f"?as={view}").words
        assert ("No script runs" in words, "Here you see every" in words) == (False, False)


def test_nothing_finished_shows_nothing(school: School, app: Flask) -> None:
    editor = Editor(school, app)
    assert "Nothing to show yet" in editor.open("/preview/").words


def test_a_large_form_costs_no_more_statements_than_a_small_one(school: School, app: Flask) -> None:
    small = Editor(school, app)
    data = as_data(open_library("family-window"))
    questions = [data["sections"][0]["questions"][0] | {"id": f"q-{number}"} for number in range(300)]
    sections = [
        {"id": f"part-{at}", "title": {"en": f"Part {at}"}, "questions": questions[at * 100 : at * 100 + 100]}
        for at in range(3)
    ]
    large = start_draft(school, small.lead, only_in(data, ("en",)) | {"sections": sections}, now=NOW)

    def statements(path: str) -> int:
        counted = []

        def note(*_: object) -> None:
            counted.append(1)

        event.listen(school.engine, "before_cursor_execute", note)
        assert small.desk.open(path).status == 200
        event.remove(school.engine, "before_cursor_execute", note)
        return len(counted)

    small.desk.open("/forms/new")  # the first form of a session writes its token
    assert statements(f"/forms/{large}") == statements(f"/forms/{small.id}")
    assert len(small.desk.open(f"/forms/{large}").response.text) < 600_000


@pytest.mark.parametrize("name", names() if is_every() else names()[::6])
def test_every_screen_can_be_looked_at(school: School, app: Flask, name: str) -> None:
    editor = Editor(school, app, as_data(open_library(name)))
    for number in range(12):
        for language in ("en", "ar"):
            page = editor.open(f"/preview/?as=child&n={number}&in={language}")
            assert (page.status, page.lang) == (200, language)


def test_every_step_has_a_sentence_that_takes_it_back() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path("feedback/web").rglob("*.py")]
    codes = {code for text in sources for code in re.findall(r'Step\(\s*"(\w+)"', text)}
    codes |= {code for code, _change in list_steps._BUTTONS.values()} | {"notice_added", "question_added"}
    said = Path("templates/workshop/undo.html").read_text(encoding="utf-8")
    assert {code for code in codes if f'"{code}": _("Undo: ' not in said} == set()


def test_every_drawing_has_a_name_in_words() -> None:
    assert set(PICTOGRAM_NAMES) == {path.stem for path in Path("feedback/static/pictograms").glob("*.svg")}
