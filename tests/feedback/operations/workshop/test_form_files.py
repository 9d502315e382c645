"""A draft's texts leave as a file and come back: only what the file was made from is written over."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.i18n import Catalogue, speaking
from feedback.models import Draft, TextSignature
from feedback.operations.errors import DraftChanged, NotFound, NotPermitted
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, draft_for
from feedback.operations.workshop.form_files import plan_for, sheet_for, take_file
from forms.texts import words_hash
from forms.translation_files import FORMATS, FileRefused, read, write
from tests.factories import NOW, a_staff_member
from tests.feedback.text_files import INTRODUCTION, a_draft, a_translator, everything_kept, filled_in, kept, recorded
from tests.signed import sign_nothing


@pytest.fixture(autouse=True)
def _english(app: Flask) -> Iterator[None]:
    """Notes are in the language of the page."""
    with app.app_context(), speaking("en", Catalogue.STAFF):
        yield


def test_what_was_translated_in_a_file_is_a_draft_and_recorded(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    found = read(filled_in(write("po", sheet_for(school, lead, draft_id, "fr")), introduction="Bonjour à tous."))
    before = everything_kept(school)
    plan = plan_for(school, lead, draft_id, "fr", found)
    assert [(line.kind, line.unit.key) for line in plan.lines if line.kind != "same"] == [("changed", INTRODUCTION)]
    assert everything_kept(school) == before
    assert take_file(school, lead, draft_id, "fr", found, seen=plan.digest, now=NOW) == 1
    assert kept(school, INTRODUCTION) == ("Bonjour à tous.", "draft", 2)
    assert len(set(everything_kept(school)) - set(before)) == 1
    assert recorded(school) == [(lead.account, {"language": "fr", "texts": 1})]
    # The same file once more changes nothing.
    again = plan_for(school, lead, draft_id, "fr", found)
    assert (again.taken, again.refused) == ((), ())
    assert take_file(school, lead, draft_id, "fr", found, seen=again.digest, now=NOW) == 0
    assert len(recorded(school)) == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_nobody_touched_changes_nothing(school: School, format_: str) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    plan = plan_for(school, lead, draft_id, "ar", read(write(format_, sheet_for(school, lead, draft_id, "ar"))))
    assert {line.kind for line in plan.lines} == {"same"}


def test_a_new_language_begins_with_a_file(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    sheet = sheet_for(school, lead, draft_id, "tr")
    assert {unit.state for unit in sheet.units} == {"missing"}
    raw = filled_in(write("po", sheet), title="İlk")
    plan = plan_for(school, lead, draft_id, "tr", read(raw))
    assert take_file(school, lead, draft_id, "tr", read(raw), seen=plan.digest, now=NOW) == 1
    assert kept(school, "title", "tr") == ("İlk", "draft", 1)


def test_a_plan_that_is_no_longer_true_stores_nothing(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    sheet = sheet_for(school, lead, draft_id, "fr")
    mine, theirs = (read(filled_in(write("po", sheet), introduction=words)) for words in ("De moi", "D'une autre"))
    seen = plan_for(school, lead, draft_id, "fr", mine).digest
    first = plan_for(school, lead, draft_id, "fr", theirs).digest
    take_file(school, lead, draft_id, "fr", theirs, seen=first, now=NOW)
    before = everything_kept(school)
    with pytest.raises(DraftChanged):
        take_file(school, lead, draft_id, "fr", mine, seen=seen, now=NOW)
    assert everything_kept(school) == before
    assert [line.kind for line in plan_for(school, lead, draft_id, "fr", mine).refused] == ["conflict"]


def test_a_changed_source_word_keeps_the_file_out_of_that_text(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    found = read(filled_in(write("po", sheet_for(school, lead, draft_id, "fr")), introduction="Bonjour"))
    change_draft(
        school, lead, draft_id, lambda data: data | {"introduction": {"en": "New"}}, revision=1, code="text", now=NOW
    )
    plan = plan_for(school, lead, draft_id, "fr", found)
    assert [(line.kind, line.unit.key) for line in plan.refused] == [("drifted", INTRODUCTION)]
    assert plan.taken == ()
    # A new file shows the stale words, and whoever changes them there makes them current.
    fresh = sheet_for(school, lead, draft_id, "fr")
    assert next(unit.state for unit in fresh.units if unit.key == INTRODUCTION) == "stale"
    anew = read(filled_in(write("po", fresh), introduction="Nouveau"))
    take_file(school, lead, draft_id, "fr", anew, seen=plan_for(school, lead, draft_id, "fr", anew).digest, now=NOW)
    states = {unit.key: unit.state for unit in sheet_for(school, lead, draft_id, "fr").units}
    assert states[INTRODUCTION] == "draft"


def test_no_state_in_a_file_signs(school: School) -> None:
    sign_nothing(school)
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    raw = write("xliff12", sheet_for(school, lead, draft_id, "fr")).replace(
        b'state="needs-review-translation"', b'state="signed-off"'
    )
    plan = plan_for(school, lead, draft_id, "fr", read(raw))
    assert {line.kind for line in plan.lines} == {"looked_at"}
    take_file(school, lead, draft_id, "fr", read(raw), seen=plan.digest, now=NOW)
    assert {unit.state for unit in sheet_for(school, lead, draft_id, "fr").units} <= {"draft", "identical"}
    with Session(school.engine) as session:
        assert session.query(TextSignature).count() == 0


def test_a_signature_stays_with_the_words_it_was_given_for(school: School) -> None:
    sign_nothing(school)
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    unit = next(unit for unit in sheet_for(school, lead, draft_id, "fr").units if unit.key == INTRODUCTION)
    facts = {"source_hash": words_hash(unit.source), "words_hash": words_hash(unit.words)}
    with Session(school.engine) as session, session.begin():
        session.add(TextSignature(**facts, language="fr", by_id=lead.id, signed_on=NOW.date()))
    signed = sheet_for(school, lead, draft_id, "fr")
    assert [each.key for each in signed.units if each.state == "signed"] == [INTRODUCTION]
    found = read(filled_in(write("po", signed), introduction="Autre"))
    take_file(school, lead, draft_id, "fr", found, seen=plan_for(school, lead, draft_id, "fr", found).digest, now=NOW)
    assert [each.key for each in sheet_for(school, lead, draft_id, "fr").units if each.state == "signed"] == []


def test_translators_take_files_into_their_own_languages_alone(school: School) -> None:
    lead, other = a_staff_member(school, "lead"), a_staff_member(school, "teacher", account="other")
    translator, draft_id = a_translator(school, "fr"), a_draft(school, lead)
    found = read(filled_in(write("po", sheet_for(school, translator, draft_id, "fr")), introduction="Bonjour"))
    seen = plan_for(school, translator, draft_id, "fr", found).digest
    assert take_file(school, translator, draft_id, "fr", found, seen=seen, now=NOW) == 1
    for who, language in ((translator, "es"), (other, "fr"), (lead, "en"), (lead, "xx")):
        with pytest.raises(NotFound):
            sheet_for(school, who, draft_id, language)
        with pytest.raises(NotFound):
            take_file(school, who, draft_id, language, found, seen=seen, now=NOW)
    with pytest.raises(NotPermitted):
        sheet_for(school, a_staff_member(school, "officer", account="officer"), draft_id, "fr")
    with Session(school.engine) as session, session.begin():
        session.get_one(Draft, draft_id).owner_id = other.id
    assert sheet_for(school, other, draft_id, "fr").form == draft_for(school, other, draft_id).draft.name


def test_a_file_of_another_language_is_refused(school: School) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = a_draft(school, lead)
    found = read(write("csv", sheet_for(school, lead, draft_id, "fr")))
    with pytest.raises(FileRefused, match="other_language: fr"):
        plan_for(school, lead, draft_id, "es", found)


def test_a_note_tells_where_a_text_stands_and_why_we_ask(school: School) -> None:
    lead = a_staff_member(school, "lead")
    notes = {
        unit.key: unit.note for unit in sheet_for(school, lead, a_draft(school, lead, "family-window"), "fr").units
    }
    assert notes["title"] == "The title of the form."
    assert notes["items/knows/text"] == ("A question.\nWhy we ask it: Families should know what the school is trying.")
    assert notes["items/knows/options/a-little/label"].startswith(
        "An answer that can be chosen.\nThe question: How much"
    )
