"""Bad lines in a real browser: what is answered while the line is cut is sealed, waits, and counts once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round
from feedback.operations.answers.respond_sealed import answers_in
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.box import Box, open_envelope
from forms.questions.base import Answer
from tests.conftest import Server
from tests.factories import a_family_instrument, a_round
from tests.line import Line, a_line

_NEEDLE = "Needle in a haystack"
_ROWS = """async () => {
    const rows = await queue.all();
    return rows.map((row) => JSON.stringify(row));
}"""

_IN_CHARGE = """() => new Promise((resolve) => {
    if (navigator.serviceWorker.controller) resolve();
    else navigator.serviceWorker.addEventListener("controllerchange", () => resolve());
})"""


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """The line to the school."""
    with a_line(int(server.root.rsplit(":", 1)[1])) as held:
        yield held


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def _answers(school: School, round_: Round) -> list[dict[str, Answer]]:
    """What the count will find in the box."""
    with Session(school.engine) as session:
        found = session.get_one(Round, round_.id)
        box, instrument = Box(found.id, found.instrument.sha256), form_of(found)
        opened = [
            open_envelope(each.sealed, school.keystore.box_key(found.id), box)
            for each in session.scalars(select(Envelope))
        ]
        return [answers_in(school, found, instrument, contents) for contents in opened]


def _tell_the_worker_that_the_line_is_back(context: BrowserContext, line: Line, tag: str) -> None:
    """As the browser does by itself once its computer has a network again, whether a page is open or not."""
    elsewhere = context.new_page()
    elsewhere.goto(f"{line.root}/static/pictograms/box.svg")
    tools = context.new_cdp_session(elsewhere)
    found: list[dict[str, str]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    tools.send("ServiceWorker.enable")
    while not found:
        elsewhere.wait_for_timeout(50)
    told = {"origin": line.root, "registrationId": found[0]["registrationId"], "tag": tag, "lastChance": False}
    tools.send("ServiceWorker.dispatchSyncEvent", told)
    elsewhere.close()


def _open(context: BrowserContext, address: str) -> Page:
    """The form, once its service worker is in charge."""
    page = context.new_page()
    page.goto(address)
    page.locator("body").press("Shift")
    page.evaluate(_IN_CHARGE)
    return page


def _heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_opened_cut_sent_closed_and_back_is_one_envelope(school: School, context: BrowserContext, line: Line) -> None:
    address = f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}"
    page = context.new_page()
    page.goto(address)
    line.cut()
    page.fill("[name=q-wish]", _NEEDLE)
    page.click("text=Quite easy")
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")
    (row,) = page.evaluate(_ROWS)
    assert _NEEDLE not in row
    page.close()
    line.mend()
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#waited [data-said=sent]")).to_be_visible()
    assert again.evaluate(_ROWS) == []
    assert _envelopes(school) == 1


def test_two_siblings_on_one_cached_page_are_two_envelopes(school: School, context: BrowserContext, line: Line) -> None:
    address = f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}"
    _open(context, address).close()
    line.cut()
    page = context.new_page()
    page.goto(address)
    for _ in range(2):
        page.click("text=Quite easy")
        page.click("button[value=send]")
        _heading(page, "Waiting, not sent yet")
        page.click("text=Somebody else answers")
    line.mend()
    page.reload()
    expect(page.locator("#waited [data-said=sent]")).to_be_visible()
    assert _envelopes(school) == 2


def test_cut_in_the_middle_of_screens_the_rest_is_asked_on_one_page(
    school: School, context: BrowserContext, line: Line
) -> None:
    round_ = a_round(school, a_family_instrument(layout="screens"))
    page = _open(context, f"{line.root}/en/r/{round_.code}")
    page.click("text=Start")
    page.click("text=Quite easy")
    page.click("button[value=next]")
    page.click("text=Maybe")
    line.cut()
    page.click("button[value=next]")
    expect(page.get_by_text("You can answer all the same")).to_be_visible()
    expect(page.get_by_text("How easy is it at home?")).to_be_hidden()
    expect(page.locator("[name=q-again][value=maybe]")).to_be_checked()
    page.fill("[name=q-days]", "٣")
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")
    line.mend()
    page.locator("[data-do=again]").dispatch_event("click")
    _heading(page, "Thank you")
    assert _answers(school, round_) == [{"ease": "fair", "again": "maybe", "days": 3}]


@pytest.mark.parametrize("layout", ["page", "screens"])
def test_sent_but_never_told_so_counts_once(school: School, context: BrowserContext, line: Line, layout: str) -> None:
    round_ = a_round(school, a_family_instrument(layout=layout))
    page = _open(context, f"{line.root}/en/r/{round_.code}")
    if layout == "screens":
        page.click("text=Start")
    page.click("text=Quite easy")
    for _ in range(10):
        if page.is_visible("button[value=send]"):
            break
        page.click("button[value=next]")
    line.go_deaf()
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")
    assert _envelopes(school) == 1
    line.cut().mend()
    # The page tries by itself, every few seconds.
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you", timeout=30_000)
    assert _answers(school, round_) == [{"ease": "fair"}]


def test_the_worker_sends_when_no_page_is_open(school: School, whole_browser: Browser, line: Line) -> None:
    context = whole_browser.new_context()
    address = f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}"
    page = _open(context, address)
    line.cut()
    page.click("text=Quite easy")
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")
    (registered,) = page.evaluate("navigator.serviceWorker.ready.then((found) => found.sync.getTags())")
    page.close()
    line.mend()
    _tell_the_worker_that_the_line_is_back(context, line, registered)
    elsewhere = context.new_page()
    for _ in range(50):
        if _envelopes(school):
            break
        elsewhere.wait_for_timeout(100)
    assert _envelopes(school) == 1
    # Its owner is told at the next visit.
    elsewhere.goto(address)
    expect(elsewhere.locator("#waited [data-said=sent]")).to_be_visible()
    assert elsewhere.evaluate(_ROWS) == []
    context.close()
