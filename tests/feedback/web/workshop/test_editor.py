"""The editor's pages without JavaScript: every kind made and changed, errors, two people at once, undo, other roles."""

import pytest
from flask import Flask

from feedback.operations.school import School
from feedback.operations.workshop.drafts import draft_for, start_draft
from forms.draft import finished, new_draft
from forms.steps.kinds import KINDS
from forms.texts import Data
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.pages import Page


class Editor:
    """A pilot lead who writes one form."""

    def __init__(self, school: School, app: Flask, data: Data | None = None) -> None:
        self.school, self.lead = school, a_staff_member(school, "lead")
        self.desk = Desk(app, self.lead)
        plain = new_draft("ours", "Ours", "en", audience="families")
        self.id = start_draft(school, self.lead, data or plain, now=NOW)

    @property
    def data(self) -> Data:
        """The draft as it is stored."""
        return draft_for(self.school, self.lead, self.id).data

    def open(self, path: str = "") -> Page:
        """A page of the form."""
        return self.desk.open(f"/forms/{self.id}{path}")

    def send(self, path: str, **typed: object) -> Page:
        """The form on the page as it stands there, with what was typed into it."""
        return self.desk.send(f"/forms/{self.id}{path}", **{**self.open(path).fields, **typed})

    def press(self, **button: str) -> Page:
        """A button of the list."""
        return self.desk.send(f"/forms/{self.id}/do", revision=self.open().fields["revision"], **button)

    def add(self, kind: str, words: str) -> Page:
        """One more question or notice."""
        return self.send("/add", kind=kind, words=words)


@pytest.fixture
def editor(school: School, app: Flask) -> Editor:
    """A lead with an empty form."""
    return Editor(school, app)


def test_a_form_is_begun(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, "lead"))
    refused = desk.send("/forms/new", audience="families", ages="", language="en")
    assert (refused.status, "Give it a title" in refused.words) == (422, True)
    page = desk.send("/forms/new", title="Our window", audience="families", ages="", language="en")
    assert "Not complete yet:" in page.words
    assert "Write an introduction" in page.words
    assert "Our window" in desk.open("/forms/").words


#: What is typed on the page of each kind beside the question and its reason, so that nothing is lacking.
FINISHING = {
    "scale": {},
    "choice": {"options-0-label": "Red", "options-1-label": "Blue", "options-1-favourable": "y"},
    "choices": {"options-0-label": "Red", "options-1-label": "Blue", "options-1-own_words": "y", "at_most": "1"},
    "yes-maybe-no": {"options-1-label": "Perhaps"},
    "smileys": {"options-0-label": "So-so", "options-1-label": "Good", "options-2-label": "Great"},
    "picture-choice": {
        "options-0-label": "A book",
        "options-0-picture": "book",
        "options-1-label": "A game",
        "options-1-picture": "game",
    },
    "text": {"max_length": "300"},
    "short-text": {"hint": "A few words."},
    "matrix": {"rows-0-label": "At home", "rows-1-label": "At school"},
    "then-now": {"then": "Before", "now": "Now"},
    "ranking": {"options-0-label": "Red", "options-1-label": "Blue", "top": "1"},
    "points": {"options-0-label": "Red", "options-1-label": "Blue", "total": "5"},
    "number": {"minimum": "0", "maximum": "7", "bands": "0, 1, 3", "unit": "days"},
    "month": {"first": "2026-09", "last": "2026-12"},
    "week": {"first": "2026-W36", "last": "2026-W40"},
    "notice": {"title": "Now about home", "picture": "book"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_on_its_pages(editor: Editor, kind: str) -> None:
    editor.send("/facts", introduction="Tell us.")
    if kind == "notice":
        editor.add("text", "What else?")
        editor.send("/items/what-else", why="To know.")
    page = editor.add(kind, "What is it like?")
    assert (page.status, "What is it like?" in page.fields["text"]) == (200, True)
    why = {} if kind == "notice" else {"why": "We want to know."}
    page = editor.send("/items/what-is-it-like", **why, **FINISHING[kind])
    assert page.status == 200, page.words
    assert "Not complete yet" not in page.words
    made = finished(editor.data)
    assert made.items[-1].type in (kind, "scale", "text")
    before = editor.data
    again = editor.send(f"/items/{editor.data['sections'][0]['questions'][-1 if kind == 'notice' else 0]['id']}")
    assert (again.status, editor.data) == (200, before)


def test_what_each_kind_was_told_is_in_the_form(editor: Editor) -> None:
    editor.add("choices", "What did you like?")
    editor.send("/items/what-did-you-like", **FINISHING["choices"], why="To know.", goal="equity")
    question, beside = editor.data["sections"][0]["questions"]
    assert [each["id"] for each in question["options"]] == ["red", "blue"]
    assert (question["at_most"], question["goal"]) == (1, "equity")
    assert beside["show_if"] == {"question": "what-did-you-like", "is": ["blue"]}
    editor.send("/items/what-did-you-like", go="up-options-1")
    assert [each["id"] for each in editor.data["sections"][0]["questions"][0]["options"]] == ["blue", "red"]
    page = editor.send("/items/what-did-you-like", go="remove-options-0")
    assert page.status == 200
    assert [each["id"] for each in editor.data["sections"][0]["questions"][0]["options"]] == ["red"]
    assert len(editor.data["sections"][0]["questions"]) == 1


def test_an_answer_without_words_is_refused_and_what_was_typed_stays(editor: Editor) -> None:
    editor.add("choice", "Which one?")
    typed = {"options-0-label": "Red", "options-1-label": "", "options-1-picture": "star", "why": "Because."}
    page = editor.send("/items/which-one", **typed)
    assert (page.status, "No answer is only a picture" in page.words) == (422, True)
    assert page.fields["options-0-label"] == ["Red"]
    assert page.fields["why"] == ["Because."]
    assert "options" not in editor.data["sections"][0]["questions"][0]
    page = editor.send("/items/which-one", text="")
    assert (page.status, "Write the words that people read." in page.words) == (422, True)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("number", {"minimum": "9", "maximum": "3", "bands": "9, 10"}, "larger than the smallest"),
        ("number", {"minimum": "0", "maximum": "3", "bands": "0, 2, 1"}, "from small to large"),
        ("choices", {"options-0-label": "A", "options-1-label": "B", "at_most": "5"}, "There are not so many answers"),
        ("ranking", {"options-0-label": "A", "options-1-label": "B", "top": "2"}, "have to be left over"),
        ("month", {"first": "soon", "last": "2026-12"}, "such as 2026-09"),
        ("week", {"first": "2026-W40", "last": "2026-W36"}, "after the first"),
        ("scale", {"low_step": "Do this."}, "all three next steps"),
        ("text", {"max_length": "many"}, "whole number from 1 to 5,000"),
        ("text", {"text": "Like {this"}, "curly brackets"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(editor: Editor, kind: str, typed: dict[str, str], said: str) -> None:
    editor.add(kind, "What now?")
    before = editor.data
    page = editor.send("/items/what-now", why="To know.", **typed)
    assert page.status == 422
    assert said.replace(",", "") in page.words.replace(",", "")
    assert editor.data == before
