"""The pages of a receipt: what it holds, taking the envelope out, and the paper it is printed on."""

import subprocess
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import Page as Tab
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round
from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_family_instrument, a_round, a_slip, an_instrument
from tests.pages import Page, Respondent


def _sent(client: FlaskClient, round_: Round, language: str = "en", **typed: Any) -> Page:
    parent = Respondent(client, f"/{language}/r/{round_.code}").press("send", **(typed or {"ease": "easy"}))
    assert parent.page.status == 200
    return parent.page


def _do(client: FlaskClient, round_: Round, go: str, receipt: str, language: str = "en", **typed: str) -> Page:
    body = {"receipt": receipt, "go": go, **typed}
    answered = client.post(f"/{language}/r/{round_.code}/receipt", data=body)
    assert "Set-Cookie" not in answered.headers
    assert answered.headers["Cache-Control"] == "no-store"
    return Page(answered)


def _in_the_box(school: School) -> int:
    with Session(school.engine) as session:
        return len(session.scalars(select(Envelope).where(Envelope.format > 0)).all())


@pytest.fixture
def round_(school: School) -> Round:
    """A round of families who answer on one page."""
    return a_round(school, a_family_instrument())


def test_a_receipt_is_asked_whether_its_envelope_is_in_the_box_and_takes_it_out_after_a_second_question(
    school: School, client: FlaskClient, round_: Round
) -> None:
    receipt = _sent(client, round_).receipt
    page = _do(client, round_, "check", receipt.replace(" ", "-"))
    assert (page.status, page.title) == (200, "Your envelope is in the box")
    page = _do(client, round_, "really", page.fields["receipt"][0])
    assert page.title == "Really take your envelope out?"
    assert _in_the_box(school) == 1
    page = _do(client, round_, "take-out", page.fields["receipt"][0])
    assert page.title == "Your envelope is out of the box"
    assert f"/en/r/{round_.code}" in page.links
    assert _in_the_box(school) == 0
    for go in ("check", "really", "take-out"):
        assert _do(client, round_, go, receipt).title == "Your envelope is out of the box"


def test_every_wrong_receipt_gets_the_same_bytes(school: School, client: FlaskClient, round_: Round) -> None:
    receipt = _sent(client, round_).receipt
    elsewhere = _sent(client, a_round(school, a_family_instrument())).receipt
    mistyped = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    pages = {
        (page.status, page.response.text)
        for go in ("check", "really", "take-out", "nonsense")
        for typed in (mistyped, elsewhere, "0000 0000 0000 0000", "1234", "", "grandmother", "9" * 500)
        for page in [_do(client, round_, go, typed)]
    }
    assert len(pages) == 1
    assert pages.pop()[0] == 422
    assert _in_the_box(school) == 2


def test_once_the_box_was_opened_every_receipt_gets_the_same_bytes(
    school: School, client: FlaskClient, round_: Round
) -> None:
    receipt = _sent(client, round_).receipt
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "scrubbed"
    asked = Page(client.get(f"/en/r/{round_.code}/receipt"))
    assert (asked.status, asked.title) == (410, "This box is empty now")
    pages = {_do(client, round_, "check", typed).response.text for typed in (receipt, "1" * 16, "")}
    assert pages == {asked.response.text}


def test_the_receipt_is_the_same_on_paper_in_every_language(client: FlaskClient, round_: Round) -> None:
    form = Respondent(client, f"/en/r/{round_.code}").page.fields
    body = {**form, "q-ease": "easy", "go": "send"}
    pages = {language: client.post(f"/{language}/r/{round_.code}", data=body).text for language in ("en", "ar", "es")}
    papers = {text.split('<div class="paper"')[1].split("</p>\n</div>")[0] for text in pages.values()}
    assert len(papers) == 1
    # And the check itself: the words around it differ.
    assert len({text.split('<div class="paper"')[0] for text in pages.values()}) == 3


def test_a_form_of_another_site_takes_nothing_out(school: School, client: FlaskClient, round_: Round) -> None:
    receipt = _sent(client, round_).receipt
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        body = {"receipt": receipt, "go": "take-out"}
        answered = client.post(f"/en/r/{round_.code}/receipt", data=body, headers=headers)
        assert answered.status_code == 403
    assert client.get(f"/en/r/{round_.code}/receipt?receipt={receipt}&go=take-out").status_code == 200
    assert _in_the_box(school) == 1


def test_a_form_that_is_sent_again_after_that_stays_out(school: School, client: FlaskClient, round_: Round) -> None:
    form = Respondent(client, f"/en/r/{round_.code}").page.fields
    body = {**form, "q-ease": "easy", "go": "send"}
    receipt = Page(client.post(f"/en/r/{round_.code}", data=body)).receipt
    _do(client, round_, "take-out", receipt)
    page = Page(client.post(f"/en/r/{round_.code}", data=body))
    assert (page.status, page.title) == (410, "You took this envelope out")
    assert _in_the_box(school) == 0


def test_a_fresh_slip_is_shown_in_the_answer_to_taking_out_and_in_no_other(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument(), slips=True)
    parent = Respondent(client, f"/en/r/{round_.code}")
    body = {**parent.page.fields, "slip": a_slip(school, round_), "q-ease": "easy", "go": "send"}
    receipt = Page(client.post(parent.page.action, data=body)).receipt
    sealed = _do(client, round_, "really", receipt).fields["fresh"][0]
    first, again = [_do(client, round_, "take-out", receipt, fresh=sealed) for _ in range(2)]
    assert first.response.text == again.response.text
    assert "it is shown only this once" in first.words
    (address,) = [each for each in first.links if each.startswith(f"/en/r/{round_.code}#")]
    slip = urlsplit(address).fragment
    assert "shown only this once" not in _do(client, round_, "check", receipt).words
    assert "ask the school for another one" in _do(client, round_, "take-out", receipt).words
    assert _do(client, round_, "take-out", receipt, fresh="made up").status == 400
    body = {**Respondent(client, f"/en/r/{round_.code}").page.fields, "slip": slip, "q-ease": "hard", "go": "send"}
    assert Page(client.post(parent.page.action, data=body)).title == "Thank you"
    assert _in_the_box(school) == 1


def test_the_square_leads_to_the_languages_of_the_round(school: School, client: FlaskClient, round_: Round) -> None:
    page = Page(client.get(f"/receipt/{round_.code}"))
    assert {f"/{language}/r/{round_.code}/receipt" for language in ("en", "ar", "es")} <= set(page.links)
    only = a_round(school, a_family_instrument(), languages=["ar"])
    assert client.get(f"/receipt/{only.code}").headers["Location"] == f"/ar/r/{only.code}/receipt"
    assert Page(client.get("/receipt/NOPE")).status == 404
    assert Page(client.get("/en/r/NOPE/receipt")).status == 404
    assert Page(client.post(f"/tlh/r/{round_.code}/receipt", data={})).status == 404


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_every_page_of_a_receipt(
    server: Server, browser: Browser, check_access: Callable[[Tab], None], round_: Round, language: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 720})
    tab = context.new_page()
    tab.goto(f"{server.root}/{language}/r/{round_.code}")
    tab.locator("label.option").first.click()
    tab.click("button[value=send]")
    receipt = tab.inner_text(".paper .receipt")
    check_access(tab)
    tab.goto(f"{server.root}/receipt/{round_.code}")
    check_access(tab)
    tab.goto(f"{server.root}/{language}/r/{round_.code}/receipt")
    tab.click("button[value=check]")
    expect(tab.locator(".problems")).to_be_focused()
    check_access(tab)
    tab.fill("#receipt", receipt)
    for go in ("check", "really", "take-out"):
        tab.click(f"button[value={go}]")
        check_access(tab)
    expect(tab.locator(".button")).to_be_visible()
    context.close()


@pytest.mark.parametrize("make", [a_family_instrument, an_instrument])
def test_scanning_the_square_fills_the_number_in_and_leaves_it_in_no_address(
    school: School, server: Server, context: BrowserContext, make: Callable[[], Any]
) -> None:
    round_ = a_round(school, make())
    asked: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda sent: asked.append(sent.url))
    tab.goto(f"{server.root}/receipt/{round_.code}#1234567890123456")
    expect(tab).to_have_url(f"{server.root}/receipt/{round_.code}")
    tab.click("text=Español")
    expect(tab.locator("#receipt")).to_have_value("1234 5678 9012 3456")
    expect(tab).to_have_url(f"{server.root}/es/r/{round_.code}/receipt")
    tab.click(".languages >> text=English")
    expect(tab.locator("#receipt")).to_have_value("1234 5678 9012 3456")
    expect(tab).to_have_url(f"{server.root}/en/r/{round_.code}/receipt")
    tab.go_back()
    assert "1234" not in tab.url
    # Playwright shows addresses whole; what a server is asked for ends before the "#".
    assert not any("1234" in urlsplit(url).path + urlsplit(url).query for url in asked)


def test_on_paper_there_is_nothing_but_the_receipt(server: Server, context: BrowserContext, round_: Round) -> None:
    tab = context.new_page()
    tab.goto(f"{server.root}/en/r/{round_.code}")
    tab.locator("label.option").first.click()
    tab.click("button[value=send]")
    expect(tab.locator("h1")).to_have_text("Thank you")
    digits = tab.inner_text(".receipt").split()
    # As a person prints: with the browser's own line, which would tell the page's title and its address.
    options = {"displayHeaderFooter": True, "preferCSSPageSize": True}
    printed = context.new_cdp_session(tab).send("Page.printToPDF", options)["data"]
    told = subprocess.run(["pdftotext", "-", "-"], input=b64decode(printed), capture_output=True, check=True)
    assert told.stdout.decode().split() == [*digits, round_.code]
