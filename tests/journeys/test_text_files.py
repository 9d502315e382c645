"""A translator's file in a real browser: the pages can be used by everybody, and two presses take it."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.text_files import INTRODUCTION, a_draft, a_translator, filled_in, kept
from tests.looks import looks


@pytest.mark.parametrize(("language", "scheme", "width"), looks(("en", "ar")))
def test_a_translator_brings_a_file_back(
    school: School,
    app: Flask,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    scheme: str,
    width: int,
) -> None:
    translator, draft_id = a_translator(school, "fr"), a_draft(school, a_staff_member(school, "lead"))
    path = f"/forms/{draft_id}/files/fr"
    file = Desk(app, translator).client.get(f"/en/desk{path}/texts.po").data
    token = remember_browser(school, None, {"staff_id": translator.id}, now=NOW)
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=True,
    )
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    page.goto(f"{server.root}/{language}/desk{path}")
    check_access(page)
    page.locator("button.big").click()
    expect(page.locator(".problems")).to_be_visible()
    check_access(page)
    for words in ({"title": "{lost|perdu}", "introduction": "Bonjour à tous"}, {"introduction": "Trop tard"}):
        page.goto(f"{server.root}/{language}/desk{path}")
        payload = {"name": "texts.po", "mimeType": "text/plain", "buffer": filled_in(file, **words)}
        page.locator("input[type=file]").set_input_files(payload)  # type: ignore[arg-type]  # a FilePayload
        page.locator("button.big").click()
        expect(page.locator(".card")).to_have_count(len(words))
        check_access(page)
        if page.locator("input[name=read]").count():
            page.locator("button.big").click()
            expect(page.locator(".told")).to_be_visible()
            check_access(page)
    assert kept(school, INTRODUCTION)[:2] == ("Bonjour à tous", "draft")
    context.close()
