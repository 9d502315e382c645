"""The ways through the door in a real browser: an app, a passkey, and what people see on the way."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from feedback.operations.door.links import invite
from feedback.operations.school import School
from feedback.operations.staff import add_staff, remember_browser
from feedback.privacy.second_factor import code_at
from tests.conftest import Server
from tests.factories import NOW, a_staff_member
from tests.feedback.web.provider import CLIENT, SECRET, a_provider

PASSWORD = "seven brown otters knit"
Check = Callable[[Page], None]


@pytest.fixture
def address(school: School, server: Server) -> str:
    """The school under a name, because passkeys belong to names and to no number."""
    root = server.root.replace("127.0.0.1", "localhost")
    server.app.extensions["school"] = replace(school, settings=replace(school.settings, public_address=root))
    add_staff(school, "m.teacher", PASSWORD, ("teacher",), now=NOW)
    return root


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose browser has a device with a finger sensor."""
    opened = context.new_page()
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    _add_device(device)
    yield opened
    opened.close()


def _add_device(device: CDPSession) -> None:
    facts = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**facts, "isUserVerified": True}})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_app_is_set_up_and_opens_the_desk(page: Page, address: str, language: str, check_access: Check) -> None:
    key = _set_up(page, address, check_access, language)
    check_access(page)
    page.goto(f"{address}/{language}/desk/my-sign-in/")
    check_access(page)
    page.goto(f"{address}/{language}/desk/again")
    check_access(page)
    page.locator("form.sign-out button").click()
    _type_password(page, address, language)
    check_access(page)
    page.locator("#code").fill(code_at(key, NOW))
    page.locator("#code").press("Enter")
    # The code was used when the app was set up, and no code works twice.
    expect(page.locator("#code-error")).to_be_visible()
    check_access(page)


def test_a_passkey_is_made_opens_the_desk_alone_and_is_removed(page: Page, address: str, check_access: Check) -> None:
    _set_up(page, address, check_access)
    page.goto(f"{address}/en/desk/my-sign-in/")
    page.get_by_role("link", name="Add a passkey").click()
    check_access(page)
    page.get_by_label("Name of this passkey").fill("my telephone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("Passkey “my telephone”")).to_be_visible()
    check_access(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.goto(f"{address}/en/desk/again?to=/en/desk/my-sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My sign-in")
    page.get_by_role("link", name="Remove the passkey").click()
    check_access(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Passkey “my telephone”")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This passkey did not work")
    check_access(page)


def test_a_passkey_is_the_second_step_of_somebody_without_an_app(page: Page, address: str) -> None:
    _type_password(page, address)
    page.get_by_role("link", name="Use a passkey instead of an app").click()
    page.get_by_label("Name of this passkey").fill("a key")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_role("button", name="Sign out").click()
    _type_password(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_the_schools_own_service_is_linked_and_then_the_first_step(
    page: Page, address: str, server: Server, check_access: Check
) -> None:
    with a_provider() as provider:
        school = server.app.extensions["school"]
        service: dict[str, Any] = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT}
        settings = replace(school.settings, oidc_client_secret=SECRET, **service)
        server.app.extensions["school"] = replace(school, settings=settings)
        _set_up(page, address, check_access)
        page.goto(f"{address}/en/desk/my-sign-in/")
        page.get_by_role("link", name="Link this account").click()
        expect(page.get_by_text("It signs you in.")).to_be_visible()
        check_access(page)
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("link", name="Sign in by the school’s own service").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
        provider.claims = {"amr": ["mfa"]}
        page.goto(f"{address}/en/desk/sign-in")
        page.get_by_role("link", name="Sign in by the school’s own service").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def _type_password(page: Page, address: str, language: str = "en") -> None:
    page.goto(f"{address}/{language}/desk/sign-in")
    page.locator("#account").fill("m.teacher")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")


def _set_up(page: Page, address: str, check_access: Check, language: str = "en", now: datetime = NOW) -> str:
    """Set up the app; its key."""
    page.goto(f"{address}/{language}/desk/sign-in")
    check_access(page)
    _type_password(page, address, language)
    check_access(page)
    key = page.locator("figcaption code").inner_text().replace(" ", "")
    page.locator("#code").fill(code_at(key, now))
    page.locator("#code").press("Enter")
    expect(page.locator(".door-codes li")).to_have_count(10)
    check_access(page)
    return key


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_the_pages_of_accounts(
    page: Page, server: Server, school: School, language: str, check_access: Check
) -> None:
    admin = a_staff_member(school, "administrator", account="admin")
    a_staff_member(school, "interpreter", account="m.interpreter", languages=["so", "ar"])
    token = remember_browser(school, None, {"staff_id": admin.id}, now=NOW)
    page.context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    link = invite(school, admin, "m.reader", ("reader",), now=NOW)
    for path in ("accounts/", "accounts/invite", "my-sign-in/codes", f"link/{link}"):
        page.goto(f"{server.root}/{language}/desk/{path}")
        check_access(page)
    page.goto(f"{server.root}/{language}/desk/accounts/")
    page.locator(".door-acts button").first.click()
    expect(page.locator("main code")).to_contain_text("/desk/link/")
    check_access(page)
