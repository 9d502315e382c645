"""Exit tickets at the desk, and the code that a class comes in by."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.operations.rounds.course import close_round
from feedback.operations.rounds.tickets import make_ticket, open_today, ticket_for, tickets_of
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_staff_member
from tests.feedback.operations.rounds.test_tickets import PLAN
from tests.pages import Page, Respondent

TYPED: dict[str, Any] = {
    "class_name": "2B",
    "class_size": "24",
    "k": "10",
    "promise_days": "7",
    "ends_on": "2027-02-05",
    "languages": ["en", "ar"],
    "asked": ["easy", "again"],
}


def test_a_ticket_is_made_on_one_page_and_opened_from_today_with_one_press(school: School, app: Flask) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    desk = Desk(app, teacher)
    page = desk.send("/tickets/new/first-look", **TYPED)
    assert "Its code stays the same for the whole term." in page.words
    (at,) = tickets_of(school, teacher, now=NOW)
    assert [question.id for question in at.instrument.questions] == ["easy", "again"]
    assert f"/en/t/{at.ticket.code}" in desk.open(f"/tickets/{at.ticket.id}/board").words.replace("\u200b", "")
    assert "Exit ticket 2B: open for today" in desk.open("/").words
    opened = desk.send(f"/tickets/{at.ticket.id}/open")
    assert "Everyone has finished" in opened.words
    words = desk.open("/").words
    assert "It is open today." in words
    assert "open for today" not in words


def test_a_lead_makes_a_ticket_within_a_pilot_from_its_rounds(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot = a_pilot(school, owner_id=lead.id)
    desk, here = Desk(app, lead), f"?pilot={pilot.id}"
    assert f"/en/desk/tickets/new/{here}" in desk.open(f"/pilots/{pilot.id}/rounds/new/").links
    assert f"/en/desk/tickets/new/first-look{here}" in desk.open(f"/tickets/new/{here}").links
    desk.send(f"/tickets/new/first-look{here}", **TYPED)
    assert [each.pilot.id for each in tickets_of(school, lead, now=NOW)] == [pilot.id]
    assert desk.status("/tickets/new/?pilot=nothing") == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"class_name": ""}, "Say which class you ask."),
        ({"k": "25"}, "You cannot wait for more answers than there are people in the class."),
        ({"k": "4"}, "5"),
        ({"ends_on": "2026-11-22"}, "This day is over."),
        ({"asked": ["easy", "enjoy", "again", "favourite"]}, "Choose at most three questions."),
    ],
)
def test_what_is_wrong_with_a_ticket_is_said_and_what_was_typed_stays(
    school: School, app: Flask, wrong: dict[str, Any], said: str
) -> None:
    a_pilot(school, standing=True)
    page = Desk(app, a_staff_member(school)).send("/tickets/new/first-look", **{**TYPED, **wrong})
    assert (page.status, page.fields["class_size"]) == (422, ["24"])
    assert said in page.words


def test_the_code_leads_to_todays_questions_without_a_cookie_and_else_says_to_come_back(
    school: School, client: FlaskClient
) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    ticket_id = make_ticket(school, teacher, replace(PLAN, k=5), now=NOW)
    code = ticket_for(school, teacher, ticket_id, now=NOW).ticket.code
    shut = client.get(f"/en/t/{code}")
    assert "Not open just now" in Page(shut).words
    round_id = open_today(school, teacher, ticket_id, now=NOW)
    led = client.get(f"/ar/t/{code}")
    assert (led.status_code, led.headers["Location"].startswith("/ar/r/")) == (303, True)
    assert client.get(f"/ar+en/t/{code}").headers["Location"].startswith("/ar+en/r/")
    child = Respondent(client, led.headers["Location"].replace("/ar/", "/en/"))
    assert "Do you want to use it again?" in child.press("next").page.words
    close_round(school, teacher, round_id, now=NOW)
    answers = [shut, led, client.get(f"/en/t/{code}"), client.get("/en/t/NOPE42"), client.get(f"/es/t/{code}")]
    assert [each.status_code for each in answers] == [200, 303, 200, 404, 404]
    assert all("Set-Cookie" not in each.headers for each in answers)
    assert {each.headers["Cache-Control"] for each in answers} == {"no-store"}


def test_a_teachers_ticket_page_is_nobody_elses(school: School, app: Flask) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    ticket_id = make_ticket(school, teacher, PLAN, now=NOW)
    found = {
        role: Desk(app, a_staff_member(school, role, account=f"{role}2@example.org")).status(f"/tickets/{ticket_id}")
        for role in ("lead", "teacher", "reader", "interpreter", "officer", "administrator")
    }
    assert found == {
        "lead": 200,
        "teacher": 404,
        "reader": 403,
        "interpreter": 403,
        "officer": 403,
        "administrator": 403,
    }
