"""A question is copied as another kind, and an earlier answer is named in a later text, without JavaScript."""

from itertools import permutations

import pytest
from flask import Flask

from feedback.operations.school import School
from forms.draft import finished, ids_of
from forms.steps.another_kind import copy_as, id_of_copy_as, other_kinds
from forms.steps.kinds import KINDS
from forms.steps.look_over import look_over
from forms.steps.units import find_unit, kind_of, units_of
from forms.texts import Data
from tests.feedback.web.workshop.test_editor import FINISHING, Editor

_QUESTIONS = tuple(kind for kind in KINDS if kind != "notice")
#: What a copy may lack: things that its kind has and the other one did not.
_MAY_LACK = {"no_options", "few_options", "no_picture", "no_then", "no_now", "no_maximum", "no_bands", "few_bands"}
_MAY_LACK |= {"no_first", "no_last", "no_text", "missing_picture", "few_questions"}


@pytest.fixture
def editor(school: School, app: Flask) -> Editor:
    """A lead with an empty form."""
    return Editor(school, app)


def test_a_copy_of_another_kind_keeps_what_both_share_and_gets_an_id_of_its_own(editor: Editor) -> None:
    editor.add("yes-maybe-no", "Do you like it?")
    editor.add("choice", "Which colour?")
    typed = {"options-0-label": "Red", "options-1-label": "Blue", "options-1-favourable": "y", "goal": "equity"}
    editor.send("/items/which-colour", **typed, why="To know.", hint="Look around.")
    editor.send("/asked-of/item/which-colour?question=do-you-like-it", answers=["yes"])
    page = editor.send("/items/which-colour", go="another", another="choices", text="Which colours?")
    assert (page.status, "Here is the copy." in page.words) == (200, True)
    before, old, new = editor.data["sections"][0]["questions"]
    assert (before["id"], old["id"], new["id"]) == ("do-you-like-it", "which-colour", "which-colours")
    assert (old["type"], new["type"]) == ("choice", "choices")
    assert old["text"] == {"en": "Which colours?"}
    for key in ("text", "why", "hint", "goal", "options", "show_if"):
        assert new[key] == old[key], key
    assert "Undo: question copied" in editor.open().words
    editor.desk.send(f"/forms/{editor.id}/undo", revision=editor.open().fields["revision"])
    assert len(editor.data["sections"][0]["questions"]) == 2


def test_what_cannot_be_chosen_is_not_copied_and_a_notice_stays_one(editor: Editor) -> None:
    editor.add("scale", "How was it?")
    before = editor.data
    for wrong in ("scale", "notice", "nothing"):
        assert editor.send("/items/how-was-it", go="another", another=wrong).status == 200
    assert editor.data == before
    assert "rounds compare like with like" in editor.open("/items/how-was-it").words
    editor.add("notice", "Now to something else.")
    assert "rounds compare like with like" not in editor.open("/items/now-to-something-else").words


@pytest.fixture
def one_of_each(editor: Editor) -> Data:
    """A form with a finished question of every kind."""
    editor.send("/facts", introduction="Tell us.")
    for kind in _QUESTIONS:
        editor.add(kind, f"About {kind}?")
        editor.send(f"/items/about-{kind}", why="To know.", **FINISHING[kind])
    finished(editor.data)
    return editor.data


def test_every_kind_becomes_every_other_and_lacks_only_what_its_kind_adds(one_of_each: Data) -> None:
    ids = {kind_of(unit): str(unit[0]["id"]) for unit in units_of(one_of_each["sections"][0])}
    assert sorted(ids) == sorted(_QUESTIONS)
    for old, new in permutations(_QUESTIONS, 2):
        assert new in other_kinds(find_unit(one_of_each, ids[old])[2])
        copied = copy_as(one_of_each, ids[old], new)
        copy = id_of_copy_as(one_of_each, ids[old], new)
        assert ids_of(copied) - ids_of(one_of_each) == {copy}
        assert kind_of(find_unit(copied, copy)[2]) == new
        lacks = look_over(copied).lacks
        assert set(lacks) <= {copy, f"section {one_of_each['sections'][0]['id']}"}, (old, new)
        assert set(lacks.get(copy, ())) <= _MAY_LACK, (old, new, lacks)


def test_earlier_answers_are_listed_as_they_are_typed(editor: Editor) -> None:
    editor.add("scale", "How was it?")
    editor.add("choices", "What did you like?")
    editor.send("/items/what-did-you-like", **{"options-0-label": "Red", "options-1-label": "Blue"}, why="To know.")
    page = editor.add("text", "Why?")
    assert "{how-was-it|…}" in page.words
    assert "{what-did-you-like|…}" not in page.words
    assert "Put an earlier answer here" not in editor.open("/items/how-was-it").words
    page = editor.send("/items/why", text="You said {how-was-it|something}. Why?", why="To know.")
    assert (page.status, "Not complete yet" in page.words) == (200, True)
    assert editor.data["sections"][0]["questions"][-1]["text"]["en"] == "You said {how-was-it|something}. Why?"
    lacks = look_over(editor.data).lacks
    assert "why" not in lacks
