"""Translators at work: writing, signing, two at once, words that went stale, and what is refused."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, StaffMember, TextSignature, TranslatedText
from feedback.operations.errors import NotFound, NotPermitted, TranslationChanged, TranslationRefused
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, draft_for, start_draft
from feedback.operations.workshop.form_languages import add_language, languages_for
from feedback.operations.workshop.form_words import Translated
from feedback.operations.workshop.published import form_to_ask
from feedback.operations.workshop.translatable import form_for, to_translate
from feedback.operations.workshop.translate import (
    Read,
    Written,
    find_text,
    sign_texts,
    translate_text,
    withdraw_signature,
)
from forms.draft import as_data
from forms.library import names, open_library
from forms.texts import Data, words_hash
from tests.factories import NOW, a_staff_member
from tests.signed import sign_nothing

TITLE = "title"


@pytest.fixture
def lead(school: School) -> StaffMember:
    sign_nothing(school)
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def urdu(school: School) -> StaffMember:
    return a_staff_member(school, "translator", account="urdu", languages=["ur"])


@pytest.fixture
def draft_id(school: School, lead: StaffMember) -> str:
    return start_draft(school, lead, as_data(open_library("first-look")), now=NOW)


def _text(
    school: School, by: StaffMember, key: str = TITLE, *, name: str = "first-look-2", language: str = "ur"
) -> Translated:
    return find_text(form_for(school, by, name, language)[1], key)


def _written(text: Translated, words: str) -> Written:
    return Written(text.text.key, words, text.revision, words_hash(text.source))


def _read(text: Translated) -> Read:
    return Read(text.text.key, words_hash(text.source), words_hash(text.words))


def _retitle(data: Data) -> Data:
    data["title"]["en"] = "A first look"
    return data


@pytest.mark.usefixtures("draft_id")
def test_words_are_written_signed_and_stay_signed_while_they_are_the_same(school: School, urdu: StaffMember) -> None:
    text = _text(school, urdu)
    assert text.state == "machine"
    translate_text(school, urdu, "first-look-2", "ur", _written(text, "پہلا جائزہ"), now=NOW)
    text = _text(school, urdu)
    assert (text.words, text.state) == ("پہلا جائزہ", "draft")
    assert sign_texts(school, urdu, "first-look-2", "ur", [_read(text)], now=NOW).count == 1
    assert _text(school, urdu).state == "signed"
    # The very same words of another form are signed with it, and other words of this one are not.
    translate_text(school, urdu, "first-look-2", "ur", _written(_text(school, urdu), "پہلی جھلک"), now=NOW)
    assert _text(school, urdu).state == "draft"
    actions = _actions(school)
    assert actions[-3:] == ["text_translated", "text_signed", "text_translated"]


@pytest.mark.usefixtures("draft_id")
def test_of_two_translators_at_once_the_second_is_told_and_nothing_is_written_over(
    school: School, urdu: StaffMember
) -> None:
    other = a_staff_member(school, "translator", account="urdu.two", languages=["ur"])
    seen = _text(school, urdu)
    translate_text(school, urdu, "first-look-2", "ur", _written(seen, "پہلا جائزہ"), now=NOW)
    with pytest.raises(TranslationChanged) as refused:
        translate_text(school, other, "first-look-2", "ur", _written(seen, "پہلی جھلک"), now=NOW)
    assert (refused.value.words, refused.value.revision) == ("پہلا جائزہ", seen.revision + 1)
    assert _text(school, other).words == "پہلا جائزہ"


def test_whoever_translates_a_source_that_was_changed_meanwhile_reads_it_first(
    school: School, lead: StaffMember, urdu: StaffMember, draft_id: str
) -> None:
    seen = _text(school, urdu)
    change_draft(school, lead, draft_id, _retitle, revision=1, code="title", now=NOW)
    with pytest.raises(TranslationChanged) as refused:
        translate_text(school, urdu, "first-look-2", "ur", _written(seen, "پہلا جائزہ"), now=NOW)
    assert refused.value.source == "A first look"


def test_a_stale_text_shows_its_old_source_and_is_signed_only_when_it_is_written_anew(
    school: School, lead: StaffMember, urdu: StaffMember, draft_id: str
) -> None:
    sign_texts(school, urdu, "first-look-2", "ur", [_read(_text(school, urdu))], now=NOW)
    change_draft(school, lead, draft_id, _retitle, revision=1, code="title", now=NOW)
    stale = _text(school, urdu)
    assert (stale.state, stale.before) == ("stale", "First Look")
    assert sign_texts(school, urdu, "first-look-2", "ur", [_read(stale)], now=NOW).changed == (TITLE,)
    todo = to_translate(school, urdu)
    assert (todo[0].form.name, todo[0].states["stale"]) == ("first-look-2", 1)
    translate_text(school, urdu, "first-look-2", "ur", _written(stale, stale.words), sign=True, now=NOW)
    assert _text(school, urdu).state == "signed"


@pytest.mark.usefixtures("draft_id")
def test_only_what_was_read_is_signed(school: School, urdu: StaffMember) -> None:
    _form, told = form_for(school, urdu, "first-look-2", "ur")
    other_words = replace(_read(told[1]), words_hash=words_hash("else"))
    signed = sign_texts(school, urdu, "first-look-2", "ur", [_read(told[0]), other_words], now=NOW)
    assert (signed.count, signed.changed) == (1, (told[1].text.key,))


@pytest.mark.usefixtures("draft_id")
def test_words_that_lost_something_are_neither_stored_nor_signed(school: School, urdu: StaffMember) -> None:
    seen = _text(school, urdu)
    with pytest.raises(TranslationRefused) as refused:
        translate_text(school, urdu, "first-look-2", "ur", _written(seen, "First Look"), now=NOW)
    assert [each.code for each in refused.value.found] == ["same"]
    with Session(school.engine) as session, session.begin():
        row = session.scalar(select(TranslatedText).where(TranslatedText.key == TITLE, TranslatedText.language == "ur"))
        assert row is not None
        row.words = "Look at it"
    broken = _text(school, urdu)
    assert sign_texts(school, urdu, "first-look-2", "ur", [_read(broken)], now=NOW).refused == (TITLE,)


@pytest.mark.usefixtures("draft_id")
def test_words_may_stay_as_the_source_has_them_on_purpose(school: School, urdu: StaffMember) -> None:
    seen = replace(_written(_text(school, urdu), ""), identical=True)
    translate_text(school, urdu, "first-look-2", "ur", seen, now=NOW)
    text = _text(school, urdu)
    assert (text.words, text.state) == ("First Look", "identical")
    assert sign_texts(school, urdu, "first-look-2", "ur", [_read(text)], now=NOW).count == 1


def test_a_label_of_a_scale_is_translated_otherwise_only_for_a_reason(
    school: School, lead: StaffMember, urdu: StaffMember
) -> None:
    start_draft(school, lead, as_data(open_library("my-learning-tool")), now=NOW)
    _form, told = form_for(school, urdu, "my-learning-tool-2", "ur")
    label = next(each for each in told if each.source == "Not at all")
    with pytest.raises(TranslationRefused, match="glossary"):
        translate_text(school, urdu, "my-learning-tool-2", "ur", _written(label, "ذرا بھی نہیں"), now=NOW)
    reasoned = replace(_written(label, "ذرا بھی نہیں"), reason="Our families say it so.")
    translate_text(school, urdu, "my-learning-tool-2", "ur", reasoned, now=NOW)
    with Session(school.engine) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert entry is not None
        assert entry.facts["reason"] == "Our families say it so."


def test_a_signature_is_taken_back(school: School, lead: StaffMember, urdu: StaffMember) -> None:
    read = _read(_text(school, urdu, name="first-look"))
    assert lead.account
    sign_texts(school, urdu, "first-look", "ur", [read], now=NOW)
    withdraw_signature(school, urdu, "first-look", "ur", read, now=NOW)
    with Session(school.engine) as session:
        assert session.scalars(select(TextSignature)).all() == []
    with pytest.raises(NotFound):
        withdraw_signature(school, urdu, "first-look", "ur", read, now=NOW)


def test_a_correction_of_the_library_is_asked_from_then_on(school: School, urdu: StaffMember) -> None:
    before = open_library("first-look")
    text = _text(school, urdu, name="first-look")
    translate_text(school, urdu, "first-look", "ur", _written(text, "پہلا جائزہ"), now=NOW)
    asked = form_to_ask(school, "first-look")
    assert asked.title == {**before.title, "ur": "پہلا جائزہ"}
    assert asked.model_copy(update={"title": before.title}) == before


def test_a_translator_works_into_own_languages_only(school: School, urdu: StaffMember, lead: StaffMember) -> None:
    with pytest.raises(NotPermitted):
        form_for(school, urdu, "first-look", "ar")
    with pytest.raises(NotPermitted):
        form_for(school, lead, "first-look", "ur")
    with pytest.raises(NotFound):
        form_for(school, urdu, "nothing", "ur")
    assert {each.language for each in to_translate(school, urdu)} == {"ur"}
    with pytest.raises(NotFound):
        form_for(school, a_staff_member(school, "translator", account="en", languages=["en"]), "first-look", "en")


def test_an_editor_asks_for_one_more_language(school: School, lead: StaffMember, draft_id: str) -> None:
    polish = a_staff_member(school, "translator", account="polish", languages=["pl"])
    assert sorted(each.form.name for each in to_translate(school, polish)) == list(names())
    add_language(school, lead, draft_id, "pl", now=NOW)
    add_language(school, lead, draft_id, "pl", now=NOW)
    found = {each.language: each for each in languages_for(school, lead, draft_id).languages}
    assert found["pl"].states["missing"] == found["pl"].total
    assert not found["pl"].is_complete
    assert found["ur"].is_complete
    name = draft_for(school, lead, draft_id).draft.name
    assert name in {each.form.name for each in to_translate(school, polish)}
    translate_text(
        school, polish, name, "pl", _written(_text(school, polish, name=name, language="pl"), "Rzut oka"), now=NOW
    )
    assert {each.language: each for each in languages_for(school, lead, draft_id).languages}["pl"].states["draft"] == 1


def _actions(school: School) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
