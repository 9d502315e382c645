"""A form of another tool in a real browser: chosen, looked into, and passed by axe in both directions of writing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_staff_member
from tests.journeys.door import PASSWORD, sign_in

SAMPLE = Path(__file__).parents[1] / "data/exchange/surveyjs_library_visit.json"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_look_into_a_file(
    school: School, server: Server, browser: Browser, check_access: Callable[[Page], None], language: str
) -> None:
    a_staff_member(school, "lead", account="lead@example.org", password=PASSWORD)
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, server, "lead@example.org")
    page.goto(f"{server.root}/{language}/desk/forms/bring-in")
    check_access(page)
    page.locator("input[type=file]").set_input_files(SAMPLE)
    page.locator("main button.big").click()
    expect(page.locator("main code").first).to_be_visible()
    check_access(page)
    page.context.close()
