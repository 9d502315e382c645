"""Somebody who works at the school, at the desk, without JavaScript."""

from typing import Any

from flask import Flask

from feedback.models import StaffMember
from feedback.operations.staff import remember_browser
from tests.factories import NOW
from tests.pages import Page


class Desk:
    """A browser that is signed in as this account. Opening a page checks what every page of the school must have."""

    def __init__(self, app: Flask, member: StaffMember) -> None:
        self.client = app.test_client()
        token = remember_browser(app.extensions["school"], None, {"staff_id": member.id}, now=NOW)
        self.client.set_cookie("voicebox", token)

    def open(self, path: str, language: str = "en") -> Page:
        """A page of the desk, by the part of its address after `/<language>/desk`."""
        return Page(self.client.get(f"/{language}/desk{path}"))

    def send(self, path: str, **typed: Any) -> Page:
        """Send a form with what was typed, and go where it leads."""
        body = {**typed, "csrf_token": self.open("/").fields["csrf_token"]}
        return Page(self.client.post(f"/en/desk{path}", data=body, follow_redirects=True))

    def status(self, path: str, method: str = "GET") -> int:
        """What an address answers, whatever it is: a page, a picture, a refusal."""
        token = self.open("/").fields["csrf_token"]
        body = {"csrf_token": token} if method == "POST" else None
        return self.client.open(f"/en/desk{path}", method=method, data=body).status_code
