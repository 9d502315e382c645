"""The report of a month: what it says, that it stays so, and its PDF."""

from datetime import date, datetime, timedelta
from pathlib import Path

import page as validator
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback import jobs
from feedback.operations.audit.documents_asked_for import documents_asked_for
from feedback.operations.audit.month_reports import month_file
from feedback.operations.heads import sign_head
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.reports.month import make_month
from tests.desk import Desk
from tests.factories import a_round, a_staff_member

IN_OCTOBER = datetime(2026, 10, 14, 9, 0)


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "officer", account="officer@example.org"))


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the page asks of a worker that is not really there."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda *words: found.append(words))
    return found


def _an_october(school: School) -> None:
    with Session(school.engine) as session, session.begin():
        for action, about, facts in (
            ("round_opened", "a", {}),
            ("purged", "a", {"comments": 41, "tallies": 0, "boxes": 0}),
            ("purged", "b", {"comments": 42, "tallies": 9, "boxes": 0}),
            ("release_exported", "a", {"format": "csv"}),
            ("sign_in_failed", "x", {}),
            ("incident_noted", "i", {}),
            ("backup_made", "f", {}),
            ("proof_ended", "p", {"what": "prove", "held": 30, "of": 31}),
        ):
            record(session, IN_OCTOBER, "lead@example.org", action, about, **facts)
    sign_head(school, today=IN_OCTOBER.date())
    with Session(school.engine) as session, session.begin():
        record(session, IN_OCTOBER + timedelta(days=25), "lead@example.org", "round_opened", "c")
    a_round(school, state="scrubbed", counted_on=date(2026, 10, 30))


def _words(text: str) -> str:
    return " ".join(text.split())


def test_it_says_what_was_done_in_its_month_and_no_number_of_rows(school: School, desk: Desk) -> None:
    _an_october(school)
    assert "/en/desk/months/2026-10" in desk.open("/months/").links
    words = _words(desk.open("/months/2026-10").words)
    for said in (
        "Report of October 2026",
        "Opened 1 Counted 1",
        "Rounds of which the comments were deleted 2",
        "Rounds of which the counts and results were deleted 1",
        "Results were taken away as a file 1",
        "A sign-in failed 1",
        "An incident was written down 1",
        "No account was changed.",
        "Try to find out who said what, October 14, 2026 30 of 31 hold",
        "On October 14, 2026 the list had 8 entries",
    ):
        assert said in words, said
    # The signature is at random, so only whole words are looked at.
    assert not {"41", "42", "83", "9"} & set(words.partition("The list of what staff did")[0].split())


@pytest.mark.parametrize("about", ["2026-11", "2026-13", "nothing", "2027-01"])
def test_a_month_that_is_not_over_has_none(school: School, desk: Desk, about: str) -> None:
    _an_october(school)
    assert desk.status(f"/months/{about}") == 404


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_its_pdf_is_made_once_and_tagged(
    school: School, app: Flask, desk: Desk, asked: list[tuple[object, ...]], language: str, tmp_path: Path
) -> None:
    _an_october(school)
    token = desk.open("/").fields["csrf_token"]
    desk.client.post(f"/{language}/desk/months/2026-10", data={"csrf_token": token})
    assert asked == [(school.settings.instance, "make-month", "2026-10", language)]
    assert ("make-month", "2026-10", language) in documents_asked_for(school)
    assert "Refresh" in desk.open("/months/2026-10", language).response.headers
    with app.app_context():
        body = make_month(school, "2026-10", language)
    assert validator.is_pdf_compliant_bytes(body, profile="ua1")
    assert documents_asked_for(school) == []
    page = desk.open("/months/2026-10", language)
    (address,) = (link for link in page.links if link.endswith(".pdf"))
    assert (
        desk.client.get(address).data
        == body
        == month_file(school, a_staff_member(school, "officer"), "2026-10", language)
    )
    with app.app_context():
        assert make_month(school, "2026-10", language) == body
    (tmp_path / f"month-{language}.pdf").write_bytes(body)


@pytest.mark.parametrize("role", ["lead", "teacher", "administrator"])
def test_nobody_else_reads_it(school: School, app: Flask, role: str) -> None:
    _an_october(school)
    other = Desk(app, a_staff_member(school, role))
    pages = ("/months/", "/months/2026-10", "/months/2026-10-en.pdf")
    assert [other.status(page) for page in pages] == [403] * 3
