"""The privacy officer's way (domain.md 5.7), from the rules to the audit pack, with a lead as the second person."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Round
from feedback.operations.audit.pack import keep_pack
from feedback.operations.audit.registers import six_facts
from feedback.operations.audit.registers.facts import FACTS
from feedback.operations.heads import first_wrong_entry
from feedback.operations.retention.deletions import carry_on
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.privacy.evidence import read_document
from feedback.privacy.packs import check_pack
from feedback.reports.audit_pack import make_pack
from tests.conftest import Server
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member
from tests.feedback.forms_made import a_draft, change, reword
from tests.feedback.operations.results.test_release import a_counted_round
from tests.officer import choose_nothing

TODAY = NOW.date()
NEEDLE = "needle-8f1e the swing by the gate"


class _Desk:
    """An account's browser, which keeps a picture of each page where LOOK_AT names a folder."""

    def __init__(self, page: Page, root: str, who: str) -> None:
        self.page, self._root, self._who, self._shots = page, root, who, 0

    def open(self, path: str) -> Page:
        self.page.goto(f"{self._root}/en/desk/{path}")
        return self.seen()

    def press(self, name: str) -> Page:
        self.page.get_by_role("button", name=name).first.click()
        return self.seen()

    def seen(self) -> Page:
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        if folder := os.environ.get("LOOK_AT"):
            self._shots += 1
            self.page.screenshot(path=str(Path(folder) / f"{self._who}-{self._shots:02}.png"), full_page=True)
        return self.page


@pytest.fixture
def desks(
    school_in_a_file: School, server: Server, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[tuple[_Desk, _Desk]]:
    """The officer's browser and the lead's."""
    choose_nothing(school_in_a_file)
    opened = []
    for role in ("officer", "lead"):
        member = a_staff_member(school_in_a_file, role, account=f"{role}@example.org")
        token = remember_browser(school_in_a_file, None, {"staff_id": member.id}, now=NOW)
        context = browser.new_context(viewport={"width": 900, "height": 900}, accept_downloads=True)
        context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
        opened.append((context, _Desk(context.new_page(), server.root, f"{request.node.name}-{role}")))
    yield opened[0][1], opened[1][1]
    for context, _desk in opened:
        context.close()


@pytest.fixture
def school(school_in_a_file: School) -> School:
    """What is deleted is searched for in a file."""
    return school_in_a_file


@pytest.fixture
def round_(school: School) -> Round:
    """A counted round with twelve comments."""
    return a_counted_round(
        school, *({"wish": f"{NEEDLE} {number}"} for number in range(12)), instrument=a_family_instrument()
    )


def test_rules_are_chosen_and_only_two_people_make_them_milder(desks: tuple[_Desk, _Desk]) -> None:
    officer, lead = desks
    page = officer.open("profile")
    page.get_by_label("The strictest of all").check()
    page.get_by_label("Fewest people shown to the team").fill("4")
    page.get_by_label("Fewest people shown to everybody").fill("15")
    page.get_by_label("Days between the notice and the first answer").fill("30")
    # The browser refuses 4 by itself; here the service has to.
    page.locator("form.narrow").evaluate("form => { form.noValidate = true }")
    officer.press("Let these rules hold")
    expect(page).to_have_title("Please look again: Whose law the school goes by")
    page.get_by_label("Fewest people shown to the team").fill("12")
    officer.press("Let these rules hold")
    expect(page.locator(".state").first).to_contain_text("12 to the team")
    page.get_by_label("Fewest people shown to the team").fill("11")
    page.get_by_label("Why, if they ask for less than before?").fill("Our classes are small.")
    officer.press("Let these rules hold")
    expect(page.locator(".state").first).to_contain_text("12 to the team")
    lead.open("profile")
    lead.press("Yes, let them hold")
    officer.open("profile")
    officer.press("Let these rules hold")
    expect(page.locator(".state").first).to_contain_text("11 to the team")


def test_a_protected_topic_is_decided_on_and_a_round_says_why_it_waits(
    school: School, desks: tuple[_Desk, _Desk]
) -> None:
    officer, lead = desks
    author = a_staff_member(school, "lead", account="author@example.org")
    change(school, author, a_draft(school, author), reword("wish", "Which religion does your family have?"))
    page = officer.open("topics")
    page.locator("main ul.remarks a").first.click()
    page = officer.seen()
    page.get_by_label("Why").fill("The pilot has nothing to do with it.")
    page.locator("[name=verdict][value=refused]").check()
    page.locator("main form button").last.click()
    expect(officer.seen().locator(".told")).to_contain_text("The decision is kept beside the form")
    waiting = a_round(school, state="draft", opens_at=NOW, closes_at=NOW + timedelta(days=60))
    waits = lead.open(f"rounds/{waiting.id}").locator("section.card")
    expect(waits).to_contain_text("This form waits for the privacy officer’s yes for this school year.")
    expect(waits).to_contain_text("Families have not been told in every language of the round.")
    expect(lead.page.get_by_role("button", name="Open the round")).to_have_count(0)
    families = officer.open(f"rounds/{waiting.id}/families")
    expect(families.locator("main")).to_contain_text("families")
    expect(officer.open(f"rounds/{waiting.id}/preview").locator("main")).to_be_visible()


def test_the_assessment_is_signed_and_access_is_looked_at(desks: tuple[_Desk, _Desk]) -> None:
    officer, _lead = desks
    page = officer.open("registers/facts")
    for name in FACTS:
        page.fill(f"[name={name}]", f"The {name}")
    page.click("main form button:not(.by-enter)")
    page = officer.open("registers/dpia")
    expect(page.locator("main")).to_contain_text("Nobody has signed this text.")
    page.fill("main form [name=role]", "Privacy officer")
    page.locator("main form button").last.click()
    expect(officer.open("registers/dpia").locator("main")).to_contain_text("this very text")
    expect(officer.open("access").locator("main")).to_contain_text("lead@example.org")


def test_a_hold_keeps_and_two_people_delete_what_a_certificate_proves(
    school: School, round_: Round, desks: tuple[_Desk, _Desk]
) -> None:
    officer, lead = desks
    page = officer.open("retention/")
    expect(page.locator("main")).to_contain_text(round_.title)
    page.get_by_role("link", name="Place a legal hold").click()
    page.get_by_label("On what?").select_option(f"round:{round_.id}")
    page.get_by_label("Why?").fill("A letter from the court.")
    page.get_by_label("On what ground?").fill("Order 12")
    officer.press("Place the hold")
    purge(school, today=TODAY + timedelta(days=400), now=NOW)
    expect(officer.open("retention/").locator("main")).to_contain_text("Nothing has been deleted yet.")
    page.get_by_role("link", name="Ask to take it off").click()
    page.get_by_label("Why?").fill("The case is over.")
    officer.press("Ask")
    lead.open("agreements/")
    lead.press("Say yes")
    officer.open("retention/")
    officer.press("Take it off")
    page.get_by_role("link", name="Delete before its day").first.click()
    page.get_by_label("Comments").check()
    page.get_by_label("Why?").fill("The class asked for it.")
    officer.press("Ask")
    lead.open("agreements/")
    lead.press("Say yes")
    officer.open("retention/")
    officer.press("Delete it now")
    # What the worker does within a minute.
    carry_on(school, today=TODAY, now=NOW)
    page = officer.open("retention/")
    page.get_by_role("link", name="Read the certificate").first.click()
    with officer.seen().expect_download() as taken:
        page.get_by_role("link", name="Take the signed file away").click()
    genuine = read_document(Path(taken.value.path()).read_bytes())
    assert genuine.facts["counts"] == {"before": {"comments": ">= 10"}, "after": {"comments": 0}}
    assert genuine.facts["trigger"]["kind"] == "two_people"
    files = [path for path in school.settings.instance.rglob("*") if path.is_file()]
    assert [path.name for path in files if NEEDLE.encode() in path.read_bytes()] == []


def test_the_audit_pack_is_taken_and_a_changed_entry_is_named(
    app: Flask, school: School, desks: tuple[_Desk, _Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    # All registers are rendered where the whole pack is read.
    monkeypatch.setattr("feedback.operations.audit.pack_files.REGISTERS", {six_facts.NAME: six_facts.make})
    officer, _lead = desks
    page = officer.open("registers/")
    page.click("section.card button:not(.by-enter)")
    expect(page.locator("progress")).to_have_count(1)
    # What the worker does within a minute.
    with app.app_context():
        keep_pack(school, "en", make_pack(school, "en", today=TODAY, progress=lambda *_: None), today=TODAY)
    with officer.open("registers/").expect_download() as taken:
        page.get_by_role("link", name="audit pack").first.click()
    checked = check_pack(BytesIO(Path(taken.value.path()).read_bytes()))
    assert checked.wrong == {}
    with Session(school.engine) as session, session.begin():
        changed = session.scalars(select(AuditEntry).order_by(AuditEntry.number).limit(1)).one()
        changed.facts = json.loads('{"k": 1}')
    wrong = first_wrong_entry(school)
    assert wrong is not None
    expect(officer.open("audit/").locator("main")).to_contain_text(f"Entry {wrong.number} was changed or moved.")
