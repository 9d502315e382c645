"""What the checker finds stands beside the draft; a lead overrules with a reason, topics are the officer's alone."""

import pytest
from flask import Flask

from feedback.db import reading
from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, draft_for, start_draft
from feedback.operations.workshop.form_checks import blocks_of, checked_draft, decisions_of
from feedback.operations.workshop.publish_form import to_publish
from forms.draft import new_draft
from forms.texts import Data, texts_of, with_texts
from tests.desk import Desk
from tests.factories import NOW, a_staff_member


def _question(id_: str, text: str) -> Data:
    words = {"text": {"en": text}, "why": {"en": "It helps us."}}
    return {"type": "number", "id": id_, "minimum": 0, "maximum": 9, "bands": [0, 5], **words}


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever writes the form."""
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def draft(school: School, lead: StaffMember) -> str:
    """A draft that asks for a name, and for something that the law protects."""
    data = new_draft("ours", "Ours", "en", audience="families")
    data["introduction"] = {"en": "Tell us."}
    data["sections"][0]["questions"] = [
        _question("who", "What is your name?"),
        _question("faith", "Which religion does your family have?"),
    ]
    return start_draft(school, lead, data, now=NOW)


def _digests(school: School, lead: StaffMember, draft: str) -> dict[str, str]:
    found = checked_draft(school, lead, draft).remarks
    return {each.remark.rule: each.remark.digest for each in found if each.remark.weight == "block"}


def test_a_lead_overrules_with_a_reason_and_topics_wait_for_the_officer(
    school: School, app: Flask, lead: StaffMember, draft: str
) -> None:
    desk, officer = Desk(app, lead), Desk(app, a_staff_member(school, "officer", account="officer"))
    digests = _digests(school, lead, draft)
    assert set(digests) == {"identity", "protected"}
    page = desk.open(f"/forms/{draft}/check")
    assert "2 things have to change" in page.words
    own, theirs = (f"/forms/{draft}/check/{digests[rule]}" for rule in ("identity", "protected"))
    assert desk.send(own, verdict="allowed", reason=" ").status == 422
    assert "Nothing stands in the way" not in desk.send(own, verdict="allowed", reason="A raffle.").words
    assert desk.send(theirs, verdict="allowed", reason="We want to.").status == 403
    assert officer.open("/topics").words.count("religion") > 0
    assert officer.status(own) == 404
    assert officer.send(theirs, verdict="allowed", reason="Families asked for it; see the file.").status == 200
    page = desk.open(f"/forms/{draft}/check")
    assert "Nothing stands in the way" in page.words
    assert "see the file" in page.words
    seen = draft_for(school, lead, draft)
    with reading(school.engine) as session:
        assert blocks_of(school, session, "ours", seen.data) == []
        assert {each["role"] for each in decisions_of(school, session, "ours", seen.data)} == {"lead", "officer"}


def test_a_decision_is_about_those_words_and_no_others(
    school: School, app: Flask, lead: StaffMember, draft: str
) -> None:
    own = f"/forms/{draft}/check/{_digests(school, lead, draft)['identity']}"
    assert Desk(app, lead).send(own, verdict="allowed", reason="A raffle.").status == 200

    def reword(data: Data) -> Data:
        data["sections"][0]["questions"][0]["text"]["en"] = "What is your full name?"
        return data

    change_draft(school, lead, draft, reword, revision=1, code="text", now=NOW)
    seen = draft_for(school, lead, draft)
    with reading(school.engine) as session:
        assert "identity" in {each.remark.rule for each in blocks_of(school, session, "ours", seen.data)}
    assert Desk(app, lead).send(own, verdict="allowed", reason="A raffle.").status == 404


def test_translations_are_checked_when_asked_and_always_before_the_form_is_published(
    school: School, app: Flask, lead: StaffMember
) -> None:
    data = new_draft("books", "Books", "en", audience="families")
    data["introduction"] = {"en": "Tell us."}
    data["sections"][0]["questions"] = [_question("books", "How many books do you have?")]
    asked = "Quel est votre nom ?"
    data = with_texts(data, {text.key: {"fr": asked if text.item else "Des mots."} for text in texts_of(data)})
    data["languages"] = ["en", "fr"]
    draft, desk = start_draft(school, lead, data, now=NOW), Desk(app, lead)
    page = desk.open(f"/forms/{draft}/check")
    assert "1 thing has to change" not in page.words
    every = f"/forms/{draft}/check?all=1"
    assert f"/en/desk{every}" in page.links
    page = desk.open(every)
    assert "1 thing has to change" in page.words
    assert f"/en/desk{every}" not in page.links
    assert [each.remark.language for each in to_publish(school, lead, draft).blocks] == ["fr"]
    digest = _digests(school, lead, draft)["identity"]
    done = desk.send(f"/forms/{draft}/check/{digest}", verdict="allowed", reason="It is a raffle.")
    assert "It is a raffle." in done.words
    assert to_publish(school, lead, draft).blocks == ()


def test_others_see_and_decide_nothing(school: School, app: Flask, draft: str) -> None:
    teacher = Desk(app, a_staff_member(school, "teacher", account="teacher"))
    reader = Desk(app, a_staff_member(school, "reader", account="reader"))
    assert teacher.status(f"/forms/{draft}/check") == 404
    assert reader.status(f"/forms/{draft}/check") == 403
    assert teacher.status("/topics") == 403
