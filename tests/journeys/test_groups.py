"""Themes by group and since the last time, on the results page, as everybody can see and use it."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from feedback.i18n import Catalogue, offered
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_pilot, a_staff_member
from tests.feedback.groups import a_round_of_groups, sign, the_round_before
from tests.looks import looks


def test_a_teacher_sees_where_groups_differ_and_since_when(
    school: School, server: Server, browser: Browser, check_access: Callable[[Page], None]
) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    sign(school, lead, the_round_before(school, pilot, {"Robins": {"lunch": 8, "games": 60}}))
    written = {"Robins": {"lunch": 36, "games": 24}, "Wrens": {"lunch": 15, "games": 45}, "Larks": {"games": 11}}
    round_ = a_round_of_groups(school, written, pilot=pilot)
    sign(school, lead, round_)
    token = remember_browser(school, None, {"staff_id": lead.id}, now=NOW)
    for language, scheme, width in looks(offered(Catalogue.STAFF)):
        size = {"width": width, "height": 720}
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
        page = context.new_page()
        page.goto(f"{server.root}/{language}/desk/rounds/{round_.id}/results")
        expect(page.locator(".theme table").first).to_contain_text("Wrens")
        expect(page.locator(".theme strong").first).to_be_visible()
        check_access(page)
        context.close()
