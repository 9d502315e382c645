"""The officer's registers as axe and a narrow window see them, and an audit pack's index as it lies on a disk."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from feedback.operations.audit.registers.all import REGISTERS
from feedback.operations.audit.registers.facts import FACTS
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_round, a_staff_member
from tests.looks import is_every

Check = Callable[[Page], None]
_LOOKS = [
    ("en", "dark", 375),
    ("ar", "light", 1280),
    *([("en", "light", 1280), ("ar", "dark", 375)] if is_every() else []),
]


@pytest.mark.parametrize(("language", "scheme", "width"), _LOOKS)
def test_the_officer_can_use_every_page(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str, width: int
) -> None:
    a_round(school)
    token = remember_browser(school, None, {"staff_id": a_staff_member(school, "officer").id}, now=NOW)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    # The longest is of one kind with the others, and takes axe as long as all of them.
    for name in ("", "facts", *(set(REGISTERS) - ({"inventory"} if not is_every() else set()))):
        page.goto(f"{server.root}/{language}/desk/registers/{name}")
        assert page.locator("h1").count() == 1, name
        check_access(page)
        _keep(page, f"{language}-{name or 'index'}")
    page.goto(f"{server.root}/{language}/desk/registers/facts")
    for name in FACTS:
        page.fill(f"[name={name}]", f"The {name}")
    page.click("main form button:not(.by-enter)")
    assert page.locator(".told").count() == 1
    page.click("section.card button:not(.by-enter)")
    page.wait_for_selector("progress")
    check_access(page)
    _keep(page, f"{language}-asked")
    context.close()


def _keep(page: Page, name: str) -> None:
    """Where somebody wants to look at the pages themselves."""
    if folder := os.environ.get("LOOK_AT"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
