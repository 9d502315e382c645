"""About a form, in a real browser: passed by axe in both directions of writing, with a number of people typed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_staff_member
from tests.journeys.door import PASSWORD, sign_in


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_read_about_a_form_and_its_sample_report(
    school: School, server: Server, browser: Browser, check_access: Callable[[Page], None], language: str
) -> None:
    a_staff_member(school, "teacher", account="teacher@example.org", password=PASSWORD)
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, server, "teacher@example.org")
    page.goto(f"{server.root}/{language}/desk/forms/about/can-everyone-use-it-6-8")
    check_access(page)
    people = page.locator("#people")
    people.fill("9")
    people.press("Enter")
    expect(page.locator(".mark")).to_have_count(1)
    check_access(page)
    page.locator("#people").fill("0")
    page.locator("#people").press("Enter")
    expect(page.locator(".problems")).to_be_visible()
    check_access(page)
    page.context.close()
