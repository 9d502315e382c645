"""Every type of question in every look: light and dark, narrow, wide and enlarged, in five languages' scripts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from forms.definition import Instrument
from tests.conftest import Server
from tests.every_type import every_type
from tests.factories import a_round, an_instrument, in_languages
from tests.looks import READ_IN, ZOOMED, is_every, looks
from tests.winding import a_winding_form

_RANK = "[name='q-a-ranking.{}']"
#: What everybody's tests see of it: the page with all types in each language, some screens, and the page enlarged.
_ENLARGED = list(product(READ_IN, ("light", "dark"))) if is_every() else [("ur", "dark")]
_ON_SCREENS = looks(READ_IN) if is_every() else [("zh-Hans", "dark", 768)]
#: Two languages at once, each way round.
_TWO_AT_ONCE = [("ur+en", "light", 320), ("zh-Hans+ar", "dark", 1280)]
_MOST_SCREENS = 30

Check = Callable[[Page], None]


@contextmanager
def _window(browser: Browser, scheme: str, width: int, height: int = 720, scale: int = 1) -> Iterator[Page]:
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=scale)  # type: ignore[arg-type]  # one of two words
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def _see_it_wrong_too(page: Page, check: Check) -> None:
    """The open page with all types, as it comes and with two mistakes in it, each of which leads to its question."""
    check(page)
    page.select_option(_RANK.format("books"), "1")
    page.locator("[name='q-a-then-now.now']").first.check()
    page.fill("[name='q-a-points.books']", "3")
    page.click("button[value=send]")
    expect(page.locator(".problems li")).to_have_count(2)
    check(page)
    # Each problem leads to the first control of its question, which has the focus then.
    for name, link in zip(("then-now.then", "points.books"), page.locator(".problems li a").all(), strict=True):
        link.click()
        assert page.evaluate("document.activeElement.name") == f"q-a-{name}"


def _see_every_screen(page: Page, check: Check) -> None:
    """From the first screen to the thank-you page, choosing the last of what can be chosen."""
    for _ in range(_MOST_SCREENS):
        for closed in page.locator("main summary").all():
            closed.click()
        check(page)
        if page.locator(".receipt").count():
            return
        for offered in page.locator("fieldset .options").all():
            offered.locator("input").last.check()
        # A script may first find out whether there is a line.
        with page.expect_navigation():
            page.locator("button[value=next], button[value=send]").last.click()
    pytest.fail(f"no way to the thank-you page from {page.title()!r}")


def _on_screens() -> list[Instrument]:
    """What can be answered screen by screen: every type, a form with all that winds, and one for the youngest."""
    some = () if is_every() else ("then-now", "ranking", "week")
    forms = [every_type(*some, languages=READ_IN, layout="screens", id="screens")]
    if is_every():
        forms += [in_languages(form, READ_IN) for form in (a_winding_form(), an_instrument(ages="6-8"))]
    return forms


@pytest.mark.parametrize(("language", "scheme", "width"), [*looks(READ_IN), *_TWO_AT_ONCE])
def test_everybody_can_use_every_type(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str, width: int
) -> None:
    code = a_round(school, every_type(languages=READ_IN)).code
    with _window(browser, scheme, width) as page:
        page.goto(f"{server.root}/{language}/r/{code}")
        _see_it_wrong_too(page, check_access)


@pytest.mark.parametrize(("language", "scheme", "width"), _ON_SCREENS)
def test_everybody_can_use_every_type_on_a_screen_of_its_own(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str, width: int
) -> None:
    with _window(browser, scheme, width) as page:
        for form in _on_screens():
            page.goto(f"{server.root}/{language}/r/{a_round(school, form).code}")
            _see_every_screen(page, check_access)


@pytest.mark.parametrize(("language", "scheme"), _ENLARGED)
def test_everybody_can_use_every_type_at_400_percent(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str
) -> None:
    whole = a_round(school, every_type(languages=READ_IN)).code
    with _window(browser, scheme, *ZOOMED, scale=4) as page:
        page.goto(f"{server.root}/{language}/r/{whole}")
        _see_it_wrong_too(page, check_access)
        for form in _on_screens() if is_every() else ():
            page.goto(f"{server.root}/{language}/r/{a_round(school, form).code}")
            _see_every_screen(page, check_access)
