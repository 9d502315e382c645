"""L8: two children on one real browser, whichever way the first one ends; nothing of the first is for the second."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_family_instrument, a_room, a_round, an_instrument
from tests.journeys.shared_device import (
    NEEDLE,
    device,
    files_with_needle,
    kept_by,
    on_the_way_back,
    without_promises,
    write_and_go_on,
)

_WISH = [
    each for each in a_family_instrument().model_dump(mode="json")["sections"][0]["questions"] if each["id"] == "wish"
]
End = Callable[[Page], object]
#: Something in each kind of storage.
_FILL = """async () => {
  localStorage.x = 1;
  await caches.open("x");
  await new Promise((done) => { indexedDB.open("x").onsuccess = done; });
}"""


@pytest.fixture
def room(school: School, server: Server) -> str:
    """The address of a room whose round asks for words."""
    words = a_family_instrument(layout="screens", questions=_WISH)
    return f"{server.root}/en/k/{a_room(school, a_round(school, words))}"


def _finish(page: Page) -> None:
    page.click("button[value=next]")
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text("Thank you")


def _finish_with_receipt(page: Page) -> None:
    page.click("button[value=next]")
    page.click(".ask-receipt summary")
    page.click("button[value=receipt]")
    page.click('a:has-text("Next person")')
    expect(page.locator(".receipt")).to_have_count(0)


def _leave(page: Page) -> None:
    page.click("text=Leave now")
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("First look")


def _abandon(page: Page) -> None:
    page.clock.run_for(91_000)
    expect(page.locator("#still-here")).to_be_visible()
    page.clock.run_for(31_000)
    expect(page.locator("textarea, #still-here")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("First look")


def _crash(page: Page) -> None:
    with suppress(PlaywrightError):
        page.goto("chrome://crash", timeout=2000)


@pytest.mark.parametrize("end", [_finish, _finish_with_receipt, _leave, _abandon, _crash])
def test_the_next_child_finds_nothing_wherever_it_looks(browser: Browser, tmp_path: Path, room: str, end: End) -> None:
    with device(browser, tmp_path / "tablet") as tablet:
        page = tablet.pages[0]
        page.clock.install()
        write_and_go_on(page, room)
        end(page)
        if end is not _crash:
            assert not on_the_way_back(page)
        other = tablet.new_page()
        other.goto(room)
        assert not on_the_way_back(other)
        other.goto(room)
        other.click("button[value=next]")
        expect(other.locator("textarea")).to_have_value("")
        assert kept_by(other) == [0] * 6
        assert tablet.cookies() == []
        assert files_with_needle(tmp_path) == []
    assert files_with_needle(tmp_path) == []


def test_without_our_headers_script_and_memory_the_same_search_finds_the_child_before(
    browser: Browser, tmp_path: Path, server: Server, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control for the page, the way back and the browser's folder.
    monkeypatch.setattr(server.app, "wsgi_app", without_promises(server.app.wsgi_app))  # type: ignore[arg-type]  # WSGI has many shapes
    monkeypatch.setattr("feedback.web.respondents.kiosk.was_sent", lambda *_: False)
    with device(browser, tmp_path / "tablet") as tablet:
        page = tablet.pages[0]
        page.route("**/kiosk.js", lambda asked: asked.abort())
        write_and_go_on(page, room)
        _finish(page)
        assert on_the_way_back(page)
    assert files_with_needle(tmp_path) != []


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_browser_notes_of_the_forms_it_sent_can_be_read_only_without_our_script(
    browser: Browser, room: str, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page, sent = context.new_page(), list[str]()
    page.on("request", lambda asked: sent.append(asked.post_data or "") if asked.is_navigation_request() else None)
    write_and_go_on(page, room)
    _finish(page)
    assert len([body for body in sent if body]) == 5
    assert any(NEEDLE in body for body in sent) is not javascript
    context.close()


@pytest.mark.parametrize("end", [_finish, _leave])
def test_without_javascript_the_way_back_shows_nothing_either(
    browser: Browser, tmp_path: Path, room: str, end: End
) -> None:
    with device(browser, tmp_path / "tablet", javascript=False) as tablet:
        page = tablet.pages[0]
        write_and_go_on(page, room)
        end(page)
        assert not on_the_way_back(page)
        page.goto(room)
        page.click("button[value=next]")
        expect(page.locator("textarea")).to_have_value("")


@pytest.mark.parametrize("end", [_finish, _leave])
def test_the_end_of_a_form_clears_whatever_the_browser_kept_for_the_site(
    context: BrowserContext, room: str, end: End
) -> None:
    page = context.new_page()
    page.goto(room)
    page.evaluate(_FILL)
    assert sum(kept_by(page)) == 3
    write_and_go_on(page, room)
    end(page)
    assert sum(kept_by(page)) == 0


def test_a_receipt_on_a_shared_device_is_wiped_when_nobody_touches_it(context: BrowserContext, room: str) -> None:
    page = context.new_page()
    page.clock.install()
    write_and_go_on(page, room)
    page.click("button[value=next]")
    page.click(".ask-receipt summary")
    page.click("button[value=receipt]")
    expect(page.locator(".receipt")).to_be_visible()
    page.clock.run_for(91_000)
    page.clock.run_for(31_000)
    expect(page.locator(".receipt")).to_have_count(0)
    assert page.url == room


def test_children_of_six_do_the_whole_way_by_pressing_large_buttons(
    school: School, server: Server, context: BrowserContext
) -> None:
    room = f"{server.root}/en/k/{a_room(school, a_round(school, an_instrument()))}"
    page = context.new_page()
    for _ in range(2):
        page.goto(room)
        for answer in ("Maybe", "The books"):
            page.click("button[value=next]")
            page.click(f"text={answer}")
        boxes = [found.bounding_box() for found in page.locator("button:visible").all()]
        assert min(min(box["height"], box["width"]) for box in boxes if box) >= 44
        page.click("button[value=next]")
        page.click("button[value=send]")
        page.click('a:has-text("Next person")')
        expect(page.locator("h1")).to_have_text("First look")
