"""The officer's rules, forms and letters, and a round's families, in a real browser: everybody can use the pages."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from feedback.operations.audit.letters import write_letter
from feedback.operations.rules import Choice, choose_rules
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_round, a_staff_member
from tests.looks import looks
from tests.officer import choose_nothing


@pytest.mark.parametrize(("language", "scheme", "width"), looks(("en", "ar")))
def test_everybody_can_use_the_officers_pages(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    scheme: str,
    width: int,
) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    choose_nothing(school)
    choose_rules(school, officer, Choice("us-federal", k_team=10), now=NOW)
    choose_rules(school, officer, Choice("us-federal"), reason="Our classes are small.", now=NOW)
    round_ = a_round(school, state="draft", code="AB12CD", opens_at=NOW, closes_at=NOW + timedelta(days=60))
    letter = write_letter(school, officer, "access", language, now=NOW)
    token = remember_browser(school, None, {"staff_id": officer.id}, now=NOW)
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
    )
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    families = f"desk/rounds/{round_.id}/families"
    own = ("desk/profile", "desk/profile/us-utah", "desk/approvals/", "desk/letters/", f"desk/letters/{letter}")
    for path in (*own, families, f"{families}/letter", f"desk/rounds/{round_.id}", "r/AB12CD/questions"):
        page.goto(f"{server.root}/{language}/{path}")
        check_access(page)
        if folder := os.environ.get("SHOTS"):
            name = path.replace("/", "-").replace(round_.id, "round").replace(letter, "letter")
            page.screenshot(path=str(Path(folder, f"{name}-{language}-{scheme}-{width}.png")), full_page=True)
    page.goto(f"{server.root}/{language}/desk/approvals/")
    page.locator("main .beside-option a").first.click()
    check_access(page)
    context.close()
