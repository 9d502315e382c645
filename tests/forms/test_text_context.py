"""What somebody is told of a text before translating it, and what is different between two wordings."""

import pytest

from forms.draft import as_data
from forms.library import open_library
from forms.text_context import Context, context_of
from forms.texts import texts_of
from forms.word_changes import word_changes


def _context(name: str, key: str) -> Context:
    data = as_data(open_library(name))
    text = next(each for each in texts_of(data) if each.key == key)
    return context_of(data, text, "en")


def test_an_answer_is_shown_with_its_question_its_reason_and_its_picture() -> None:
    data = as_data(open_library("first-look"))
    question = data["sections"][0]["questions"][0]
    yes = f"items/{question['id']}/options/yes/label"
    found = _context("first-look", yes)
    assert (found.number, found.question, found.why) == (1, question["text"]["en"], question["why"]["en"])
    assert found.picture == "yes"
    assert found.section == data["sections"][0]["title"]["en"]


def test_a_title_of_the_form_stands_nowhere_else() -> None:
    assert _context("first-look", "title") == Context()


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Is it easy?", "Is it very easy?", [("same", "Is it "), ("new", "very "), ("same", "easy?")]),
        ("Hard", "Hard", [("same", "Hard")]),
        ("هل هو سهل؟", "هل هو صعب؟", [("same", "هل هو "), ("gone", "سهل"), ("new", "صعب"), ("same", "؟")]),
        ("告诉我们", "请告诉我们", [("new", "请"), ("same", "告诉我们")]),
    ],
)
def test_a_change_is_shown_word_by_word(before: str, after: str, changed: list[tuple[str, str]]) -> None:
    pieces = word_changes(before, after)
    assert list(pieces) == changed
    assert "".join(words for kind, words in pieces if kind != "new") == before
    assert "".join(words for kind, words in pieces if kind != "gone") == after
