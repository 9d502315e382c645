"""The page of what needs two people: one asks, another says yes, and the one who asked cannot."""

from flask import Flask

from feedback.operations.school import School
from feedback.operations.two_people import Deed, ask, open_requests
from tests.desk import Desk
from tests.factories import NOW, a_staff_member


def test_the_second_person_says_yes_and_the_first_cannot(app: Flask, school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    lead = a_staff_member(school, "lead", account="lead@example.org")
    asked = ask(school, officer, Deed.EASE_RULES, "rules", reason="A <small> school", now=NOW)
    first, second = Desk(app, officer), Desk(app, lead)
    assert "A <small> school" in first.open("/agreements/").words
    assert first.status(f"/agreements/{asked}/yes", "POST") == 403
    assert "Whoever asked can do it now" in second.send(f"/agreements/{asked}/yes").words
    assert [each.state for each in open_requests(school, officer, now=NOW)] == ["agreed"]
    assert second.status(f"/agreements/{asked}/no", "POST") == 409
    first.send(f"/agreements/{asked}/back")
    assert "Nothing waits" in first.open("/agreements/").words


def test_somebody_whom_it_does_not_concern_sees_and_does_nothing(app: Flask, school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    asked = ask(school, officer, Deed.LIFT_HOLD, "round", reason="Over", now=NOW)
    teacher = Desk(app, a_staff_member(school, "teacher"))
    assert "Nothing waits" in teacher.open("/agreements/").words
    assert teacher.status(f"/agreements/{asked}/yes", "POST") == 403
    assert teacher.status("/agreements/nothing/no", "POST") == 404
