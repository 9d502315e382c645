"""The pages about roles, rights and schools in a real browser: readable by everybody, from either side."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy.orm import Session

from feedback.models import DistrictSchool
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_staff_member


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_the_pages_about_rights(
    school: School, server: Server, context: BrowserContext, check_access: Callable[[Page], None], language: str
) -> None:
    with Session(school.engine) as session, session.begin():
        session.add(DistrictSchool(name="Lake School"))
    keeper = a_staff_member(school, "administrator", account="keeper", school_id=None)
    officer = a_staff_member(school, "officer", account="officer", school_id=None)
    token = remember_browser(school, None, {"staff_id": keeper.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    for path in ("access", "schools/", f"accounts/{officer.id}/roles"):
        page.goto(f"{server.root}/{language}/desk/{path}")
        check_access(page)
    page.locator("#roles-4").uncheck()
    page.locator("#roles-1").check()
    page.locator("#reason").fill("New task")
    page.locator(".last button").click()
    # The only officer of the schools.
    page.locator(".problems").wait_for()
    check_access(page)
