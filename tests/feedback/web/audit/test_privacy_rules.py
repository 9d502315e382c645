"""The officer's pages: whose law, which forms this school year, and letters; and the second person's yes."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.models import InstrumentVersion, StaffMember
from feedback.operations.rules import Choice, choose_rules, rules_of
from feedback.operations.school import School
from feedback.operations.two_people import open_requests
from feedback.privacy.evidence import read_document
from feedback.privacy.jurisdictions import jurisdictions
from feedback.reports.letters import make_letter
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member
from tests.officer import choose_nothing
from tests.pages import Page


@pytest.fixture
def officer(school: School) -> StaffMember:
    """The privacy officer."""
    return a_staff_member(school, "officer", account="officer@example.org")


@pytest.mark.parametrize("profile", jurisdictions())
def test_every_profile_is_told_with_its_sources(app: Flask, officer: StaffMember, profile: str) -> None:
    page = Desk(app, officer).open(f"/profile/{profile}")
    law = jurisdictions()[profile]
    assert "not legal advice" in page.words
    assert all(rule.source.law in page.words for rule in law.consent)


@pytest.mark.parametrize(("role", "status"), [("officer", 200), ("lead", 200), ("teacher", 403), ("reader", 403)])
def test_who_may_read_the_rules(app: Flask, school: School, role: str, status: int) -> None:
    assert Desk(app, a_staff_member(school, role)).status("/profile") == status


def test_milder_rules_wait_for_a_lead_and_are_then_done(app: Flask, school: School, officer: StaffMember) -> None:
    choose_nothing(school)
    choose_rules(school, officer, Choice("us-federal"), now=NOW)
    desk = Desk(app, officer)
    typed = {"profile": "england", "k_team": "5", "k_public": "10", "notice_days": "0"}
    assert "Say why, for the second person." in desk.send("/profile", **typed).words
    assert "second person" in desk.send("/profile", **typed, reason="We are in England.").words
    (asked,) = open_requests(school, officer, now=NOW)
    assert desk.status(f"/profile/asked/{asked.id}/yes", "POST") == 403
    lead = Desk(app, a_staff_member(school, "lead", account="lead@example.org"))
    assert "Milder rules wait for your yes" in lead.open("/").words
    assert "Milder rules wait for your yes" not in desk.open("/").words
    assert "We are in England." in lead.open("/profile").words
    lead.send(f"/profile/asked/{asked.id}/yes")
    assert rules_of(school).jurisdiction.id == "us-federal"
    desk.send(f"/profile/asked/{asked.id}/do")
    assert rules_of(school).jurisdiction.id == "england"


@pytest.mark.parametrize(("field", "value"), [("k_team", "4"), ("k_public", "9"), ("notice_days", "3"), ("gifts", "y")])
def test_what_is_less_than_the_law_is_refused_at_its_field(
    app: Flask, school: School, officer: StaffMember, field: str, value: str
) -> None:
    typed = {"profile": "us-utah", "k_team": "10", "k_public": "10", "notice_days": "14", field: value}
    page = Desk(app, officer).send("/profile", **typed)
    assert "Please look at this again" in page.words
    assert rules_of(school).jurisdiction.id == "england"


@pytest.mark.usefixtures("asks_first")
def test_one_press_says_yes_to_many_forms(app: Flask, officer: StaffMember) -> None:
    desk = Desk(app, officer)
    page = desk.open("/approvals/")
    keys = re.findall(r'name="keys" id="key-[0-9]+" value="([0-9a-f]{64})"', page.response.text)
    assert len(keys) >= 12
    assert "Your yes is kept" in desk.send("/approvals/", all="yes").words
    assert "No form waits for you" in desk.open("/approvals/").words
    assert "May be asked this school year" in desk.open(f"/approvals/{keys[0]}").words


@pytest.mark.usefixtures("asks_first")
def test_a_version_is_shown_with_what_the_checker_found(app: Flask, school: School, officer: StaffMember) -> None:
    round_ = a_round(school, state="draft")
    desk = Desk(app, officer)
    assert "1 form waits for your yes for this school year" in desk.open("/").words
    page = desk.open("/approvals/")
    assert "a round waits for it" in page.words
    assert "First look" in page.words
    assert "What the checker found" in desk.open(f"/approvals/{_sha(school, round_.instrument_id)}").words


@pytest.mark.parametrize("kind", ["access", "erasure", "court"])
@pytest.mark.parametrize("spoken", ["en", "es", "ar"])
def test_a_letter_is_read_and_its_figures_are_signed(app: Flask, officer: StaffMember, kind: str, spoken: str) -> None:
    desk = Desk(app, officer)
    page = desk.send("/letters/", kind=kind, in_language=spoken)
    letter_id = _letter(page)
    signed = desk.client.get(f"/en/desk/letters/{letter_id}/file.json").data
    document = read_document(signed)
    assert (document.kind, document.facts["letter"], document.school) == ("letter", kind, "Hill Road School")
    assert json.loads(signed)["public_key"] in page.words
    assert desk.status(f"/letters/{letter_id}/file.pdf") == 404


def test_the_letter_is_made_once_as_a_pdf(app: Flask, school: School, officer: StaffMember) -> None:
    desk = Desk(app, officer)
    letter_id = _letter(desk.send("/letters/", kind="access", in_language="en"))
    with app.app_context():
        body = make_letter(school, letter_id)
    assert body.startswith(b"%PDF-")
    assert desk.client.get(f"/en/desk/letters/{letter_id}/file.pdf").data == body
    assert "The letter as a PDF" in desk.open(f"/letters/{letter_id}").words


@pytest.mark.parametrize("path", ["/approvals/", "/letters/"])
@pytest.mark.parametrize("role", ["lead", "teacher", "administrator"])
def test_approvals_and_letters_are_the_officers(app: Flask, school: School, role: str, path: str) -> None:
    assert Desk(app, a_staff_member(school, role)).status(path) == 403


def test_a_school_that_chose_nothing_is_told_so(app: Flask, school: School, officer: StaffMember) -> None:
    choose_nothing(school)
    assert "Nobody has chosen yet" in Desk(app, officer).open("/profile").words


def _sha(school: School, version_id: str) -> str:
    with Session(school.engine) as session:
        return session.get_one(InstrumentVersion, version_id).sha256


def _letter(page: Page) -> str:
    return page.response.request.path.rsplit("/", 1)[-1]
