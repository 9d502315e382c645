"""A shared device that nobody touches: how long it waits, what counts as somebody, and that nobody is hurried."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_family_instrument, a_room, a_round
from tests.looks import looks

_SOUND = """() => {
  const sound = document.createElement("audio");
  Object.defineProperty(sound, "paused", { value: false });
  document.body.append(sound);
}"""
_VOICE = "() => Object.defineProperty(speechSynthesis, 'speaking', { value: true })"


def _address(school: School, server: Server, language: str = "en", pause: int = 90) -> str:
    room = a_room(school, a_round(school, a_family_instrument()), pause_seconds=pause)
    return f"{server.root}/{language}/k/{room}"


def _begin(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.clock.install()
    page.goto(address)
    page.click("button[value=begin]")
    page.fill("[name=q-wish]", "More books")
    _settle(page)
    return page


def _settle(page: Page) -> None:
    """That something was scrolled into view is told with the next picture: it must not come in the pause."""
    page.screenshot()


def _wait(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * 1000)


@pytest.mark.parametrize(("pause", "patience"), [(90, 30), (180, 60), (600, 200)])
def test_a_device_asks_after_the_rooms_pause_and_waits_at_least_half_a_minute(
    school: School, server: Server, context: BrowserContext, pause: int, patience: int
) -> None:
    page = _begin(context, _address(school, server, pause=pause))
    asks, words = page.locator("#still-here"), page.locator("[name=q-wish]")
    _wait(page, pause - 5)
    expect(asks).to_be_hidden()
    _wait(page, 6)
    expect(asks).to_be_visible()
    expect(asks.locator("button")).to_be_focused()
    _wait(page, patience - 3)
    expect(words).to_have_value("More books")
    page.click("text=Yes, I am here")
    expect(asks).to_be_hidden()
    expect(words).to_have_value("More books")
    _settle(page)
    _wait(page, pause - 5)
    expect(asks).to_be_hidden()
    _wait(page, 6)
    _wait(page, patience + 1)
    expect(words).to_have_count(0)
    expect(page.locator("button[value=begin]")).to_be_visible()


@pytest.mark.parametrize(
    "does",
    [
        lambda page: page.keyboard.press("A"),
        lambda page: page.mouse.wheel(0, 50),
        lambda page: page.mouse.move(5, 5),
        lambda page: page.evaluate(_SOUND),
        lambda page: page.evaluate(_VOICE),
    ],
    ids=["typing", "scrolling", "moving", "a recording", "a device's voice"],
)
def test_whoever_types_or_listens_is_there(
    school: School, server: Server, context: BrowserContext, does: Callable[[Page], object]
) -> None:
    page = _begin(context, _address(school, server))
    _wait(page, 60)
    does(page)
    page.wait_for_timeout(100)
    _wait(page, 60)
    expect(page.locator("#still-here")).to_be_hidden()


def test_the_question_covers_what_was_typed_and_shows_no_countdown(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = _begin(context, _address(school, server))
    _wait(page, 91)
    before = page.locator("#still-here").inner_text()
    _wait(page, 20)
    assert page.locator("#still-here").inner_text() == before
    assert not any(sign.isdigit() for sign in before)
    box = page.locator("#still-here").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}


def test_a_page_that_waits_for_the_next_person_waits_for_ever(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(_address(school, server))
    page.evaluate("document.body.dataset.same = 'page'")
    _wait(page, 1000)
    assert page.evaluate("document.body.dataset.same") == "page"


def test_thank_you_makes_way_for_the_next_person_by_itself(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.clock.install()
    address = _address(school, server)
    page.goto(f"{address}/thanks")
    _wait(page, 91)
    expect(page.locator("button[value=begin]")).to_be_visible()
    assert page.url == address


def test_a_form_that_meets_a_dead_line_stays_on_the_page_and_says_so(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = _begin(context, _address(school, server))
    context.set_offline(True)
    page.click("button[value=send]")
    expect(page.locator("#line-is-down")).to_be_visible()
    expect(page.locator("[name=q-wish]")).to_have_value("More books")
    context.set_offline(False)
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text("Thank you")


def test_leaving_wipes_the_page_though_the_line_is_dead(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = _begin(context, _address(school, server))
    context.set_offline(True)
    page.click("text=Leave now")
    expect(page.locator("[name=q-wish]")).to_have_count(0)


@pytest.mark.parametrize(("language", "scheme", "width"), looks(["en", "ar"]))
def test_everybody_can_use_every_page_of_a_shared_device(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    scheme: str,
    width: int,
) -> None:
    address = _address(school, server, language)
    context = browser.new_context(viewport={"width": width, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    page.goto(address)
    check_access(page)
    page.click("button[value=begin]")
    page.click(".ask-receipt summary")
    check_access(page)
    page.evaluate("document.getElementById('line-is-down').hidden = false")
    check_access(page)
    page.evaluate("document.getElementById('still-here').showModal()")
    check_access(page)
    page.keyboard.press("Escape")
    page.fill("[name=q-days]", "2")
    page.click("button[value=receipt]")
    expect(page.locator(".receipt")).to_be_visible()
    check_access(page)
    for more in ("/thanks", "/about"):
        page.goto(address + more)
        check_access(page)
    page.goto(f"{server.root}/{language}/k/NOPE")
    check_access(page)
    context.close()
