"""Somebody at the door of the desk: a browser without JavaScript that is not signed in."""

import re
from typing import Any

from flask import Flask

from feedback.privacy.second_factor import code_at
from tests.factories import NOW
from tests.pages import Page

PASSWORD = "correct horse battery"
ACCOUNT = "teacher@example.org"


class Visitor:
    """A browser that comes to the desk from outside."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def open(self, path: str = "/sign-in") -> Page:
        """A page of the desk, wherever it leads."""
        return Page(self.client.get(f"/en/desk{path}", follow_redirects=True))

    def send(self, path: str, **typed: Any) -> Page:
        """Send the form of this page with what was typed."""
        token = self.open(path).fields["csrf_token"][0]
        return Page(self.client.post(f"/en/desk{path}", data={**typed, "csrf_token": token}, follow_redirects=True))

    def take_first_step(self, account: str = ACCOUNT, password: str = PASSWORD) -> Page:
        """Type account and password."""
        return self.send("/sign-in", account=account, password=password)

    def set_up_app(self) -> tuple[str, list[str]]:
        """Set up the app that the page offers; its key and the recovery codes."""
        key = re.search(r'<code dir="ltr">([A-Z2-7 ]+)<', self.open("/sign-in/set-up").response.text)
        assert key
        page = self.send("/sign-in/set-up", code=code_at(key[1].replace(" ", ""), NOW))
        assert page.title == "Your recovery codes", page.words
        return key[1].replace(" ", ""), re.findall(r"<code>([a-z0-9-]+)</code>", page.response.text)


def is_inside(visitor: Visitor) -> bool:
    """Whether the browser sees the desk."""
    return visitor.client.get("/en/desk/").status_code == 200
