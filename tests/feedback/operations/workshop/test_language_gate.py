"""A round opens in languages whose words somebody has signed, and in no others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Round, StaffMember, TextSignature
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.errors import LanguageUnsigned, NotPermitted, NotReady, TranslationChanged
from feedback.operations.rounds.ask_my_class import ClassQuestion, ask_my_class
from feedback.operations.rounds.course import open_round, round_for
from feedback.operations.rounds.tickets import TicketPlan, make_ticket
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, start_draft
from feedback.operations.workshop.form_languages import languages_for
from feedback.operations.workshop.language_gate import Unsigned, gate_of, leave_out_unsigned, signed_languages
from feedback.operations.workshop.product_words import notice_for, sign_notice
from forms.draft import as_data
from forms.library import open_library
from forms.tailor import tailor
from forms.texts import Data, words_hash
from tests.factories import NOW, a_pilot, a_round, a_staff_member, an_instrument, in_languages
from tests.signed import sign_form, sign_nothing

FORM = an_instrument()


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def round_(school: School, lead: StaffMember) -> Round:
    return a_round(school, FORM, state="draft", owner_id=lead.id)


def _unsign(school: School, words: str) -> None:
    with Session(school.engine) as session, session.begin():
        for row in session.scalars(select(TextSignature).where(TextSignature.words_hash == words_hash(words))):
            session.delete(row)


def _unsigned(school: School, lead: StaffMember, round_: Round) -> list[Unsigned]:
    return list(gate_of(school, round_for(school, lead, round_.id).round).unsigned)


def test_a_round_in_its_source_alone_needs_no_signature(school: School, lead: StaffMember) -> None:
    sign_nothing(school)
    round_ = a_round(school, in_languages(FORM, ["en"]), state="draft")
    sign_nothing(school)
    open_round(school, lead, round_.id, now=NOW)


def test_a_round_is_refused_by_the_name_of_its_language(school: School, lead: StaffMember, round_: Round) -> None:
    sign_nothing(school, "ar")
    with pytest.raises(LanguageUnsigned) as refused:
        open_round(school, lead, round_.id, now=NOW, unchecked_because="We have nobody.")
    assert (refused.value.languages, refused.value.missing) == (("ar",), ("language_unsigned",))
    (arabic,) = _unsigned(school, lead, round_)
    assert arabic.is_closed
    # Title of form and section are the same text, "We want to choose what helps." is two.
    assert (arabic.texts["notice"], arabic.texts["answer"]) == (1, 6)
    assert round_for(school, lead, round_.id).round.state == "draft"


@pytest.mark.parametrize(
    ("words", "kind"),
    [("قل لنا رأيك.", "notice"), ("ما الذي أعجبك؟", "question"), ("ربما", "answer")],
)
def test_notices_stay_shut_whatever_the_reason_and_other_words_open_for_one(
    school: School, lead: StaffMember, round_: Round, words: str, kind: str
) -> None:
    _unsign(school, words)
    with pytest.raises(LanguageUnsigned):
        open_round(school, lead, round_.id, now=NOW)
    assert [each.texts for each in _unsigned(school, lead, round_)] == [{kind: 1}]
    if kind == "notice":
        with pytest.raises(LanguageUnsigned):
            open_round(school, lead, round_.id, now=NOW, unchecked_because="No reader can be found.")
        return
    open_round(school, lead, round_.id, now=NOW, unchecked_because="No reader can be found.")
    assert round_for(school, lead, round_.id).round.unchecked == ["ar"]
    assert open_for_answers(school, round_.code, "ar", now=NOW).unchecked == ("ar",)
    with Session(school.engine) as session:
        entry = session.scalar(select(AuditEntry).where(AuditEntry.action == "language_asked_unchecked"))
        assert entry is not None
        assert entry.facts == {"languages": ["ar"], "reason": "No reader can be found."}


def test_a_teacher_has_no_reason_that_opens(school: School) -> None:
    teacher = a_staff_member(school)
    round_ = a_round(school, FORM, state="draft", owner_id=teacher.id)
    _unsign(school, "ربما")
    with pytest.raises(NotPermitted):
        open_round(school, teacher, round_.id, now=NOW, unchecked_because="It is only one word.")


def test_the_products_own_notice_is_signed_by_a_person_too(school: School, lead: StaffMember, round_: Round) -> None:
    arabic = a_staff_member(school, "translator", account="arabic", languages=["ar"])
    sign_nothing(school, "ar")
    sign_form(school, FORM)
    assert [list(each.texts) for each in _unsigned(school, lead, round_)] == [["product"]]
    read = notice_for(school, arabic, "ar")
    assert read.unsigned == len(read.texts) > 60
    with pytest.raises(TranslationChanged):
        sign_notice(school, arabic, "ar", "another page", now=NOW)
    assert sign_notice(school, arabic, "ar", read.digest, now=NOW) == read.unsigned
    assert _unsigned(school, lead, round_) == []
    open_round(school, lead, round_.id, now=NOW)


def test_unsigned_languages_are_left_out(school: School, lead: StaffMember, round_: Round) -> None:
    sign_nothing(school, "ar", "es")
    leave_out_unsigned(school, lead, round_.id, now=NOW)
    open_round(school, lead, round_.id, now=NOW)
    assert round_for(school, lead, round_.id).round.languages == ["en"]
    only_arabic = a_round(school, FORM, state="draft", languages=["ar"])
    sign_nothing(school)
    with pytest.raises(NotReady, match="languages"):
        leave_out_unsigned(school, lead, only_arabic.id, now=NOW)


def test_a_sample_asks_nobody_and_needs_no_signature(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, FORM, state="draft", sample=True)
    sign_nothing(school)
    open_round(school, lead, round_.id, now=NOW)


def test_another_word_in_a_source_closes_all_its_languages(school: School, lead: StaffMember) -> None:
    library = open_library("first-look")
    first = library.questions[0]
    changed = tailor(library, without=[], wording={first.id: {**first.text, "en": "Is this tool easy to use?"}})
    round_ = a_round(school, library, state="draft")
    assert signed_languages(school, library) == set(library.languages)
    assert signed_languages(school, changed) == {"en"}
    draft_id = start_draft(school, lead, as_data(library) | {"id": "ours"}, now=NOW)
    assert {each.is_complete for each in languages_for(school, lead, draft_id).languages} == {True}
    change_draft(school, lead, draft_id, _reworded, revision=1, code="text", now=NOW)
    assert {each.is_complete for each in languages_for(school, lead, draft_id).languages} == {False}
    open_round(school, lead, round_.id, now=NOW)


def test_a_planned_round_tells_that_its_form_was_reworded(school: School, lead: StaffMember) -> None:
    draft_id = start_draft(school, lead, as_data(FORM) | {"id": "ours"}, now=NOW)
    round_ = a_round(school, FORM.model_copy(update={"id": "ours"}), state="draft")
    assert gate_of(school, round_for(school, lead, round_.id).round).reworded == 0
    change_draft(school, lead, draft_id, _retitled, revision=1, code="title", now=NOW)
    assert gate_of(school, round_for(school, lead, round_.id).round).reworded == 1


@pytest.mark.parametrize("ask", ["class", "ticket"])
def test_what_is_asked_in_one_step_leaves_nothing_behind_when_it_is_refused(
    school: School, lead: StaffMember, ask: str
) -> None:
    a_pilot(school, standing=True)
    sign_nothing(school, "ar")
    asked = ClassQuestion(FORM, "2B", 20, NOW.date(), ("en", "ar"))
    ends_on = NOW.date() + timedelta(days=30)
    ticket = TicketPlan(FORM, "2B", 20, ("en", "ar"), ends_on)
    steps: dict[str, Callable[[bool], object]] = {
        "class": lambda fine: ask_my_class(school, lead, replace(asked, languages=("en",)) if fine else asked, now=NOW),
        "ticket": lambda fine: make_ticket(
            school, lead, replace(ticket, languages=("en",)) if fine else ticket, now=NOW
        ),
    }
    with pytest.raises(LanguageUnsigned) as refused:
        steps[ask](False)
    assert refused.value.languages == ("ar",)
    with Session(school.engine) as session:
        assert session.scalars(select(Round)).all() == []
    assert steps[ask](True)


def _reworded(data: Data) -> Data:
    data["sections"][0]["questions"][0]["text"]["en"] += " Really?"
    return data


def _retitled(data: Data) -> Data:
    data["title"]["en"] = "Another look"
    return data
