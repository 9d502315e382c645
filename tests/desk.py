"""Somebody who works at the school, at the desk, without JavaScript."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from feedback.models import Comment, Round, StaffMember, Theme
from feedback.operations.counting.comments import Reading, open_comments, seal_reading
from feedback.operations.finish import finish_round
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from forms.questions.base import Answer
from tests.factories import NOW, drop_envelopes
from tests.pages import Page


class Desk:
    """A browser that is signed in as this account. Opening a page checks what every page of the school must have."""

    def __init__(self, app: Flask, member: StaffMember) -> None:
        self.client = app.test_client()
        token = remember_browser(app.extensions["school"], None, {"staff_id": member.id}, now=NOW)
        self.client.set_cookie("voicebox", token)
        self._token = ""

    def open(self, path: str, language: str = "en") -> Page:
        """A page of the desk, by the part of its address after `/<language>/desk`."""
        return Page(self.client.get(f"/{language}/desk{path}"))

    def send(self, path: str, **typed: Any) -> Page:
        """Send a form with what was typed, and go where it leads."""
        body = {**typed, "csrf_token": self._csrf_token()}
        return Page(self.client.post(f"/en/desk{path}", data=body, follow_redirects=True))

    def status(self, path: str, method: str = "GET") -> int:
        """What an address answers, whatever it is: a page, a picture, a refusal."""
        body = {"csrf_token": self._csrf_token()} if method == "POST" else None
        return self.client.open(f"/en/desk{path}", method=method, data=body).status_code

    def _csrf_token(self) -> str:
        """Of the first page: it holds as long as the sign-in, and a page takes longer than most tests."""
        self._token = self._token or self.open("/").fields["csrf_token"][0]
        return self._token


def fill_and_count(school: School, round_: Round, *answers: Mapping[str, Answer]) -> None:
    """Put these answers into the open round's box, close it and do what the worker does."""
    drop_envelopes(school, round_, *answers)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=NOW.date())


def find_theme(school: School, round_: Round, question: str, code: str = "food") -> str:
    """Say, as analysis would, that everything written to this question is about one theme; the theme's id."""
    with Session(school.engine) as session, session.begin():
        for opened in open_comments(school, session, round_.id):
            reading = Reading((code,), 0.9, "en", "unclear")
            sealed = seal_reading(school, round_.id, question, reading)
            session.get_one(Comment, opened.id).sealed_reading = sealed
        theme = Theme(round_id=round_.id, question=question, code=code, label="")
        session.add(theme)
        session.flush()
        return theme.id
