"""Children and families answer in a real browser: any language, light and dark, narrow and wide, without JavaScript."""

import gzip
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from playwright.sync_api import Error as PlaywrightError

from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import a_family_instrument, a_round, an_instrument
from tests.looks import READ_IN, is_every, looks

_NEEDLE = "Needle in a haystack"
#: The languages of the forms, and some in which only the pages around them speak.
_SPOKEN = [*an_instrument().languages, *READ_IN[2:]]


@pytest.mark.parametrize(("language", "scheme", "width"), looks(_SPOKEN if is_every() else _SPOKEN[:3]))
def test_everybody_can_use_every_page(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    scheme: str,
    width: int,
) -> None:
    children = a_round(school, languages=_SPOKEN)
    families = a_round(school, a_family_instrument(), languages=_SPOKEN, sample=True)
    context = browser.new_context(viewport={"width": width, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    page.goto(f"{server.root}/{language}/r/{children.code}")
    for expected in ("next", "next", "next", "send"):
        for closed in page.locator("summary").all():
            closed.click()
        check_access(page)
        page.click(f"button[value={expected}]")
    expect(page.locator(".problems")).to_be_focused()
    check_access(page)
    page.click("button[value=back]")
    page.locator("label.option").first.click()
    check_access(page)
    page.click("button[value=next]")
    page.click("button[value=send]")
    expect(page.locator(".receipt")).to_be_attached()
    check_access(page)
    page.goto(f"{server.root}/{language}/r/{families.code}")
    check_access(page)
    page.fill("[name=q-days]", "?")
    page.click("button[value=send]")
    expect(page.locator(".problems")).to_be_focused()
    check_access(page)
    for address in (f"r/{children.code}/about", "r/NOPE", "nowhere"):
        page.goto(f"{server.root}/{language}/{address}")
        check_access(page)
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_way_through_needs_no_javascript_and_leaves_nothing_in_the_browser(
    school: School, server: Server, browser: Browser, javascript: bool
) -> None:
    round_ = a_round(school)
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    seen: list[Response] = []
    page.on("response", lambda answered: seen.append(answered))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(f"{server.root}/en/r/{round_.code}")
    page.click("text=Start")
    page.click("text=Maybe")
    page.click("text=Next")
    page.click("text=The books")
    page.click("text=Next")
    page.click("button:has-text('Send')")
    expect(page.locator("h1")).to_have_text("Thank you")
    pages = [answered for answered in seen if "/static/" not in answered.url]
    assert {answered.headers["cache-control"] for answered in pages} == {"no-store"}
    assert not any("set-cookie" in answered.headers for answered in seen)
    assert context.cookies() == []
    assert all(answered.url.startswith((server.root, "data:")) for answered in seen)
    assert {answered.url for answered in pages} == {f"{server.root}/en/r/{round_.code}"}
    context.close()


def test_the_keyboard_alone_is_enough(school: School, server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school).code}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, "Start")
    page.keyboard.press("Enter")
    expect(page.locator(".progress")).to_have_text("Question 1 of 2")
    _tab_to(page, "")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=q-again]:checked")).to_have_value("maybe")
    _tab_to(page, "Next")
    page.keyboard.press("Enter")
    expect(page.locator(".progress")).to_have_text("Question 2 of 2")
    _tab_to(page, "Skip")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("That was the last question")
    _tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Thank you")


def test_the_enter_key_in_a_line_means_next_and_not_back(
    school: School, server: Server, context: BrowserContext
) -> None:
    questions = a_family_instrument(layout="screens")
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, questions).code}")
    page.click("text=Start")
    for _ in range(3):
        page.click("button[value=skip]")
    page.fill("[name=q-days]", "2")
    page.keyboard.press("Enter")
    expect(page.locator(".progress")).to_have_text("Question 5 of 5")


def test_on_a_shared_tablet_going_back_shows_nothing_of_the_child_before(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    address = f"{server.root}/en/r/{a_round(school, a_family_instrument()).code}"
    page.goto(address)
    page.fill("[name=q-wish]", _NEEDLE)
    page.fill("[name=q-days]", "6")
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text("Thank you")
    for _ in range(5):
        with suppress(PlaywrightError):  # Chromium refuses to show a sent form again, or has nowhere to go back to
            page.go_back(timeout=2000)
        assert _NEEDLE not in page.content()
        assert all(typed.input_value() == "" for typed in page.locator("textarea").all())
    page.goto(address)
    assert page.input_value("[name=q-wish]") == ""
    assert page.input_value("[name=q-days]") == ""


def test_the_young_have_large_targets_and_may_skip_as_easily_as_go_on(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, an_instrument(ages='6-8')).code}")
    page.click("text=Start")
    for heading in ("Can a fish swim?", "Do you want to use it again?"):
        expect(page.locator("h1")).to_have_text(heading)
        page.wait_for_load_state()
        boxes = [found.bounding_box() for found in page.locator("button, .option").all()]
        assert min(box["height"] for box in boxes if box) >= 60
        buttons = [found.bounding_box() for found in page.locator("button").all()]
        assert len({(box["width"], box["height"]) for box in buttons if box}) == 1
        page.click("button[value=next]")


@pytest.mark.parametrize("layout", ["page", "screens"])
@pytest.mark.parametrize("language", ["en", "ar", "am"])
def test_the_first_view_of_ten_questions_is_three_requests_and_14_kb(
    school: School, server: Server, context: BrowserContext, language: str, layout: str
) -> None:
    scale = a_family_instrument().questions[0].model_dump(mode="json")
    ten = a_family_instrument(layout=layout, questions=[{**scale, "id": f"q{number}"} for number in range(10)])
    code = a_round(school, ten, languages=_SPOKEN, slips=True).code
    loaded = _loaded(context, f"{server.root}/{language}/r/{code}")
    assert all(answered.url.startswith(server.root) for answered in loaded)
    assert len(loaded) <= 3
    # As the proxies' samples compress (feedback/service/).
    weights = [len(gzip.compress(answered.body(), 6)) for answered in loaded]
    assert sum(weights) <= 14_000, weights


def test_a_page_with_pictures_is_light_too(school: School, server: Server, context: BrowserContext) -> None:
    loaded = _loaded(context, f"{server.root}/en/r/{a_round(school, a_family_instrument()).code}")
    assert sum(len(gzip.compress(answered.body())) for answered in loaded) <= 20_000


def _loaded(context: BrowserContext, address: str) -> list[Response]:
    """Everything that the page at this address fetches from anywhere until it is still."""
    page = context.new_page()
    loaded: list[Response] = []
    page.on("response", lambda answered: loaded.append(answered))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(address, wait_until="networkidle")
    return [answered for answered in loaded if answered.url.startswith("http")]


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until the control with these words, or the first radio button, has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.type]")
        if focused == [words, "submit" if words else "radio"]:
            return
    pytest.fail(f"{words!r} cannot be reached with the Tab key")
