"""A reader reads what children wrote, with nothing but the keyboard, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from feedback.operations.counting.hand_out import hand_out
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW
from tests.reading import TODAY, a_read_round, parts_of, reader_of, write


@pytest.fixture
def page(school: School, server: Server, context: BrowserContext) -> Page:
    """The reader's browser, signed in."""
    token = remember_browser(school, None, {"staff_id": reader_of(school).id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    return context.new_page()


def _press(page: Page, name: str) -> None:
    """Go to a button with the tab key alone, and press it."""
    button = page.get_by_role("button", name=name)
    for _ in range(40):
        if button.evaluate("(it) => it === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)


def test_what_may_be_danger_comes_first_and_everything_is_done_with_the_keyboard(
    school: School, server: Server, page: Page, check_access: Callable[[Page], None]
) -> None:
    round_ = a_read_round(school)
    write(school, round_, "The stars are fun", "i wanna die", "")
    hand_out(school, today=TODAY)
    page.goto(f"{server.root}/en/desk/")
    page.get_by_role("link", name="Something waits for you to read").press("Enter")
    expect(page.locator("blockquote")).to_have_text("i wanna die")
    check_access(page)
    _press(page, "Somebody is in danger: act now")
    expect(page.get_by_role("heading", level=1)).to_have_text("What somebody has to act on")
    check_access(page)
    _press(page, "It stands in the school’s own record: take it away here")
    expect(page.locator("blockquote")).to_have_text("The stars are fun")
    _press(page, "Not a concern")
    expect(page.get_by_text("Nothing is waiting.")).to_be_visible()
    check_access(page)
    _press(page, "Sign that I have looked today")
    expect(page.get_by_text("Signed: you have looked today.")).to_be_visible()
    assert {part.state for part in parts_of(school, round_)} == {"decided"}
