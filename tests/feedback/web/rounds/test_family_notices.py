"""A round's page says what keeps it from opening; families are told, may look at every question, and have their say."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.models import Round, StaffMember
from feedback.operations.rounds.course import open_round
from feedback.operations.rounds.form_approvals import approve_of_round
from feedback.operations.rules import Choice, choose_rules
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member
from tests.officer import choose_nothing
from tests.pages import Page


@pytest.fixture
def officer(school: School) -> StaffMember:
    """An officer whose school goes by the law of Utah, and says yes to forms."""
    officer = a_staff_member(school, "officer", account="officer@example.org")
    choose_nothing(school)
    choose_rules(school, officer, Choice("us-utah"), now=NOW)
    return officer


@pytest.fixture
def lead(app: Flask, school: School) -> Desk:
    """A pilot lead at the desk."""
    return Desk(app, a_staff_member(school, "lead", account="lead@example.org"))


def _draft(school: School) -> Round:
    closes_at = NOW + timedelta(days=60)
    return a_round(school, state="draft", slips=True, code="AB12CD", opens_at=NOW, closes_at=closes_at)


def test_the_way_of_a_round_from_its_letter_to_its_opening(school: School, officer: StaffMember, lead: Desk) -> None:
    round_ = _draft(school)
    path = f"/rounds/{round_.id}"
    waits = lead.open(path).words
    assert "This form waits for the privacy officer’s yes" in waits
    assert "Families have not been told in every language" in waits
    assert "Open the round" not in waits
    approve_of_round(school, officer, round_.id, now=NOW)
    letter = lead.open(f"{path}/families/letter").words
    assert "only if you say yes in writing" in letter
    assert "/en/r/AB12CD/questions" in letter
    said = {"languages": ["en", "ar", "es"], "given_on": NOW.date().isoformat(), "channel": "paper"}
    assert "The notice is kept" in lead.send(f"{path}/families/notice", **said).words
    lead.send(f"{path}/families/say", kept_back="3")
    assert "People can be let in from December 7, 2026 on" in lead.open(path).words
    assert lead.status(f"{path}/open", "POST") == 409
    member = a_staff_member(school, "lead", account="later@example.org")
    open_round(school, member, round_.id, now=NOW + timedelta(days=14))


@pytest.mark.usefixtures("officer")
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(school: School, lead: Desk) -> None:
    path = f"/rounds/{_draft(school).id}/families"
    page = lead.send(f"{path}/notice", given_on="2026-12-24", channel="paper", languages=["es"])
    assert "This day is still to come" in page.words
    assert page.fields["given_on"] == ["2026-12-24"]
    page = lead.send(f"{path}/say", kept_back="1", gift_words="A pencil")
    assert "nothing may be given" in page.words
    assert page.fields["gift_words"] == ["A pencil"]


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("officer", 200), ("teacher", 404), ("reader", 403)])
def test_who_tells_families(app: Flask, school: School, role: str, status: int) -> None:
    member = a_staff_member(school, role, account="someone@example.org")
    assert Desk(app, member).status(f"/rounds/{_draft(school).id}/families") == status


@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_everybody_with_the_letter_reads_every_question_without_an_account(
    client: FlaskClient, school: School, language: str
) -> None:
    _draft(school)
    page = Page(client.get(f"/{language}/r/AB12CD/questions"))
    assert page.status == 200
    assert page.lang == language
    assert {"en": "The stars", "ar": "النجوم", "es": "Las estrellas"}[language] in page.words
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("path", ["/en/r/ZZZZZZ/questions", "/ur/r/AB12CD/questions"])
def test_there_is_nothing_to_read_without_the_letter(client: FlaskClient, school: School, path: str) -> None:
    _draft(school)
    assert client.get(path).status_code == 404
