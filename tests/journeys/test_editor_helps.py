"""What a script adds to a question's page in the editor: earlier answers are put in by a button."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from feedback.operations.workshop.drafts import draft_for, start_draft
from forms.draft import as_data
from forms.library import open_library
from tests.conftest import Server
from tests.factories import NOW
from tests.journeys.test_editor import desk_of_a_lead


def test_an_earlier_answer_is_put_in_where_one_was_writing(
    school: School, server: Server, browser: Browser, check_access: Callable[[Page], None]
) -> None:
    with desk_of_a_lead(browser, server) as (page, lead):
        draft_id = start_draft(school, lead, as_data(open_library("family-window")), now=NOW)
        page.goto(f"{server.root}/en/desk/forms/{draft_id}/items/better")
        page.get_by_text("Put an earlier answer here").click()
        page.get_by_text("Does it have to be another kind of question?").click()
        check_access(page)
        text = page.locator("[name=text]")
        text.fill("You said: . Why?")
        text.evaluate("text => text.setSelectionRange(10, 10)")
        page.get_by_role("button", name="Put it in").first.click()
        expect(text).to_be_focused()
        page.keyboard.type("something")
        expect(text).to_have_value("You said: {knows|something}. Why?")
        # "Saved" may still be about what stood there before.
        for _ in range(100):
            kept = draft_for(school, lead, draft_id).data
            texts = [item["text"]["en"] for section in kept["sections"] for item in section["questions"]]
            if "You said: {knows|something}. Why?" in texts:
                break
            page.wait_for_timeout(100)
        assert "You said: {knows|something}. Why?" in texts
        expect(page.locator("[data-saved]")).to_have_text("Saved")
