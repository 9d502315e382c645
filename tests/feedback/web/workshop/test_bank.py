"""The question bank: found by words and by what a question is, with its history, and taken into a draft."""

import pytest
from flask import Flask

from feedback.db import reading
from feedback.models import StaffMember
from feedback.operations.errors import DraftChanged, NotFound, NotPermitted, NotReady
from feedback.operations.school import School
from feedback.operations.workshop.copy_question import copy_question
from feedback.operations.workshop.drafts import draft_for, start_draft
from feedback.operations.workshop.form_words import complete_languages, words_in
from feedback.operations.workshop.publish_form import to_publish
from feedback.operations.workshop.question_bank import InBank, Wanted, search
from forms.draft import new_draft
from forms.library import names, open_library
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword, the_question


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead")


def _found(school: School, by: StaffMember, **wanted: str) -> list[InBank]:
    return search(school, by, Wanted(**{"language": "en", **wanted}))


def test_every_question_of_the_library_is_there_in_every_language(school: School, lead: StaffMember) -> None:
    asked = {question.id for name in names() for question in open_library(name).questions}
    for language in ("en", "ar", "so"):
        assert {each.item["id"] for each in _found(school, lead, language=language)} == asked


@pytest.mark.parametrize(
    "wanted",
    [{"goal": "equity"}, {"audience": "families"}, {"ages": "6-8"}, {"type": "scale"}, {"audience": "students"}],
)
def test_what_a_question_is_narrows_what_is_found(school: School, lead: StaffMember, wanted: dict[str, str]) -> None:
    (name, value), everything = next(iter(wanted.items())), _found(school, lead)
    found = _found(school, lead, **wanted)
    assert 0 < len(found) < len(everything)
    for each in found:
        of_form = name in ("audience", "ages")
        assert all((source.data if of_form else each.item)[name] == value for source in each.sources)


def test_words_are_looked_for_in_the_text_and_in_the_answers_of_the_language(school: School, lead: StaffMember) -> None:
    a_draft(school, lead)
    assert [each.item["id"] for each in _found(school, lead, words="again USE")].count("again") >= 1
    assert "liked" in [each.item["id"] for each in _found(school, lead, words="stars games")]
    assert "liked" in [each.item["id"] for each in _found(school, lead, words="النجوم", language="ar")]
    assert _found(school, lead, words="النجوم") == []


def test_a_wording_is_told_once_with_every_form_that_asks_it_and_its_history(school: School, lead: StaffMember) -> None:
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    change(school, lead, draft_id, reword("ease", "How easy is the tool at home?"))
    publish(school, lead, draft_id, "Clearer.")
    ours = {each.item["id"]: each for each in _found(school, lead, words="at home")}
    kinds = [(source.kind, source.version) for source in ours["ease"].sources]
    assert kinds == [("ours", 2), ("draft", None)]
    assert (ours["ease"].new_in, ours["ease"].changed_in) == (1, (2,))
    others = {each.item["id"]: each for each in _found(school, lead, words="days last week")}
    assert (others["days"].new_in, others["days"].changed_in) == (1, ())


def test_drafts_of_others_are_not_in_the_bank(school: School, lead: StaffMember) -> None:
    a_draft(school, lead)
    other = a_staff_member(school, account="other@example.org")
    assert _found(school, other, words="On how many days last week") == []
    with pytest.raises(NotPermitted):
        _found(school, a_staff_member(school, "reader", account="reader@example.org"))


def test_a_copied_question_keeps_its_id_where_it_is_free_and_its_words_in_all_languages(
    school: School, lead: StaffMember
) -> None:
    bare = start_draft(school, lead, new_draft("bare", "Bare", "en", audience="families"), now=NOW)
    library, (question, *_) = "library/family-window", open_library("family-window").questions
    for revision, expected in ((1, question.id), (2, f"{question.id}-2")):
        copied = copy_question(school, lead, bare, library, question.id, revision=revision, now=NOW)
        assert copied == expected
    seen = draft_for(school, lead, bare)
    assert the_question(seen.data, question.id)["text"] == {"en": question.text["en"]}
    with reading(school.engine) as session:
        arabic = {each.text.key: each for each in words_in(session, "bare", seen.data, "en", "ar")}
    assert arabic[f"items/{question.id}-2/text"].words == question.text["ar"]
    with pytest.raises(DraftChanged):
        copy_question(school, lead, bare, library, question.id, revision=1, now=NOW)


def test_what_a_question_needed_of_others_stays_behind(school: School, lead: StaffMember) -> None:
    origin = a_draft(school, lead)

    def depend(data: dict) -> None:  # type: ignore[type-arg]  # any JSON
        the_question(data, "wish").update(show_if={"question": "again", "is": ["yes"]})
        the_question(data, "wish")["text"]["en"] = "You said {again|something}. What do you wish?"

    change(school, lead, origin, depend)
    bare = start_draft(school, lead, new_draft("bare", "Bare", "en", audience="families"), now=NOW)
    copy_question(school, lead, bare, f"draft/{origin}", "wish", revision=1, now=NOW)
    wish = the_question(draft_for(school, lead, bare).data, "wish")
    assert wish["text"]["en"] == "You said something. What do you wish?"
    assert "show_if" not in wish
    for place, question, refused in (
        ("library/nothing", "wish", NotFound),
        (f"draft/{origin}", "nothing", NotFound),
    ):
        with pytest.raises(refused):
            copy_question(school, lead, bare, place, question, revision=2, now=NOW)
    french = start_draft(school, lead, new_draft("nue", "Nue", "fr", audience="families"), now=NOW)
    with pytest.raises(NotReady, match="no_words"):
        copy_question(school, lead, french, f"draft/{origin}", "again", revision=1, now=NOW)


def test_the_page_looks_for_questions_and_takes_one_into_a_draft(school: School, app: Flask, lead: StaffMember) -> None:
    desk = Desk(app, lead)
    assert "Copy into" not in desk.open("/forms/bank/").words
    bare = start_draft(school, lead, new_draft("bare", "Bare", "en", audience="families"), now=NOW)
    page = desk.open("/forms/bank/?words=easy&audience=families&type=nonsense&in=xx")
    assert page.fields["words"] == ["easy"]
    assert "Copy into" in page.words
    sent = {"draft": bare, "source": "library/family-window", "question": open_library("family-window").questions[0].id}
    assert "The question is at the end of your draft." in desk.send("/forms/bank/copy", **sent).words
    ready = to_publish(school, lead, bare)
    assert [fault.place for fault in ready.faults] == [("introduction",)]
    arabic = desk.open("/forms/bank/?in=ar", "ar")
    assert arabic.dir == "rtl"
    french = start_draft(school, lead, new_draft("nue", "Nue", "qqq", audience="families"), now=NOW)
    words = desk.send("/forms/bank/copy", **{**sent, "draft": french}).words
    assert "no words in the language of your draft" in words
    with reading(school.engine) as session:
        seen = draft_for(school, lead, bare)
        assert complete_languages(session, "bare", seen.data, "en") == ["en"]


def test_a_bank_of_many_forms_is_still_quick(school: School, app: Flask, lead: StaffMember) -> None:
    for number in range(8):
        draft_id = a_draft(school, lead, title={"en": f"Form {number}", "ar": "نموذج", "es": "Formulario"})
        publish(school, lead, draft_id)
    page = Desk(app, lead).open("/forms/bank/")
    assert "Form 7" in page.words
    # Eight forms that ask the same are eight lines of one entry.
    assert page.words.count("On how many days last week?") <= 2
