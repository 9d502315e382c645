"""A pilot in a real browser, from the idea to the decision: refused by name, and nothing typed is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Pilot, Round
from feedback.operations.finish import finish_round
from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import NOW, a_staff_member, drop_envelopes
from tests.journeys.door import PASSWORD, sign_in

PLAN = {
    "title_en": "Reading app",
    "trying_en": "Class 2 reads with an app.",
    "why_en": "We want more fun in reading.",
    "promise_en": "We change one thing you ask for.",
    "goal_sentence": "Children like to read.",
    "hypothesis_change": "we use the app",
    "hypothesis_result": "more children want to read",
    "hypothesis_date": "January",
    "hypothesis_reason": "it is fun",
    "target": "60",
    "minimum_voices": "10",
    "starts_on": "2026-11-23",
    "ends_on": "2027-01-22",
    "owner_role": "Deputy head",
    "exit_plan": "The licences end.",
}


@pytest.fixture
def desk(school: School, server: Server, browser: Browser) -> Iterator[tuple[Page, Page]]:
    """The lead and the privacy officer, each signed in at a browser of their own."""
    pages = []
    for role in ("lead", "officer"):
        a_staff_member(school, role, account=f"{role}@example.org", password=PASSWORD)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        sign_in(page, server, f"{role}@example.org")
        pages.append(page)
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def test_a_pilot_goes_from_the_idea_to_the_decision(school: School, server: Server, desk: tuple[Page, Page]) -> None:
    lead, officer = desk
    pilot = _propose(school, server, lead)
    round_ = _plan_a_round(school, server, lead, pilot)

    lead.goto(f"{server.root}/en/desk/rounds/{round_}")
    expect(lead.locator(".mark")).to_contain_text("the privacy officer has not said yes")
    officer.goto(f"{server.root}/en/desk/")
    officer.get_by_role("button", name="Approve").click()
    lead.reload()
    lead.get_by_role("button", name="Open the round").click()
    expect(lead.locator(".state")).to_have_text("Not yet enough voices")
    _speak_and_count(school, round_)

    lead.goto(f"{server.root}/en/desk/pilots/{pilot}")
    lead.get_by_role("button", name="Freeze the evidence").click()
    lead.get_by_role("link", name="Answer the four questions").click()
    lead.locator("[name=happened]").fill("Everybody read more than before.")
    lead.locator("[name=role]").fill("Deputy head")
    lead.get_by_role("button", name="Keep my answers").click()

    _refused_with_one_kind_of_evidence(server, lead, pilot)
    _note_what_was_seen(server, lead, pilot)
    _decide(server, lead, pilot)
    expect(lead.get_by_text("The app is liked.")).to_be_visible()
    with Session(school.engine) as session:
        assert session.get_one(Pilot, pilot).state == "decided"


def _propose(school: School, server: Server, lead: Page) -> str:
    """Without its hypothesis the pilot is refused by name, and what was typed is still there."""
    lead.goto(f"{server.root}/en/desk/pilots/new")
    lead.evaluate("document.querySelectorAll('details').forEach(closed => closed.open = true)")
    for name, text in PLAN.items():
        lead.locator(f"[name={name}]").fill("" if name == "hypothesis_change" else text)
    lead.locator("[name=goal][value=engagement], select[name=goal]").first.evaluate(
        "each => { if (each.tagName === 'SELECT') each.value = 'engagement'; else each.checked = true; }"
    )
    lead.locator("select[name=question]").select_option("first-look/again")
    lead.locator("main .last button").click()
    expect(lead.locator(".problems")).to_be_visible()
    expect(lead.locator("[name=goal_sentence]")).to_have_value("Children like to read.")
    lead.locator("[name=hypothesis_change]").fill(PLAN["hypothesis_change"])
    lead.locator("[name=cells][value=yes]").check()
    lead.locator("main .last button").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Reading app")
    expect(lead.get_by_role("heading", name="This is a draft")).to_be_visible()
    with Session(school.engine) as session:
        return session.scalars(select(Pilot.id)).one()


def _plan_a_round(school: School, server: Server, lead: Page, pilot: str) -> str:
    lead.goto(f"{server.root}/en/desk/pilots/{pilot}/rounds/new/first-look")
    lead.locator("[name=title]").fill("Class 2B")
    lead.locator("[name=group_size]").fill("24")
    lead.locator("[name=promise_on]").fill("2026-12-18")
    lead.locator("main .last button").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Class 2B")
    with Session(school.engine) as session:
        return session.scalars(select(Round.id)).one()


def _speak_and_count(school: School, round_id: str) -> None:
    with Session(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        session.expunge(round_)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 18, *[{"again": "no"}] * 4)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_id).state = "closed"
    finish_round(school, round_id, today=NOW.date())


def _refused_with_one_kind_of_evidence(server: Server, lead: Page, pilot: str) -> None:
    _fill_decision(server, lead, pilot)
    lead.get_by_role("button", name="Keep this decision").click()
    expect(lead.locator(".problems")).to_contain_text("Tick at least one thing beside what people said")
    expect(lead.locator("[name=because]")).to_have_value("The app is liked.")


def _note_what_was_seen(server: Server, lead: Page, pilot: str) -> None:
    lead.goto(f"{server.root}/en/desk/pilots/{pilot}/evidence/observation")
    lead.locator("[name=place]").fill("Library")
    lead.locator("[name=seen]").fill("Two pupils read aloud to each other.")
    lead.get_by_role("button", name="Keep this note").click()
    expect(lead.get_by_text("Two pupils read aloud to each other.")).to_be_visible()


def _decide(server: Server, lead: Page, pilot: str) -> None:
    _fill_decision(server, lead, pilot)
    lead.locator("[name=beside]").first.check()
    lead.get_by_role("button", name="Keep this decision").click()


def _fill_decision(server: Server, lead: Page, pilot: str) -> None:
    lead.goto(f"{server.root}/en/desk/pilots/{pilot}/decide")
    lead.locator("[name=choice][value=adjust]").check()
    lead.locator("[name=because]").fill("The app is liked.")
    lead.locator("[name=cited]").first.check()
    lead.locator("[name=verdict][value=confirms]").check()
    lead.locator("[name=signers]").fill("Deputy head")
    lead.locator("[name=next_review]").fill("2027-02-01")
