"""Changing one's own password: the old one is asked for, other sign-ins end, and a weak one is refused in words."""

from flask import Flask
from sqlalchemy.orm import Session

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.privacy.passwords import is_password
from tests.desk import Desk
from tests.factories import a_staff_member
from tests.feedback.web.door.visitors import PASSWORD

NEW = "four quiet green lamps"
PATH = "/my-sign-in/password"


def is_now(school: School, member: StaffMember, password: str) -> bool:
    with Session(school.engine) as session:
        return is_password(password, session.get_one(StaffMember, member.id).password_hash)


def test_the_new_password_counts_and_other_browsers_are_out(school: School, app: Flask) -> None:
    member = a_staff_member(school, password=PASSWORD)
    here, there = Desk(app, member), Desk(app, member)
    assert "You are signed out everywhere else." in here.send(PATH, old=PASSWORD, password=NEW).words
    assert is_now(school, member, NEW)
    assert [desk.client.get("/en/desk/").status_code for desk in (here, there)] == [200, 302]


def test_without_the_old_password_nothing_changes_and_the_try_counts(school: School, app: Flask) -> None:
    member = a_staff_member(school, password=PASSWORD)
    page = Desk(app, member).send(PATH, old="something else", password=NEW)
    assert (page.status, "This did not work." in page.words) == (422, True)
    assert is_now(school, member, PASSWORD)
    with Session(school.engine) as session:
        assert session.get_one(StaffMember, member.id).failed_sign_ins == 1


def test_a_weak_new_password_is_refused_and_costs_no_try(school: School, app: Flask) -> None:
    member = a_staff_member(school, password=PASSWORD)
    page = Desk(app, member).send(PATH, old="something else", password="password")
    assert (page.status, "This password is too short" in page.words) == (422, True)
    with Session(school.engine) as session:
        assert session.get_one(StaffMember, member.id).failed_sign_ins == 0


def test_the_page_of_how_one_signs_in_leads_to_it(school: School, app: Flask) -> None:
    page = Desk(app, a_staff_member(school, password=PASSWORD)).open("/my-sign-in/")
    assert "/en/desk/my-sign-in/password" in page.response.text
