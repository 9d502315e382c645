"""Signing in with a browser as people do: account, password, code."""

from playwright.sync_api import Page, expect

from tests.conftest import Server
from tests.factories import app_code

PASSWORD = "correct horse battery"


def sign_in(page: Page, server: Server, account: str, first_page: str = "Today") -> None:
    """From the sign-in page, in English, to the account's first page."""
    page.goto(f"{server.root}/en/desk/sign-in")
    page.get_by_label("Account").fill(account)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code").fill(app_code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first_page)
