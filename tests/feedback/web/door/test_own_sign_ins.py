"""Where somebody is signed in: listed without addresses, ended one by one, over after twelve hours; and asked again."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from feedback.models import StaffMember
from feedback.operations.door.sessions import end_all_of, end_sign_ins
from feedback.operations.school import School
from feedback.operations.staff import browser_contents, remember_browser
from tests.desk import Desk
from tests.factories import NOW, a_staff_member, app_code
from tests.feedback.web.door.visitors import PASSWORD


def test_ending_all_others_leaves_this_browser(school: School, app: Flask) -> None:
    member = a_staff_member(school)
    here, there, elsewhere = (Desk(app, member) for _ in range(3))
    page = here.open("/my-sign-in/")
    assert page.words.count("Signed in on 23 November 2026") + page.words.count("Signed in on November 23, 2026") == 3
    here.send("/my-sign-in/sign-ins/end-others")
    assert [desk.client.get("/en/desk/").status_code for desk in (here, there, elsewhere)] == [200, 302, 302]


def test_nobody_ends_somebody_elses_sign_in_from_their_own_page(school: School, app: Flask) -> None:
    mine, theirs = Desk(app, a_staff_member(school)), Desk(app, a_staff_member(school, "lead", account="lead"))
    path = theirs.open("/my-sign-in/").response.text.split("/my-sign-in/sign-ins/")[1].split("/end")[0]
    assert mine.status(f"/my-sign-in/sign-ins/{path}/end", "POST") == 404
    assert theirs.open("/").status == 200
    assert theirs.send(f"/my-sign-in/sign-ins/{path}/end").title == "Sign in"


def test_a_sign_in_is_over_after_twelve_hours_however_much_it_is_used(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school))
    for minutes in range(0, 720, 20):
        app.extensions["clock"] = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        assert desk.client.get("/en/desk/").status_code == 200
    app.extensions["clock"] = lambda: NOW + timedelta(hours=12)
    assert desk.client.get("/en/desk/").status_code == 302


def test_an_administrator_ends_all_sign_ins_of_an_account(school: School, app: Flask) -> None:
    member = a_staff_member(school)
    desks = [Desk(app, member), Desk(app, member)]
    end_all_of(school, a_staff_member(school, "administrator", account="admin"), member.id, now=NOW)
    assert [desk.client.get("/en/desk/").status_code for desk in desks] == [302, 302]


def test_a_sign_in_that_was_ended_does_not_come_back_by_a_page_that_was_on_its_way(school: School) -> None:
    token = remember_browser(school, None, {"staff_id": a_staff_member(school).id}, now=NOW)
    on_its_way = browser_contents(school, token, now=NOW)
    assert on_its_way
    with Session(school.engine) as session, session.begin():
        end_sign_ins(session, str(on_its_way["staff_id"]))
    remember_browser(school, token, {**on_its_way, "minute": "later"}, now=NOW)
    assert browser_contents(school, token, now=NOW) is None


def test_a_disabled_account_is_out_at_once(school: School, app: Flask) -> None:
    member = a_staff_member(school)
    desk = Desk(app, member)
    with Session(school.engine) as session, session.begin():
        session.get_one(StaffMember, member.id).is_disabled = True
    assert desk.client.get("/en/desk/").status_code == 302


def test_after_five_minutes_the_password_is_asked_for_and_the_page_comes_back(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, password=PASSWORD))
    assert desk.open("/my-sign-in/codes").title == "New recovery codes"
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=6)
    asked = desk.client.get("/en/desk/my-sign-in/codes").location
    assert asked == "/en/desk/again?to=/en/desk/my-sign-in/codes"
    path = asked.removeprefix("/en/desk")
    assert desk.send(path, password="wrong").status == 401
    assert desk.send(path, password=PASSWORD).title == "New recovery codes"


def test_a_code_is_as_good_as_the_password_for_being_asked_again(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, password=PASSWORD))
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=6)
    page = desk.send("/again?to=/en/desk/my-sign-in/codes", code=app_code(NOW + timedelta(minutes=6)))
    assert page.title == "New recovery codes"


def test_a_form_that_was_open_is_still_taken_after_ten_minutes(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, password=PASSWORD))
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=10)
    assert desk.send("/my-sign-in/codes").title == "Your recovery codes"
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=25)
    assert desk.send("/my-sign-in/codes").title == "Is it still you?"


def test_being_asked_again_leads_to_no_other_site(school: School, app: Flask) -> None:
    for to in (
        "https://evil.example/",
        "//evil.example/en/desk/",
        "/en/desk/../../x//y",
        "/en/desk/\\evil",
        "javascript:1",
    ):
        desk = Desk(app, a_staff_member(school, password=PASSWORD, account=f"t{len(to)}"))
        token = desk.open("/").fields["csrf_token"]
        sent = {"password": PASSWORD, "csrf_token": token}
        assert desk.client.post("/en/desk/again", query_string={"to": to}, data=sent).location == "/en/desk/"
