"""What a draft lacks, told part by part, and what can be shown of it in the meantime."""

import pytest

from forms.draft import as_draft, new_draft
from forms.labels import READY_SCALES, ready_options
from forms.library import names, open_library
from forms.steps.conditions import put_condition
from forms.steps.items import add_unit, move_unit
from forms.steps.kinds import new_unit
from forms.steps.lines import Line, named
from forms.steps.look_over import look_over
from forms.steps.units import PartUnknown, StepImpossible
from forms.steps.whole import ThemeFacts, change_facts, put_theme, remove_theme


@pytest.mark.parametrize("name", list(names()))
def test_a_library_form_lacks_nothing(name: str) -> None:
    looked = look_over(as_draft(open_library(name), "en"))
    assert (looked.lacks, looked.left_out) == ({}, frozenset())
    assert looked.finished is not None


def test_a_new_form_lacks_an_introduction_and_a_question() -> None:
    looked = look_over(new_draft("ours", "Ours", "en", audience="families"))
    assert looked.lacks == {"": ("no_introduction",), "section first": ("few_questions",)}
    assert looked.finished is None


def test_what_is_not_finished_is_left_out_with_what_depends_on_it() -> None:
    data = as_draft(open_library("family-window"), "en")
    data = put_condition(data, "helps-child", "knows", ["very-much"])
    data = put_condition(data, "easy-at-home", "helps-child", ["very-much"])
    del data["sections"][0]["questions"][0]["why"]
    looked = look_over(data)
    assert looked.lacks == {"knows": ("no_why",)}
    assert looked.left_out == {"knows", "helps-child", "easy-at-home"}
    assert looked.finished is not None
    assert len(looked.finished.questions) == 5


def test_a_condition_on_a_later_question_is_said_at_what_depends_on_it() -> None:
    data = put_condition(as_draft(open_library("family-window"), "en"), "helps-child", "knows", ["very-much"])
    assert look_over(move_unit(data, "knows", 1)).lacks == {"helps-child": ("condition_question",)}


def test_the_youngest_need_screens_pictures_and_friendly_faces() -> None:
    data = as_draft(open_library("family-window"), "en") | {"audience": "students", "ages": "6-8"}
    faces = new_unit(data, "smileys", "How is it?")
    options = [{"id": each, "label": {"en": each}} for each in ("low", "middle", "high")]
    faces[0] |= {"faces": "full", "options": options, "why": {"en": "To know."}}
    lacks = look_over(add_unit(data, faces, section="the-tool")).lacks
    assert lacks[""] == ("young_on_a_page",)
    assert lacks["knows"] == ("missing_picture",)
    assert lacks["how-is-it"] == ("unhappy_faces",)


def test_ready_answers_are_there_in_the_languages_that_have_them() -> None:
    for scale in (*READY_SCALES, "apart", "yes-maybe-no"):
        assert {code for each in ready_options(scale, "uk") for code in each["label"]} == {"uk"}
        assert ready_options(scale, "xx") == []
    assert [each["id"] for each in ready_options("how-much", "en")][-1] == "very-much"


def test_answers_get_ids_of_their_words_that_nothing_has() -> None:
    lines = [Line("", "Very much!"), Line("yes", "Yes"), Line("", "Yes"), Line("", "نعم")]
    assert [line.id for line in named(lines, "choice", {"very-much"})] == ["very-much-2", "yes", "yes-2", "q"]
    long = [Line("", "Something that is quite long"), Line("", "Something that is quite different")]
    ids = [line.id for line in named(long, "then-now")]
    assert len(set(ids)) == 2
    assert all(len(each) <= 19 for each in ids)


def test_facts_and_themes_are_kept_and_taken_out() -> None:
    data = change_facts(new_draft("ours", "Ours", "en", audience="students"), {"ages": "9-11", "audio": True})
    assert (data["ages"], data["audio"]) == ("9-11", True)
    assert "ages" not in change_facts(data, {"ages": None})
    data = put_theme(data, "", ThemeFacts("Food", "Cook better.", ["It was cold."]))
    assert data["themes"] == [
        {
            "id": "food",
            "title": {"en": "Food"},
            "next_step": {"en": "Cook better."},
            "examples": {"en": ["It was cold."]},
        }
    ]
    changed = put_theme(data, "food", ThemeFacts("Lunch", "Cook."))
    assert changed["themes"] == [{"id": "food", "title": {"en": "Lunch"}, "next_step": {"en": "Cook."}}]
    assert remove_theme(changed, "food")["themes"] == []
    with pytest.raises(PartUnknown):
        put_theme(data, "nothing", ThemeFacts("x", "y"))
    for number in range(19):
        data = put_theme(data, "", ThemeFacts(f"Theme {number}", "x"))
    with pytest.raises(StepImpossible, match="no_room"):
        put_theme(data, "", ThemeFacts("One more", "x"))
