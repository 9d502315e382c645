"""A form that asks only what fits, in a real browser: with and without JavaScript, narrow and wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_round, an_instrument
from tests.winding import a_winding_form


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 320), ("ar", "dark", 320), ("ar", "light", 1280)]
)
def test_everybody_can_use_every_screen_and_the_whole_page(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    scheme: str,
    width: int,
) -> None:
    screens, whole = a_round(school, a_winding_form()), a_round(school, a_winding_form(id="whole", layout="page"))
    context = browser.new_context(viewport={"width": width, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    page.goto(f"{server.root}/{language}/r/{screens.code}")
    for chosen in (None, None, "other", "often", "never", "dont-know", "reading"):
        if chosen:
            page.check(f"input[value={chosen}]")
        check_access(page)
        page.click("button[value=next]")
    check_access(page)
    page.goto(f"{server.root}/{language}/r/{whole.code}")
    for chosen in ("foot", "other", "bus"):
        page.check(f"input[value={chosen}]")
        check_access(page)
    context.close()


def test_questions_come_and_go_with_the_answers_they_depend_on(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, a_winding_form(layout='page')).code}")
    full = page.get_by_role("heading", name="How often is the bus full?")
    wait = page.get_by_role("heading", name="Do you wait for the next bus?")
    expect(full).to_be_hidden()
    page.check("input[value=bus]")
    expect(full).to_be_visible()
    expect(wait).to_be_hidden()
    page.check("[name=q-bus-full][value=often]")
    expect(wait).to_be_visible()
    page.check("input[value=foot]")
    expect(wait).to_be_hidden()
    expect(page.get_by_label("What would make the path better?")).to_be_visible()
    expect(page.get_by_text("Only if you answered")).to_have_count(3)
    assert page.get_by_text("Only if you answered").first.is_hidden()


def test_without_javascript_everything_is_there_with_words_for_whom(
    school: School, server: Server, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, a_winding_form(layout='page')).code}")
    expect(page.get_by_text("Only if you answered “By bus” to “How do you come to school?”.")).to_be_visible()
    expect(page.get_by_label("Another way").last).to_be_visible()
    page.check("input[value=foot]")
    page.check("[name=q-bus-full][value=often]")
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text("Thank you")
    context.close()


def test_what_is_asked_of_some_is_a_group_that_is_named_by_the_words_for_whom(
    school: School, server: Server, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, a_winding_form(layout='page')).code}")
    group = page.get_by_role("group", name="Only if you answered “By bus” to “How do you come to school?”.")
    expect(group.get_by_role("group", name="How often is the bus full?")).to_be_visible()
    rows = page.get_by_role("group", name="Your way: as always. How is it?")
    expect(rows.get_by_role("group", name="It is calm").get_by_role("radio")).to_have_count(5)
    context.close()


def test_a_line_for_own_words_opens_under_its_answer_and_is_sent(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, a_winding_form()).code}")
    page.click("text=Start")
    page.click("text=Next")
    expect(page.locator("textarea")).to_be_hidden()
    page.check("input[value=other]")
    page.fill("textarea", "By boat")
    for _ in range(5):
        page.click("button[value=next]")
    expect(page.get_by_text("By boat")).to_be_visible()
    page.get_by_role("button", name="Change How do you come to school?", exact=True).click()
    expect(page.locator("textarea")).to_have_value("By boat")
    page.check("input[value=bus]")
    page.click("button[value=next]")
    expect(page.locator(".progress")).to_have_text("Question 2 of 7 at most")


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_skip_is_exactly_as_large_as_next(
    school: School, server: Server, browser: Browser, language: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 720})
    page = context.new_page()
    page.goto(f"{server.root}/{language}/r/{a_round(school, an_instrument(ages='6-8')).code}")
    page.click("button[value=next]")
    for _ in range(2):
        page.wait_for_load_state()
        sizes = []
        for go in ("next", "skip"):
            box = page.locator(f"button[value={go}]").bounding_box()
            assert box is not None
            assert box["height"] >= 44
            sizes.append((box["width"], box["height"]))
        assert sizes[0] == pytest.approx(sizes[1], abs=0.1)
        page.click("button[value=next]")
    context.close()


def test_the_rows_of_a_matrix_stand_side_by_side_with_their_answers_where_there_is_room(
    school: School, server: Server, browser: Browser
) -> None:
    code = a_round(school, a_winding_form(layout="page")).code
    for width, beside in ((1280, True), (360, False)):
        context = browser.new_context(viewport={"width": width, "height": 720})
        page = context.new_page()
        page.goto(f"{server.root}/en/r/{code}")
        row = page.get_by_role("group", name="It is calm")
        name, answer = row.locator("legend").bounding_box(), row.locator(".option").first.bounding_box()
        assert name is not None
        assert answer is not None
        assert (name["x"] + name["width"] <= answer["x"]) is beside
        context.close()
