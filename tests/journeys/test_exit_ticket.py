"""An exit ticket in a real browser: two presses for the teacher, one code for the class, and everybody can use it."""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.operations.rounds.tickets import make_ticket, ticket_for
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_pilot, a_staff_member
from tests.feedback.operations.rounds.test_tickets import PLAN


def test_a_teacher_opens_the_ticket_in_two_taps_and_the_class_comes_in_by_its_code(
    school: School, server: Server, browser: Browser, context: BrowserContext, check_access: Callable[[Page], None]
) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    ticket_id = make_ticket(school, teacher, PLAN, now=NOW)
    door = f"{server.root}/en/t/{ticket_for(school, teacher, ticket_id, now=NOW).ticket.code}"
    child = context.new_page()
    child.goto(door)
    expect(child.get_by_role("heading", level=1)).to_have_text("Not open just now")
    check_access(child)

    desk = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    token = remember_browser(school, None, {"staff_id": teacher.id}, now=NOW)
    desk.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = desk.new_page()
    page.goto(f"{server.root}/en/desk/")
    page.get_by_role("button", name="Exit ticket 5B: open for today").click()
    expect(page.get_by_role("button", name="Everyone has finished")).to_be_visible()
    page.get_by_role("link", name="Exit ticket: 5B").click()
    expect(page.get_by_role("link", name="Go to today’s round")).to_be_visible()
    desk.close()

    child.goto(door)
    child.get_by_role("button", name="Start").or_(child.get_by_role("button", name="Next")).first.click()
    expect(child.get_by_text("Do you want to use it again?")).to_be_visible()
    assert context.cookies() == []
