"""Slips in a real browser: the QR code's link fills the field, leaves no trace, and works once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from feedback.operations.answers.slips import ask_for_more
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member
from tests.feedback.operations.answers.test_respond_slips import a_round_with_slips


def test_the_link_of_a_slip_fills_the_field_and_leaves_the_address_and_the_history(
    school: School, server: Server, context: BrowserContext
) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    sent: list[Request] = []
    page = context.new_page()
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto("about:blank")
    page.goto(f"{server.root}/en/r/{code}#{slip}")
    expect(page.get_by_label("Your slip")).to_have_value(slip)
    assert page.url == f"{server.root}/en/r/{code}"
    _answer(page)
    expect(page.locator("h1")).to_have_text("Thank you")
    carrying = [request for request in sent if slip in request.url or slip in (request.post_data or "")]
    # The one that presses Start. After it the slip travels sealed, and no address or header ever held it.
    assert [(request.method, request.url) for request in carrying] == [("POST", f"{server.root}/en/r/{code}")]
    assert slip not in carrying[0].url
    assert not any(slip in str(request.all_headers()) for request in sent)
    visited = [entry["url"] for entry in context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]]
    assert f"{server.root}/en/r/{code}" in visited
    assert not any(slip in address for address in visited)


def test_a_slip_that_was_used_is_refused_at_the_end_and_can_be_mended_there(
    school: School, server: Server, context: BrowserContext
) -> None:
    code, (slip, another) = a_round_with_slips(school, 2)
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{code}#{slip}")
    _answer(page)
    expect(page.locator("h1")).to_have_text("Thank you")
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{code}#{slip.replace('-', '').lower()}")
    _answer(page)
    expect(page.locator(".problems")).to_be_focused()
    expect(page.locator("#slip-error")).to_have_text("We do not know this slip, or it was used before.")
    expect(page.get_by_label("Your slip")).to_have_value(slip.replace("-", "").lower())
    page.fill("#slip", another)
    page.click("button:has-text('Send')")
    expect(page.locator("h1")).to_have_text("Thank you")


def test_another_language_takes_the_slip_along(school: School, server: Server, context: BrowserContext) -> None:
    code, (slip,) = a_round_with_slips(school, 1, instrument=a_family_instrument())
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{code}#{slip}")
    page.click("text=العربية")
    expect(page.locator("#slip")).to_have_value(slip)
    assert page.url == f"{server.root}/ar/r/{code}"
    page.fill("#slip", "ABCD")
    page.click("text=Español")
    expect(page.locator("#slip")).to_have_value("")


def test_another_slip_scanned_into_the_same_window_takes_the_place_of_the_first(
    school: School, server: Server, context: BrowserContext
) -> None:
    code, (first, second) = a_round_with_slips(school, 2)
    page = context.new_page()
    for slip in (first, second):
        page.goto(f"{server.root}/en/r/{code}#{slip}")
        expect(page.locator("#slip")).to_have_value(slip)
        assert page.url == f"{server.root}/en/r/{code}"


def test_without_javascript_the_slip_stays_out_of_every_request_until_it_is_typed(
    school: School, server: Server, browser: Browser
) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    context = browser.new_context(java_script_enabled=False)
    page, sent = context.new_page(), list[Request]()
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(f"{server.root}/en/r/{code}#{slip}")
    expect(page.locator("#slip")).to_have_value("")
    page.fill("#slip", slip)
    _answer(page)
    expect(page.locator("h1")).to_have_text("Thank you")
    assert sum(slip in (request.post_data or "") for request in sent) == 1
    assert not any(slip in str(request.all_headers()) for request in sent)
    context.close()


def test_other_ends_of_an_address_are_left_alone(school: School, server: Server, context: BrowserContext) -> None:
    code, _slips = a_round_with_slips(school, 1)
    page = context.new_page()
    for end in ("main", "%E0%A4%A", "<img src=x>"):
        page.goto(f"{server.root}/en/r/{code}#{end}")
        expect(page.locator("#slip")).to_have_value("")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_the_pages_of_slips(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    width: int,
) -> None:
    groups = [{"code": "AB12", "name": "3A", "size": 12}]
    round_, lead = a_round(school, a_family_instrument(), slips=True, groups=groups), a_staff_member(school, "lead")
    officer = a_staff_member(school, "officer", account="officer@example.org")
    ask_for_more(school, officer, round_.id, 2, now=NOW)
    ask_for_more(school, lead, round_.id, 3, now=NOW)
    context = browser.new_context(viewport={"width": width, "height": 720})
    token = remember_browser(school, None, {"staff_id": lead.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    page.goto(f"{server.root}/{language}/desk/rounds/{round_.id}/slips")
    check_access(page)
    page.fill("#slips", "99")
    page.click("button.big")
    check_access(page)
    page.fill("#slips", "3")
    page.click("button.big")
    expect(page.locator(".slips > li")).to_have_count(3)
    check_access(page)
    page.reload()
    check_access(page)
    for code in (round_.code, a_round_with_slips(school, 1)[0]):
        page.goto(f"{server.root}/{language}/r/{code}")
        check_access(page)
        page.fill("#slip", "ABCD")
        page.locator("button[name=go]").first.click()
        expect(page.locator(".problems")).to_be_focused()
        check_access(page)
    context.close()


def test_a_sheet_is_printed_on_whole_slips(school: School, server: Server, browser: Browser) -> None:
    round_, lead = a_round(school, slips=True), a_staff_member(school, "lead")
    # A4 with its margins of 10 mm, in CSS pixels.
    context = browser.new_context(viewport={"width": 718, "height": 1047})
    token = remember_browser(school, None, {"staff_id": lead.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    page.goto(f"{server.root}/en/desk/rounds/{round_.id}/slips")
    page.click("button.big")
    slips = page.locator(".slips > li")
    expect(slips).to_have_count(28)
    # The words may stand on the page before its last style sheet does.
    page.wait_for_load_state()
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_hidden()
    assert slips.evaluate_all("all => all.every(one => getComputedStyle(one).breakInside === 'avoid')")
    # Nothing is cut off: no slip's words need more room than the slip has.
    assert slips.evaluate_all("all => all.every(one => one.scrollHeight <= one.clientHeight + 1)")
    tallest = slips.evaluate_all("all => Math.max(...all.map(one => one.getBoundingClientRect().height))")
    assert 4 <= 1047 // tallest <= 5
    context.close()


def _answer(page: Page) -> None:
    page.click("text=Start")
    page.click("text=Maybe")
    page.click("text=Next")
    page.click("button[value=skip]")
    page.click("button:has-text('Send')")
