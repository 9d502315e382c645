"""Drafts: made, changed by two people at once, undone, thrown away; and their words in other languages."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feedback.db import reading
from feedback.operations.errors import DraftChanged, NotFound, NotPermitted, NotReady
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, discard_draft, draft_for, drafts_of, start_draft, undo
from feedback.operations.workshop.form_words import complete_languages, joined, words_in
from feedback.operations.workshop.published import askable, form_to_ask
from forms.draft import as_data, finished, new_draft
from forms.library import names, open_library
from forms.texts import Data
from tests.factories import NOW, a_staff_member


def _retitle(words: str) -> Callable[[Data], Data]:
    return lambda data: data | {"title": {"en": words}}


def test_a_step_changes_the_draft_and_undo_takes_it_back(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = start_draft(school, lead, new_draft("ours", "Ours", "en", audience="families"), now=NOW)
    before = draft_for(school, lead, draft_id)
    assert before.last_step is None
    with pytest.raises(NotReady, match="nothing_to_undo"):
        undo(school, lead, draft_id, revision=1, now=NOW)
    revision = change_draft(school, lead, draft_id, _retitle("Mine"), revision=1, code="title", now=NOW)
    assert (revision, draft_for(school, lead, draft_id).data["title"]) == (2, {"en": "Mine"})
    same = change_draft(school, lead, draft_id, _retitle("Mine"), revision=2, code="title", now=NOW)
    assert same == 2
    assert undo(school, lead, draft_id, revision=2, now=NOW) == "title"
    assert draft_for(school, lead, draft_id).data == before.data


def test_whoever_has_not_seen_the_last_change_changes_nothing(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = start_draft(school, lead, new_draft("ours", "Ours", "en", audience="families"), now=NOW)
    change_draft(school, lead, draft_id, _retitle("First"), revision=1, code="title", now=NOW)
    for late in (
        lambda: change_draft(school, lead, draft_id, _retitle("Second"), revision=1, code="title", now=NOW),
        lambda: undo(school, lead, draft_id, revision=1, now=NOW),
    ):
        with pytest.raises(DraftChanged) as refused:
            late()
        assert refused.value.revision == 2
    assert draft_for(school, lead, draft_id).data["title"] == {"en": "First"}


def test_a_name_is_never_taken_twice(school: School) -> None:
    lead = a_staff_member(school, "lead")
    made = [start_draft(school, lead, as_data(open_library("first-look")), now=NOW) for _ in range(2)]
    assert [draft_for(school, lead, each).draft.name for each in made] == ["first-look-2", "first-look-3"]


def test_drafts_belong_to_whoever_made_them_and_to_leads(school: School) -> None:
    lead, teacher, other = (
        a_staff_member(school, role, account=role + str(n)) for n, role in enumerate(("lead", "teacher", "teacher"))
    )
    draft_id = start_draft(school, teacher, new_draft("ours", "Ours", "en", audience="students"), now=NOW)
    assert [each.id for each in drafts_of(school, lead)] == [draft_id]
    assert drafts_of(school, other) == []
    with pytest.raises(NotFound):
        draft_for(school, other, draft_id)
    with pytest.raises(NotPermitted):
        draft_for(school, a_staff_member(school, "officer"), draft_id)
    discard_draft(school, teacher, draft_id, now=NOW + timedelta(days=1))
    with pytest.raises(NotFound):
        draft_for(school, teacher, draft_id)


@pytest.mark.parametrize("name", ["first-look", "family-window"])
def test_a_library_form_as_a_draft_keeps_its_languages(school: School, name: str) -> None:
    lead, instrument = a_staff_member(school, "lead"), open_library(name)
    seen = draft_for(school, lead, start_draft(school, lead, as_data(instrument), now=NOW))
    with reading(school.engine) as session:
        languages = complete_languages(session, seen.draft.name, seen.data, "en")
        again = finished(joined(session, seen.draft.name, seen.data, "en", instrument.languages))
    assert set(languages) == set(instrument.languages)
    assert again == instrument.model_copy(update={"id": seen.draft.name})


def test_another_word_in_the_source_makes_all_its_languages_stale(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = start_draft(school, lead, as_data(open_library("first-look")), now=NOW)

    def reword(data: Data) -> Data:
        data["sections"][0]["questions"][0]["text"]["en"] += " Really?"
        return data

    change_draft(school, lead, draft_id, reword, revision=1, code="text", now=NOW)
    seen = draft_for(school, lead, draft_id)
    with reading(school.engine) as session:
        assert complete_languages(session, seen.draft.name, seen.data, "en") == ["en"]
        states = [each.state for each in words_in(session, seen.draft.name, seen.data, "en", "ar")]
    assert states.count("stale") == 1
    assert "missing" not in states


def test_without_own_forms_the_library_can_be_asked(school: School) -> None:
    assert [each.instrument.id for each in askable(school)] == list(names())
    assert form_to_ask(school, "first-look") == open_library("first-look")
    with pytest.raises(NotFound):
        form_to_ask(school, "nothing")
