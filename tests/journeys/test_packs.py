"""A pack of another school in a real browser: looked into and taken in, passed by axe in both directions of writing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.operations.school import School
from feedback.operations.workshop.packs import make_pack, own_fingerprint
from feedback.privacy.keys import Keystore
from forms.library import open_library
from tests.conftest import Server
from tests.factories import a_staff_member
from tests.journeys.door import PASSWORD, sign_in


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_take_in_a_pack(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    tmp_path: Path,
    language: str,
) -> None:
    other, file = replace(school, keystore=Keystore(tmp_path / "another keystore")), tmp_path / "form.voicebox"
    file.write_bytes(make_pack(other, open_library("can-everyone-use-it-6-8"), {}, {}))
    a_staff_member(school, "lead", account="lead@example.org", password=PASSWORD)
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, server, "lead@example.org")
    page.goto(f"{server.root}/{language}/desk/forms/bring-in")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button.big").click()
    expect(page.locator("main code")).to_have_text(own_fingerprint(other))
    check_access(page)
    page.locator("main button.big").click()
    expect(page.locator(".problems")).to_be_visible()
    check_access(page)
    page.locator("#compared").check()
    page.locator("main button.big").click()
    expect(page.locator("nav.tabs")).to_be_visible()
    page.goto(page.url.split("#")[0] + "/give-away")
    check_access(page)
    page.context.close()
