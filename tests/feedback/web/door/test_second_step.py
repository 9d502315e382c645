"""A password alone opens nothing: everybody sets up and shows a second step."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, RecoveryCode, SignIn, StaffMember
from feedback.operations.school import School
from feedback.operations.staff import add_staff
from tests.factories import NOW, a_staff_member, app_code
from tests.feedback.web.door.visitors import ACCOUNT, PASSWORD, Visitor, is_inside


def test_whoever_has_no_second_step_is_led_to_one_and_sees_nothing_else(school: School, app: Flask) -> None:
    add_staff(school, ACCOUNT, PASSWORD, ("teacher",), now=NOW)
    visitor = Visitor(app)
    assert visitor.take_first_step().title == "Set up your second step"
    for path in ("/", "/pilots/", "/my-sign-in/", "/again"):
        assert visitor.open(path).title == "Sign in"
    _key, codes = visitor.set_up_app()
    assert len(set(codes)) == 10
    assert is_inside(visitor)


def test_the_key_of_the_app_and_the_codes_are_in_no_byte_of_the_database(school: School, app: Flask) -> None:
    add_staff(school, ACCOUNT, PASSWORD, ("teacher",), now=NOW)
    visitor = Visitor(app)
    visitor.take_first_step()
    key, codes = visitor.set_up_app()
    with Session(school.engine) as session:
        stored = [
            str(vars(row)) for kind in (StaffMember, RecoveryCode, SignIn) for row in session.scalars(select(kind))
        ]
        sealed = session.scalars(select(StaffMember.app_key)).one()
    assert sealed
    assert key.encode() not in sealed
    for secret in (key, *codes, *(code.replace("-", "") for code in codes)):
        assert not any(secret in row for row in stored)


def test_a_wrong_code_lets_nobody_in_and_is_recorded(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    visitor.take_first_step()
    assert visitor.send("/sign-in/code", code="000000").status == 401
    assert not is_inside(visitor)
    assert _actions(school) == ["sign_in_failed"]


def test_a_code_signs_in_once(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    first, second = Visitor(app), Visitor(app)
    for visitor in (first, second):
        visitor.take_first_step()
        visitor.send("/sign-in/code", code=app_code())
    assert (is_inside(first), is_inside(second)) == (True, False)


@pytest.mark.parametrize(("seconds", "inside"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephones_clock_may_be_half_a_minute_off(school: School, app: Flask, seconds: int, inside: bool) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    visitor.take_first_step()
    visitor.send("/sign-in/code", code=app_code(NOW + timedelta(seconds=seconds)))
    assert is_inside(visitor) is inside


def test_codes_are_taken_in_the_digits_of_the_person(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    visitor.take_first_step()
    arabic = app_code().translate({ord("0") + each: chr(0x660 + each) for each in range(10)})
    visitor.send("/sign-in/code", code=f"{arabic[:3]} {arabic[3:]}")
    assert is_inside(visitor)


def test_five_wrong_codes_make_the_right_one_wait_even_after_the_right_password(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    for _ in range(5):
        visitor.take_first_step()
        visitor.send("/sign-in/code", code="000000")
    visitor.take_first_step()
    assert not is_inside(visitor)
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=31)
    visitor.take_first_step()
    visitor.send("/sign-in/code", code=app_code(NOW + timedelta(seconds=31)))
    assert is_inside(visitor)


def test_a_recovery_code_signs_in_once_and_says_how_many_are_left(school: School, app: Flask) -> None:
    add_staff(school, ACCOUNT, PASSWORD, ("teacher",), now=NOW)
    visitor = Visitor(app)
    visitor.take_first_step()
    _key, codes = visitor.set_up_app()
    later = Visitor(app)
    later.take_first_step()
    page = later.send("/sign-in/code", code=codes[3].upper().replace("-", " "))
    assert "9 recovery codes are left" in page.words
    again = Visitor(app)
    again.take_first_step()
    assert again.send("/sign-in/code", code=codes[3]).status == 401
    assert "recovery_used" in _actions(school)


def test_new_recovery_codes_end_the_old_ones(school: School, app: Flask) -> None:
    add_staff(school, ACCOUNT, PASSWORD, ("teacher",), now=NOW)
    visitor = Visitor(app)
    visitor.take_first_step()
    _key, codes = visitor.set_up_app()
    assert visitor.send("/my-sign-in/codes").title == "Your recovery codes"
    later = Visitor(app)
    later.take_first_step()
    assert later.send("/sign-in/code", code=codes[0]).status == 401


def test_somebody_with_an_app_cannot_set_up_another_one_with_the_password_alone(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    visitor.take_first_step()
    assert visitor.open("/sign-in/set-up").title == "Sign in"


def test_the_first_step_is_forgotten_after_ten_minutes(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    visitor.take_first_step()
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=11)
    assert visitor.open("/sign-in/code").title == "Sign in"


def test_signing_in_and_failing_is_recorded(school: School, app: Flask) -> None:
    a_staff_member(school, password=PASSWORD)
    visitor = Visitor(app)
    visitor.take_first_step(password="wrong")
    visitor.take_first_step()
    visitor.send("/sign-in/code", code=app_code())
    assert _actions(school) == ["sign_in_failed", "signed_in"]


def _actions(school: School) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
