"""Who opened voices, and who was refused, is in the list of what staff did: once a day, and nothing of respondents."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry
from feedback.operations.school import School
from feedback.web.looked_at import READ
from tests.desk import Desk
from tests.factories import a_family_instrument, a_round, a_staff_member
from tests.feedback.operations.results.test_release import a_counted_round


def _noted(school: School, *actions: str) -> list[tuple[str, str, str]]:
    with Session(school.engine) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action.in_(actions)).order_by(AuditEntry.number))
        return [(each.account, each.object_id, each.facts.get("what", "")) for each in entries]


def test_every_page_in_the_list_is_there(app: Flask) -> None:
    assert set(READ) <= set(app.view_functions)


def test_opening_comments_is_noted_once_a_day(app: Flask, school: School) -> None:
    round_ = a_counted_round(school, *[{"wish": "x"}] * 12, instrument=a_family_instrument())
    reader = a_staff_member(school, "reader", account="reader@example.org")
    desk = Desk(app, reader)
    for _ in range(2):
        desk.open(f"/rounds/{round_.id}/review")
    app.extensions["looks"].__init__()
    desk.open(f"/rounds/{round_.id}/review")
    assert _noted(school, "looked_at") == [("reader@example.org", round_.id, "comments")]


def test_what_is_refused_is_noted_and_what_is_not_shown_is_not(app: Flask, school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    desk = Desk(app, officer)
    assert [desk.status("/translations") for _ in range(2)] == [403, 403]
    assert _noted(school, "looked_at", "refused") == [("officer@example.org", "interpret.any_one", "")]


def test_a_respondents_page_notes_nothing(client: FlaskClient, school: School) -> None:
    round_ = a_round(school)
    for page in ("", "/about", "/nothing"):
        client.get(f"/en/r/{round_.code}{page}")
    assert _noted(school, "looked_at", "refused") == []
