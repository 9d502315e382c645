"""The privacy officer's first page: what waits, who looked, what was proved; and what is held."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback.models import Comment
from feedback.operations.answers.slips import ask_for_more
from feedback.operations.audit.incidents import NewIncident, note_incident
from feedback.operations.audit.proof_runs import Result, keep_result, running
from feedback.operations.door.looked_at import Looks
from feedback.operations.heads import sign_head
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.two_people import Deed, ask
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes
from tests.pages import Respondent


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "officer", account="officer@example.org"))


def test_everything_that_waits_stands_there_and_leads_to_its_page(school: School, app: Flask, desk: Desk) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    other = a_staff_member(school, "officer", account="other@example.org")
    round_ = a_round(school, title="Class 3C", slips=True)
    ask_for_more(school, lead, round_.id, 10, now=NOW)
    ask(school, lead, Deed.DELETE_EARLY, "thing", reason="They asked for it.", now=NOW)
    new = NewIncident(NOW - timedelta(hours=21), "Sheets were lost.", "Sheets", "under_10", "Looked for.")
    note_incident(school, other, new, now=NOW)
    Looks().note_read(school, lead, "results", round_.id, now=NOW)
    sign_head(school, today=NOW.date())
    with running(school, None, "prove", now=NOW) as run_id:
        keep_result(school, run_id, [Result("no times", holds=False, said="Two.")], now=NOW)
    page = desk.open("/")
    for said in (
        "2 days and 3 hours left to tell the authority.",
        "1 request that needs a second person",
        "Class 3C",
        "1 check does not hold.",
        "Restoring a backup was never tried.",
        "Mark of what staff did, November 23, 2026:",
        "lead@example.org: results, Class 3C",
    ):
        assert said in " ".join(page.words.split()), said
    assert "Nothing is due" not in page.words
    paths = {link for link in page.links if link.startswith("/en/desk/")}
    assert {"/en/desk/agreements/", "/en/desk/proofs/run", "/en/desk/proofs/", "/en/desk/privacy"} <= paths
    assert {desk.client.get(link).status_code for link in paths} == {200}
    assert app.extensions["clock"]() == NOW


def test_a_drill_and_a_quiet_week(school: School, desk: Desk) -> None:
    with Session(school.engine) as session, session.begin():
        record(session, NOW - timedelta(days=30), "console", "restore_drilled", "backup")
    page = desk.open("/")
    assert "Restoring a backup was tried last on October 24, 2026." in page.words
    assert "Nobody looked at voices." in page.words
    assert "No proof was run yet." in page.words


@pytest.mark.parametrize("role", ["lead", "teacher", "administrator", "reader"])
def test_nobody_else_has_it(school: School, app: Flask, role: str) -> None:
    assert "Once a week" not in Desk(app, a_staff_member(school, role)).open("/").words


def test_the_page_for_everybody_is_there_in_every_language_and_sets_nothing(
    client: FlaskClient, school: School
) -> None:
    round_ = a_round(school)
    about = Respondent(client, f"/en/r/{round_.code}/about").page
    assert "/en/what-we-hold" in about.links
    answer = client.get("/en/what-we-hold")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Who answered, and who did not." in answer.text
    assert client.get("/ar/what-we-hold").status_code == 200
    assert client.get("/xx/what-we-hold").status_code == 404


def test_how_much_is_held_is_told_in_steps_and_never_of_a_shut_box(school: School, desk: Desk) -> None:
    drop_envelopes(school, a_round(school), *[{"again": "yes"}] * 13)
    counted = a_round(school, a_family_instrument())
    fill_and_count(school, counted, *[{"again": "yes", "wish": "More books please"}] * 12)
    body = desk.open("/what-we-hold").response.text
    rows = dict(re.findall(r'<tr><th scope="row">(.*?)</th>\s*<td>(.*?)</td>', body, re.DOTALL))
    assert rows["Sealed answers in boxes"] == "some; nobody may know how much"
    assert rows["Texts that people wrote, sealed, in random order"] == "10 or more"
    assert rows["Results that were frozen"] == "some, fewer than 10"
    assert "13" not in rows.values()
    with Session(school.engine) as session, session.begin():
        for comment in session.query(Comment).limit(5):
            session.delete(comment)
    assert "some, fewer than 10" in desk.open("/what-we-hold").words
