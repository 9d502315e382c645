"""The translation desk in a real browser: everybody can use its pages, in both directions, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, start_draft
from feedback.operations.workshop.translate import Written, translate_text
from forms.draft import as_data
from forms.library import open_library
from forms.texts import Data, words_hash
from tests.conftest import Server
from tests.factories import NOW, a_round, a_staff_member, an_instrument
from tests.journeys.door import PASSWORD, sign_in
from tests.signed import sign_nothing

FORM = "translate/forms/ours/ur/"
PAGES = (
    *("translate/", "translate/notice/ur", FORM, f"{FORM}text/title", f"{FORM}text/items/easy/options/yes/label"),
    *(f"{FORM}second/", f"{FORM}second/title", f"{FORM}compare/", "forms/{draft}/languages", "rounds/{round}"),
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_the_pages(
    school: School, server: Server, browser: Browser, check_access: Callable[[Page], None], language: str
) -> None:
    member = a_staff_member(school, "lead", "translator", password=PASSWORD, languages=["ur"])
    sign_nothing(school, "ur", "ar")
    form = as_data(open_library("first-look")) | {"id": "ours"}
    draft_id = start_draft(school, member, form, now=NOW)
    other = a_staff_member(school, "translator", account="two", languages=["ur"])
    source = words_hash("First Look")
    translate_text(school, other, "ours", "ur", Written("title", "پہلا جائزہ", 1, source), now=NOW)
    change_draft(school, member, draft_id, _reworded, revision=1, code="text", now=NOW)
    round_ = a_round(school, an_instrument(), state="draft")
    sign_nothing(school, "ar")
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, server, "teacher@example.org")
    for address in PAGES:
        page.goto(f"{server.root}/{language}/desk/{address.format(draft=draft_id, round=round_.id)}")
        assert page.locator("h1").count() == 1, address
        check_access(page)


def test_a_text_is_written_and_signed_with_the_keyboard_alone(school: School, server: Server, browser: Browser) -> None:
    sign_nothing(school)
    a_staff_member(school, "translator", password=PASSWORD, languages=["ur"])
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, server, "teacher@example.org", "To translate")
    page.goto(f"{server.root}/en/desk/translate/forms/first-look/ur/text/title")
    page.get_by_label("Words in").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("پہلا جائزہ")
    button = page.get_by_role("button", name="Save, sign")
    for _ in range(6):
        if button.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Saved and signed.").wait_for()


def _reworded(data: Data) -> Data:
    data["introduction"]["en"] += " Really."
    return data
