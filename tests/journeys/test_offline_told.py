"""What people are told while the line is cut, and what a device that others use keeps: nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.operations.school import School
from tests.conftest import Server
from tests.every_type import every_type
from tests.factories import NOW, a_family_instrument, a_round, a_slip, an_instrument
from tests.line import Line, a_line
from tests.looks import looks

_NEEDLE = "Needle in a haystack"
#: Everything that a browser keeps for this address, as text.
_KEPT = """async () => {
    const rows = (await indexedDB.databases()).length ? await queue.all() : [];
    const pages = await Promise.all((await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        return Promise.all((await cache.keys()).map(async (each) => (await cache.match(each)).text()));
    }));
    return JSON.stringify([rows, pages, { ...localStorage },
        (await navigator.serviceWorker.getRegistrations()).length]);
}"""


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """The line to the school."""
    with a_line(int(server.root.rsplit(":", 1)[1])) as held:
        yield held


def _heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def _wait_unsent(page: Page, line: Line, address: str) -> None:
    page.goto(address)
    line.cut()
    page.click("text=Quite easy")
    page.fill("[name=q-wish]", _NEEDLE)
    page.click("button[value=send]")


def test_the_page_says_until_when_and_forgets_what_was_typed(
    school: School, context: BrowserContext, line: Line
) -> None:
    page = context.new_page()
    _wait_unsent(page, line, f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}")
    _heading(page, "Waiting, not sent yet")
    expect(page.locator("#no-line")).to_be_focused()
    expect(page.get_by_text("Be online by November 30, 2026.")).to_be_visible()
    assert _NEEDLE not in page.evaluate(_KEPT)
    assert page.input_value("[name=q-wish]") == ""
    assert page.locator("input:checked").count() == 0
    page.click("text=Erase my answers")
    expect(page.get_by_text("Your answers are gone from this device.")).to_be_visible()
    assert page.evaluate("queue.all()") == []


def test_late_ones_are_erased_and_their_owner_is_told(
    school: School, app: Flask, context: BrowserContext, line: Line
) -> None:
    address = f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}"
    page = context.new_page()
    _wait_unsent(page, line, address)
    _heading(page, "Waiting, not sent yet")
    page.close()
    line.mend()
    app.extensions["clock"] = lambda: NOW + timedelta(days=8)
    page = context.new_page()
    page.goto(address)
    _heading(page, "This form is closed")
    expect(page.get_by_text("came too late. They were erased and not counted.")).to_be_visible()
    assert page.evaluate("queue.all()") == []


def test_where_others_use_the_device_nothing_waits_and_no_worker_is_put_in(
    school: School, context: BrowserContext, line: Line
) -> None:
    page = context.new_page()
    page.goto(f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}")
    page.get_by_label("Other people use this device, too.").check()
    page.click("text=Quite easy")
    page.fill("[name=q-wish]", _NEEDLE)
    line.cut()
    page.click("button[value=send]")
    expect(page.get_by_text("your answers are still on this page")).to_be_visible()
    assert page.input_value("[name=q-wish]") == _NEEDLE
    kept = page.evaluate(_KEPT)
    assert kept == "[[],[],{},0]"
    line.mend()
    page.click("button[value=send]")
    _heading(page, "Thank you")


def test_on_pages_that_say_they_are_shared_nothing_waits_either(
    school: School, context: BrowserContext, line: Line
) -> None:
    page = context.new_page()
    address = f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}"
    page.route(address, lambda asked: asked.fulfill(body=asked.fetch().text().replace("<body", "<body data-shared")))
    page.goto(address)
    page.unroute(address)
    expect(page.get_by_label("Other people use this device, too.")).to_be_hidden()
    page.click("text=Quite easy")
    line.cut()
    page.click("button[value=send]")
    expect(page.get_by_text("your answers are still on this page")).to_be_visible()
    assert page.evaluate(_KEPT) == "[[],[],{},0]"


def test_what_does_not_fit_is_found_before_it_waits(school: School, context: BrowserContext, line: Line) -> None:
    page = context.new_page()
    page.goto(f"{line.root}/en/r/{a_round(school, a_family_instrument()).code}")
    line.cut()
    for box in page.locator("[name=q-liked]").all():
        box.check()
    page.fill("[name=q-days]", "٨")
    page.fill("[name=q-wish]", "x" * 201)
    page.click("button[value=send]")
    expect(page.locator("form .misfit")).to_have_count(3)
    page.locator("[name=q-liked]").first.uncheck()
    page.fill("[name=q-days]", "٧")
    page.fill("[name=q-wish]", "x" * 200)
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")


def test_what_does_not_fit_together_is_found_too(school: School, context: BrowserContext, line: Line) -> None:
    round_ = a_round(school, every_type("ranking", "points", "then-now"))
    page = context.new_page()
    page.goto(f"{line.root}/en/r/{round_.code}")
    line.cut()
    first, second, *_ = page.locator("[name^='q-a-ranking.']").all()
    shared = page.locator("[name^='q-a-points.']").first
    for place in (first, second):
        # Without the event that lets static/ranking.js give the other one another place.
        place.evaluate("place => place.value = '1'")
    shared.fill("٧")
    page.locator("[name='q-a-then-now.then']").first.check()
    page.click("button[value=send]")
    expect(page.locator("form .misfit")).to_have_count(3)
    second.evaluate("place => place.value = '2'")
    shared.fill("١٠")
    page.locator("[name='q-a-then-now.now']").first.check()
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")


def test_a_slip_is_read_while_it_is_at_hand_and_a_used_one_can_be_mended(
    school: School, context: BrowserContext, line: Line
) -> None:
    round_ = a_round(school, a_family_instrument(), slips=True)
    used, fresh = a_slip(school, round_), a_slip(school, round_)
    page = context.new_page()
    page.goto(f"{line.root}/en/r/{round_.code}")
    page.fill("#slip", used)
    page.click("text=Quite easy")
    page.click("button[value=send]")
    _heading(page, "Thank you")
    page.goto(f"{line.root}/en/r/{round_.code}")
    line.cut()
    page.click("text=Quite easy")
    page.fill("#slip", used[:-1] + ("0" if used[-1] != "0" else "1"))
    page.click("button[value=send]")
    expect(page.locator("form .misfit")).to_have_count(1)
    page.fill("#slip", used.lower().replace("-", " "))
    page.click("button[value=send]")
    _heading(page, "Waiting, not sent yet")
    line.mend()
    page.locator("[data-do=again]").dispatch_event("click")
    _heading(page, "This slip does not open the box")
    page.fill("#other-slip", fresh)
    page.click("#no-line button[data-do=slip]")
    _heading(page, "Thank you")


@pytest.mark.parametrize(("language", "scheme", "width"), looks(["en", "ar"]))
def test_everybody_can_use_what_is_shown_without_a_line(
    school: School,
    browser: Browser,
    line: Line,
    check_access: Callable[[Page], None],
    language: str,
    width: int,
    scheme: str,
) -> None:
    address = f"{line.root}/{language}/r/{a_round(school, an_instrument()).code}"
    context = browser.new_context(viewport={"width": width, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    page.goto(address)
    page.locator("body").press("Shift")
    page.evaluate("navigator.serviceWorker.ready")
    line.cut()
    page.goto(address)
    check_access(page)
    page.click("button[value=send]")
    expect(page.locator("#no-line [data-said=nothing]")).to_be_visible()
    check_access(page)
    page.locator("label.option").first.click()
    page.click("button[value=send]")
    expect(page.locator("#no-line [data-said=waiting]")).to_be_visible()
    check_access(page)
    context.close()
