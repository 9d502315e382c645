"""The registers about staff and about what went wrong: whole, and with the 72 hours counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.i18n import Catalogue, speaking
from feedback.operations.audit.incidents import BANDS, KINDS, NewIncident, add_to_incident, note_incident
from feedback.operations.audit.registers import access, incident_log
from feedback.operations.audit.registers.all import make_register
from feedback.operations.audit.registers.kind import Register
from feedback.operations.school import School
from tests.factories import NOW, a_staff_member


@pytest.fixture(autouse=True)
def _spoken(app: Flask) -> Iterator[None]:
    with app.app_context(), speaking("en", Catalogue.STAFF):
        yield


def _made(school: School, name: str) -> Register:
    with Session(school.engine) as session:
        return make_register(session, school, name, "en").register


def test_every_account_stands_in_the_access_review_with_its_roles_in_words(school: School) -> None:
    a_staff_member(school, "officer", account="officer@example.org", password="correct horse battery")
    a_staff_member(school, "lead", "reader", account="lead@example.org", is_disabled=True)
    (section,) = _made(school, access.NAME).sections
    assert section.sentences[0].startswith("Accounts that can sign in: 1. Disabled accounts: 1.")
    assert [(row[0], row[1], row[2], row[4]) for row in section.rows] == [
        ("lead@example.org", "Pilot lead, Reader", "Disabled", "no"),
        ("officer@example.org", "Privacy officer", "In use", "yes"),
    ]
    assert all(len(row) == len(section.head) for row in section.rows)


def test_an_incident_stands_in_the_log_with_all_that_was_added_and_whether_it_was_told_in_time(school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    for hours in (80, 10):
        new = NewIncident(NOW - timedelta(hours=hours), "Sheets were lost.", "Sheets", "under_10", "Looked for.")
        added = note_incident(school, officer, new, now=NOW)
        add_to_incident(school, officer, added, "told_authority", "By telephone.", at=NOW, now=NOW)
    register = _made(school, incident_log.NAME)
    assert register.statements[0].sentence == (
        "Incidents written down: 2. Still open: 2. The authority was told within 72 hours: 1."
    )
    newest = register.sections[1]
    assert newest.heading.startswith("Found on ")
    assert "What happened: Sheets were lost." in newest.sentences
    assert "How many people: Fewer than 10" in newest.sentences
    assert [row[1:] for row in newest.rows] == [("The authority was told", "By telephone.", "officer@example.org")]


def test_the_log_has_words_for_everything_that_can_be_noted() -> None:
    assert incident_log.BAND_NAMES.keys() == set(BANDS)
    assert incident_log.NOTE_NAMES.keys() == set(KINDS)
