"""Steps with questions: what is moved, copied and removed, and that no step changes what it got."""

from copy import deepcopy

import pytest

from forms.draft import as_draft, finished, new_draft
from forms.library import names, open_library
from forms.steps.change import change_unit, unit_in_its_place
from forms.steps.conditions import earlier_than, freed, put_condition, put_section_condition
from forms.steps.items import add_unit, duplicate_unit, move_unit, place_unit, remove_unit
from forms.steps.kinds import KINDS, keys_of_kind, new_unit
from forms.steps.lines import Line, lines_of
from forms.steps.sections import add_section, change_section, move_section, remove_section
from forms.steps.units import PartUnknown, StepImpossible, find_unit, units_of
from forms.texts import Data
from forms.validation import ITEM_TYPES
from tests.every_type import every_type
from tests.winding import a_winding_form


def _ids(data: Data) -> list[list[str]]:
    return [[unit[0]["id"] for unit in units_of(section)] for section in data["sections"]]


def _draft() -> Data:
    """Two sections: a and b; c."""
    data = new_draft("ours", "Ours", "en", audience="families")
    data = add_section(data, "More")
    for words, section in (("A", "first"), ("B", "first"), ("C", "more")):
        data = add_unit(data, new_unit(data, "scale", words), section=section)
    return data


def test_a_unit_moves_over_the_edge_of_its_section() -> None:
    data = _draft()
    assert _ids(data) == [["a", "b"], ["c"]]
    assert _ids(move_unit(data, "a", 1)) == [["b", "a"], ["c"]]
    assert _ids(move_unit(data, "b", 1)) == [["a"], ["b", "c"]]
    assert _ids(move_unit(data, "c", -1)) == [["a", "b", "c"], []]
    assert _ids(place_unit(data, "c", section="first", before="a")) == [["c", "a", "b"], []]
    assert place_unit(data, "a", section="first", before="a") == data
    for id_, by, code in (("a", -1, "first"), ("c", 1, "last")):
        with pytest.raises(StepImpossible, match=code):
            move_unit(data, id_, by)


def test_what_is_not_there_cannot_be_moved() -> None:
    data = _draft()
    with pytest.raises(PartUnknown):
        move_unit(data, "z", 1)
    with pytest.raises(PartUnknown):
        remove_unit(data, "z")
    with pytest.raises(PartUnknown):
        place_unit(data, "a", section="z")
    with pytest.raises(PartUnknown):
        change_section(data, "z", "Title")


def test_a_section_has_room_for_a_hundred() -> None:
    data = _draft()
    for _ in range(98):
        data = duplicate_unit(data, "a")
    with pytest.raises(StepImpossible, match="no_room"):
        duplicate_unit(data, "a")
    with pytest.raises(StepImpossible, match="no_room"):
        move_unit(data, "c", -1)


@pytest.mark.parametrize("form", [every_type(), a_winding_form(), *map(open_library, names())])
def test_copies_of_all_there_is_can_be_asked_and_nothing_given_is_changed(form: object) -> None:
    data = as_draft(form, "en")  # type: ignore[arg-type]  # one of three makers of instruments
    before = deepcopy(data)
    copied = data
    for row in _ids(data):
        for id_ in row:
            copied = duplicate_unit(copied, id_)
    assert len(finished(copied).items) == 2 * len(finished(data).items)
    assert [len(row) for row in _ids(copied)] == [2 * len(row) for row in _ids(data)]
    for row in _ids(data):
        for id_ in row:
            remove_unit(copied, id_)
            move_unit(add_section(copied, "Last"), id_, 1)
    assert data == before


def test_own_words_go_where_their_answer_goes() -> None:
    data = new_draft("ours", "Ours", "en", audience="families")
    data = add_unit(data, new_unit(data, "choice", "Which one?"), section="first")
    lines = [Line("red", "Red"), Line("other", "Other", own_words=True)]
    data = change_unit(data, "which-one", {"options": lines, "why": "To know."})
    question, beside = find_unit(data, "which-one")[2]
    assert beside["companion_of"] == question["id"]
    assert beside["text"] == {"en": "Which one? – Other"}
    assert lines_of([question, beside], "options", "en") == lines
    twice = duplicate_unit(data, "which-one")
    _question, copy = find_unit(twice, "which-one-2")[2]
    assert copy["show_if"] == {"question": "which-one-2", "is": ["other"]}
    without = change_unit(data, "which-one", {"options": lines[:1]})
    assert len(find_unit(without, "which-one")[2]) == 1


def test_a_matrix_is_one_unit_of_rows_that_share_their_answers() -> None:
    data = new_draft("ours", "Ours", "en", audience="families")
    data = add_unit(data, new_unit(data, "matrix", "How much do you like"), section="first")
    rows = [Line("how-much-do-you-like", "the books"), Line("", "the games")]
    data = change_unit(data, "how-much-do-you-like", {"rows": rows, "why": "To know.", "goal": "equity"})
    unit = find_unit(data, "how-much-do-you-like")[2]
    assert [row["text"]["en"] for row in unit] == ["the books", "the games"]
    assert {row["goal"] for row in unit} == {"equity"}
    turned = change_unit(data, unit[0]["id"], {"rows": [Line(row["id"], row["text"]["en"]) for row in unit[::-1]]})
    assert unit_in_its_place(data, turned, unit[0]["id"]) == unit[1]["id"]
    assert _ids(duplicate_unit(data, unit[0]["id"])) == [["how-much-do-you-like", "how-much-do-you-like-2"]]


def test_conditions_follow_what_they_name() -> None:
    data = put_condition(_draft(), "b", "a", ["very-much", "dont-know"])
    data = put_section_condition(data, "more", "a", ["very-much"])
    assert [each.id for each in earlier_than(data, "more", is_section=True)] == ["a", "b"]
    assert [each.id for each in earlier_than(data, "b")] == ["a"]
    kept = [line for line in lines_of(find_unit(data, "a")[2], "options", "en") if line.id != "very-much"]
    fewer = change_unit(data, "a", {"options": kept})
    assert find_unit(fewer, "b")[2][0]["show_if"] == {"question": "a", "is": ["dont-know"]}
    assert freed(data, fewer) == ["section more"]
    gone = remove_unit(data, "a")
    assert freed(data, gone) == ["b", "section more"]
    assert put_condition(data, "b", "", [])["sections"][0] == _draft()["sections"][0]


def test_a_text_says_what_it_says_without_an_answer_that_is_gone() -> None:
    data = _draft()
    data = change_unit(data, "b", {"text": "You said {a|something}. Why?"})
    assert find_unit(remove_unit(data, "a"), "b")[2][0]["text"] == {"en": "You said something. Why?"}


def test_sections_move_and_go_with_their_questions() -> None:
    data = _draft()
    assert _ids(move_section(data, "more", -1)) == [["c"], ["a", "b"]]
    assert _ids(remove_section(data, "first")) == [["c"]]
    with pytest.raises(StepImpossible, match="last"):
        move_section(data, "more", 1)
    with pytest.raises(StepImpossible, match="last_section"):
        remove_section(remove_section(data, "first"), "more")


def test_every_type_of_a_form_can_be_added() -> None:
    assert set(KINDS) == set(ITEM_TYPES)


def test_every_kind_can_be_told_its_own_facts_and_no_others() -> None:
    assert {key for kind in KINDS for key in keys_of_kind(kind)}.isdisjoint({"id", "type", "show_if"})
    data = new_draft("ours", "Ours", "en", audience="families")
    for kind in KINDS:
        made = add_unit(data, new_unit(data, kind, "What?"), section="first")
        assert change_unit(made, "what", {"nothing": "known", "id": "x"}) == made


@pytest.mark.parametrize("name", list(names()))
def test_what_is_typed_as_it_stands_changes_nothing(name: str) -> None:
    data = as_draft(open_library(name), "en")
    for row in _ids(data):
        for id_ in row:
            unit = find_unit(data, id_)[2]
            facts = {key: lines_of(unit, key, "en") for key in ("options", "apart") if unit[0].get(key)}
            assert finished(change_unit(data, id_, facts)) == finished(data)
