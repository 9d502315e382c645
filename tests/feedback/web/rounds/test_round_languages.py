"""What a round's page says of languages that nobody has signed, and what whoever answers in one is told."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Round, TextSignature
from feedback.operations.school import School
from forms.texts import words_hash
from tests.desk import Desk
from tests.factories import a_pilot, a_round, a_staff_member, an_instrument
from tests.pages import Respondent
from tests.signed import sign_nothing

TOLD = '<p class="sample">'


@pytest.fixture
def round_(school: School) -> Round:
    return a_round(school, an_instrument(), state="draft")


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "lead", account="lead"))


def _unsign(school: School, words: str) -> None:
    with Session(school.engine) as session, session.begin():
        for row in session.scalars(select(TextSignature).where(TextSignature.words_hash == words_hash(words))):
            session.delete(row)


def test_a_round_whose_words_are_signed_opens_with_one_button(desk: Desk, round_: Round) -> None:
    page = desk.open(f"/rounds/{round_.id}")
    assert "Not signed by a person yet" not in page.words
    assert "unchecked_because" not in page.fields
    assert "Open the round" not in desk.send(f"/rounds/{round_.id}/open").words


def test_a_language_without_a_signed_notice_can_only_be_left_out(school: School, desk: Desk, round_: Round) -> None:
    sign_nothing(school, "ar")
    page = desk.open(f"/rounds/{round_.id}")
    for told in (
        "Not signed by a person yet",
        "العربية",
        "1 notice or introduction of the form",
        "6 answers to choose",
    ):
        assert told in page.words
    assert "Open the round" not in page.words
    refused = desk.send(f"/rounds/{round_.id}/open", unchecked_because="We have nobody.")
    assert (refused.status, "العربية" in refused.words) == (409, True)
    after = desk.send(f"/rounds/{round_.id}/signed-languages")
    assert "Open the round" in after.words
    assert "Not signed by a person yet" not in after.words


def test_other_words_are_asked_for_a_reason_and_whoever_answers_is_told(
    school: School, app: Flask, desk: Desk, round_: Round
) -> None:
    _unsign(school, "ربما")
    page = desk.open(f"/rounds/{round_.id}")
    assert "1 answer to choose" in page.words
    assert desk.send(f"/rounds/{round_.id}/open", unchecked_because=" ").status == 409
    opened = desk.send(f"/rounds/{round_.id}/open", unchecked_because="No reader can be found.")
    assert "Asked unsigned, for a reason in the audit log:" in opened.words
    told = {
        code: TOLD in Respondent(app.test_client(), f"/{code}/r/{round_.code}").page.response.text
        for code in ("ar", "es")
    }
    assert told == {"ar": True, "es": False}


def test_a_teacher_is_told_who_can_open_it(school: School, app: Flask) -> None:
    teacher = a_staff_member(school)
    round_ = a_round(school, an_instrument(), state="draft", owner_id=teacher.id)
    _unsign(school, "ربما")
    page = Desk(app, teacher).open(f"/rounds/{round_.id}")
    assert "A pilot lead can open it unsigned, with a reason." in page.words
    assert "unchecked_because" not in page.fields


@pytest.mark.parametrize("path", ["/ask-my-class/first-look", "/tickets/new/lesson-exit-ticket"])
def test_only_signed_languages_are_ticked_and_others_say_so(school: School, desk: Desk, path: str) -> None:
    a_pilot(school, standing=True)
    sign_nothing(school, "ur", "ar")
    page = desk.open(path)
    assert not {"ur", "ar"} & set(page.fields["languages"])
    assert {"en", "es"} <= set(page.fields["languages"])
    assert page.words.count("not signed by a person yet") == 2
    typed = {**page.fields, "class_name": "2B", "class_size": "20", "languages": ["en", "ur"]}
    refused = desk.send(path, **{name: value for name, value in typed.items() if name != "csrf_token"})
    assert refused.status == 422
    assert "Nobody who reads it has signed the words in: \u2068اردو\u2069." in refused.words
    assert "Español" in refused.words


def test_a_sample_says_that_its_other_languages_are_drafts(school: School, desk: Desk) -> None:
    round_ = a_round(school, an_instrument(), sample=True)
    assert "are drafts that no person has signed" in desk.open(f"/rounds/{round_.id}").words
