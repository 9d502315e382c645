"""Family Window is built from nothing in a real browser with the keyboard only; every page of the editor is seen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.operations.workshop.drafts import draft_for, drafts_of, start_draft
from forms.draft import as_data, as_draft, finished
from forms.library import open_library
from forms.texts import Data
from tests.conftest import Server
from tests.factories import NOW, a_staff_member
from tests.keyboard import Keyboard
from tests.looks import is_every

Check = Callable[[Page], None]
#: Every page of one draft.
PAGES: tuple[str, ...] = (
    "",
    "/facts",
    "/add",
    "/sections/new",
    "/themes",
    "/themes/homework",
    "/asked-of/item/trust?question=knows",
)
PAGES += ("/items/knows", "/items/better", "/discard", "/preview/?as=child&n=2", "/preview/?as=page")


@contextmanager
def desk_of_a_lead(browser: Browser, server: Server, **window: Any) -> Iterator[tuple[Page, Any]]:
    """The browser of a pilot lead who is signed in."""
    school = server.app.extensions["school"]
    lead = a_staff_member(school, "lead")
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window})
    context.set_default_timeout(30_000)
    token = remember_browser(school, None, {"staff_id": lead.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    yield context.new_page(), lead
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_family_window_is_built_with_the_keyboard_only(
    school: School, server: Server, browser: Browser, javascript: bool
) -> None:
    wanted = as_draft(open_library("family-window"), "en")
    # What the library suggests to decide by is no part of a form that a school writes.
    del wanted["suggested"]
    with desk_of_a_lead(browser, server, java_script_enabled=javascript) as (page, lead):
        page.goto(f"{server.root}/en/desk/forms/")
        keys = Keyboard(page)
        _begin(keys, wanted)
        for number, section in enumerate(wanted["sections"]):
            _build_section(keys, section, number)
        for theme in wanted["themes"]:
            _add_theme(keys, theme)
        (made,) = drafts_of(school, lead)
        built = draft_for(school, lead, made.id).data
    assert _without_ids(as_data(finished(built))) == _without_ids(wanted)


def _begin(keys: Keyboard, wanted: Data) -> None:
    page = keys.page
    keys.press(page.get_by_role("link", name="New form"))
    keys.write("title", wanted["title"]["en"])
    keys.choose("audience", wanted["audience"])
    keys.press(page.get_by_role("button", name="Begin"))
    keys.press(page.get_by_role("link", name="About the form"))
    keys.write("introduction", wanted["introduction"]["en"])
    keys.choose("layout", wanted["layout"])
    keys.write("minutes", str(wanted["minutes"]))
    keys.write("licence", wanted["licence"])
    keys.press(page.get_by_role("button", name="Save"))


def _build_section(keys: Keyboard, section: Data, number: int) -> None:
    page = keys.page
    if number:
        keys.press(page.get_by_role("link", name="Add a section"))
    else:
        keys.press(page.get_by_role("link", name="Edit the section"))
    keys.write("title", section["title"]["en"])
    keys.press(page.get_by_role("button", name="Save"))
    for question in section["questions"]:
        keys.press(page.get_by_role("link", name="Add a question").nth(number))
        _build_question(keys, question)
        expect(page.locator(".item:target")).to_contain_text(question["text"]["en"])


def _build_question(keys: Keyboard, question: Data) -> None:
    page = keys.page
    keys.write("words", question["text"]["en"])
    keys.choose("kind", question["type"])
    keys.press(page.get_by_role("button", name="Add it"))
    keys.write("why", question["why"]["en"])
    if "hint" in question:
        keys.write("hint", question["hint"]["en"])
    if "max_length" in question:
        keys.write("max_length", str(question["max_length"]))
    keys.choose("goal", question["goal"])
    if "next_steps" in question:
        keys.reach(page.locator("summary", has_text="Next steps for the school"))
        page.keyboard.press("Enter")
        for level, words in question["next_steps"].items():
            keys.write(f"{level}_step", words["en"])
    keys.press(page.get_by_role("button", name="Save", exact=True))


def _add_theme(keys: Keyboard, theme: Data) -> None:
    page = keys.page
    if not page.url.rpartition("/")[2].startswith("themes"):
        page.keyboard.press("Home")
        keys.reach(page.get_by_role("link", name="Themes"), back=True)
        keys.press(page.get_by_role("link", name="Themes"))
    keys.write("title", theme["title"]["en"])
    keys.write("next_step", theme["next_step"]["en"])
    keys.press(page.get_by_role("button", name="Add it"))


def _without_ids(part: Any) -> Any:
    """The data without ids and the number of the version."""
    if isinstance(part, list):
        return [_without_ids(each) for each in part]
    if isinstance(part, dict):
        return {key: _without_ids(each) for key, each in part.items() if key not in ("id", "version")}
    return part


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "light", 1280), ("ar", "dark", 375), *([("en", "dark", 375), ("ar", "light", 1280)] if is_every() else [])],
)
def test_every_page_of_the_editor_can_be_used_by_everybody(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str, width: int
) -> None:
    with desk_of_a_lead(browser, server, viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, lead):
        draft_id = start_draft(school, lead, as_data(open_library("family-window")), now=NOW)
        for path in ("", "new", *(draft_id + each for each in PAGES)):
            page.goto(f"{server.root}/{language}/desk/forms/{path}")
            check_access(page)


def test_what_is_typed_is_kept_by_itself(school: School, server: Server, browser: Browser) -> None:
    with desk_of_a_lead(browser, server) as (page, lead):
        draft_id = start_draft(school, lead, as_data(open_library("family-window")), now=NOW)
        page.goto(f"{server.root}/en/desk/forms/{draft_id}/items/knows")
        page.locator("[name=text]").fill("How much do you know?")
        expect(page.locator("[data-saved]")).to_have_text("Saved")
        assert draft_for(school, lead, draft_id).data["sections"][0]["questions"][0]["text"] == {
            "en": "How much do you know?"
        }
        expect(page.frame_locator("iframe").locator("h1")).to_have_text("How much do you know?")
        page.locator("[name=text]").fill("")
        expect(page.locator("[data-saved]")).to_have_text("Not saved yet: Write the words that people read.")


def test_a_question_is_dragged_to_its_place(school: School, server: Server, browser: Browser) -> None:
    with desk_of_a_lead(browser, server) as (page, lead):
        draft_id = start_draft(school, lead, as_data(open_library("family-window")), now=NOW)
        page.goto(f"{server.root}/en/desk/forms/{draft_id}")
        with page.expect_navigation():
            page.locator("#item-easy-at-home h3").drag_to(page.locator("#item-knows h3"))
        items = draft_for(school, lead, draft_id).data["sections"][0]["questions"]
        assert [each["id"] for each in items] == ["easy-at-home", "knows", "helps-child"]
