"""The log of incidents: the clock of 72 hours, what is added, and the text for the authority."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Incident, StaffMember
from feedback.operations.audit.incidents import NewIncident, add_to_incident, incident, note_incident, open_incidents
from feedback.operations.errors import NotReady, WrongState
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_staff_member

_SAID = {"what": "Sheets lay in the yard.", "data_kinds": "Sheets of a class.", "people": "10_to_100"}
_SAID |= {"measures": "They were gathered and shredded."}


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "officer", account="officer@example.org"))


def _an_incident(school: School, *, hours_ago: int = 0, account: str = "it@example.org") -> tuple[str, StaffMember]:
    officer = a_staff_member(school, "officer", account=account)
    new = NewIncident(NOW - timedelta(hours=hours_ago), "Sheets were lost.", "Sheets", "under_10", "Looked for.")
    return note_incident(school, officer, new, now=NOW), officer


@pytest.mark.parametrize(
    ("hours_ago", "said"),
    [
        (0, "3 days and 0 hours left to tell the authority."),
        (21, "2 days and 3 hours left to tell the authority."),
        (71, "0 days and 1 hour left to tell the authority."),
        (97, "Late by 1 day and 1 hour. Tell the authority now"),
    ],
)
def test_the_clock_says_in_words_what_is_left(school: School, desk: Desk, hours_ago: int, said: str) -> None:
    incident_id, _ = _an_incident(school, hours_ago=hours_ago)
    assert said in desk.open(f"/incidents/{incident_id}").words
    assert said in desk.open("/incidents/").words


def test_one_is_written_down_added_to_and_closed(school: School, desk: Desk) -> None:
    page = desk.send("/incidents/new", at="2026-11-22T09:00", **_SAID)
    assert "The clock runs." in page.words
    with Session(school.engine) as session:
        incident_id = session.scalars(select(Incident.id)).one()
    added = desk.send(f"/incidents/{incident_id}", kind="told_authority", at="2026-11-22T15:00", words="By their form.")
    assert "left to tell" not in added.words
    assert "The authority was told" in added.words
    desk.send(f"/incidents/{incident_id}", kind="closed", at="2026-11-22T16:00", words="Nothing more to do.")
    page = desk.open(f"/incidents/{incident_id}")
    assert "Add to it" not in page.words
    for said in ("Sheets lay in the yard.", "Article 33(3)", "3. Roughly how many people: 10 to 100"):
        assert said in page.response.text
    again = desk.send(f"/incidents/{incident_id}", kind="learned", at="2026-11-22T16:30", words="More.")
    assert again.status == 409
    assert "This incident is closed." in again.words
    with Session(school.engine) as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("incident"))).all()
    assert [each.action for each in noted] == ["incident_noted", *["incident_added_to"] * 2]
    assert all(len(each.facts["sha256"]) == 64 for each in noted)


def test_somebodys_name_is_asked_about_and_nothing_typed_is_lost(school: School, desk: Desk) -> None:
    said = {**_SAID, "what": "Mrs. Margaret Thompson lost a list."}
    page = desk.send("/incidents/new", at="2026-11-22T09:00", **said)
    assert page.status == 422
    assert "May these be people’s names?" in page.words
    assert "They were gathered and shredded." in page.response.text
    with Session(school.engine) as session:
        assert session.scalars(select(Incident)).all() == []


@pytest.mark.parametrize("at", ["", "2026-12-24T09:00", "yesterday"])
def test_the_clock_needs_a_moment_that_has_been(desk: Desk, at: str) -> None:
    page = desk.send("/incidents/new", at=at, **_SAID)
    assert page.status == 422
    assert "at" in page.fields


def test_the_operation_itself_refuses_what_the_form_would(school: School) -> None:
    incident_id, officer = _an_incident(school)
    late = NOW + timedelta(hours=1)
    with pytest.raises(NotReady):
        add_to_incident(school, officer, incident_id, "learned", "More", at=late, now=NOW)
    with pytest.raises(NotReady):
        add_to_incident(school, officer, incident_id, "gossip", "More", at=NOW, now=NOW)
    add_to_incident(school, officer, incident_id, "closed", "Done", at=NOW, now=NOW)
    seen = incident(school, officer, incident_id)
    assert (seen.left(NOW), open_incidents([seen])) == (None, [])
    with pytest.raises(WrongState):
        add_to_incident(school, officer, incident_id, "learned", "More", at=NOW, now=NOW)


def test_the_most_urgent_comes_first(school: School) -> None:
    old, officer = _an_incident(school, hours_ago=50)
    told, _ = _an_incident(school, hours_ago=60, account="two@example.org")
    add_to_incident(school, officer, told, "told_authority", "Told", at=NOW, now=NOW)
    found = [incident(school, officer, each) for each in (told, old)]
    assert [each.id for each in open_incidents(found)] == [old, told]


@pytest.mark.parametrize("role", ["lead", "teacher", "administrator"])
def test_nobody_else_sees_them(school: School, app: Flask, role: str) -> None:
    incident_id, _ = _an_incident(school)
    other = Desk(app, a_staff_member(school, role))
    pages = ("/incidents/", "/incidents/new", f"/incidents/{incident_id}")
    assert [other.status(page) for page in pages] == [403] * 3
