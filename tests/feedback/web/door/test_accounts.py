"""Accounts are made and mended by links that a person hands over; no link gets round the second step."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, OneTimeLink, StaffMember
from feedback.operations.door.links import begin_new_factor, invite, make_link, set_password
from feedback.operations.errors import NotFound, NotPermitted, NotReady, SecondPersonNeeded
from feedback.operations.school import School
from feedback.privacy.passwords import weaknesses
from tests.desk import Desk
from tests.factories import NOW, a_staff_member, app_code
from tests.feedback.web.door.visitors import ACCOUNT, PASSWORD, Visitor, is_inside
from tests.pages import Page

NEW = "seven brown otters knit"


def _admin(school: School) -> StaffMember:
    return a_staff_member(school, "administrator", account="admin", password=PASSWORD)


def _link(page: Page) -> str:
    found = re.search(r"/en/desk(/link/[A-Za-z0-9_-]+)<", page.response.text)
    assert found, page.words
    return found[1]


def test_an_invited_person_sets_a_password_and_a_second_step(school: School, app: Flask) -> None:
    desk = Desk(app, _admin(school))
    link = _link(desk.send("/accounts/invite", account="M.Lead", roles=["lead"]))
    visitor = Visitor(app)
    assert visitor.send(link, password=NEW).title == "Set up your second step"
    assert not is_inside(visitor)
    visitor.set_up_app()
    assert is_inside(visitor)
    assert Visitor(app).open(link).status == 404
    assert "m.lead" in desk.open("/accounts/").words


def test_a_new_password_leaves_the_second_step_as_it_is_and_ends_sign_ins(school: School, app: Flask) -> None:
    member, desk = a_staff_member(school, password=PASSWORD), Desk(app, _admin(school))
    theirs = Desk(app, member)
    visitor = Visitor(app)
    assert visitor.send(_link(desk.send(f"/accounts/{member.id}/password")), password=NEW).title == "Second step"
    assert not is_inside(visitor)
    assert theirs.client.get("/en/desk/").status_code == 302
    visitor.send("/sign-in/code", code=app_code())
    assert is_inside(visitor)
    assert Visitor(app).take_first_step().status == 401


def test_a_new_second_step_asks_for_the_password(school: School, app: Flask) -> None:
    member, desk = a_staff_member(school, password=PASSWORD), Desk(app, _admin(school))
    link = _link(desk.send(f"/accounts/{member.id}/factor"))
    visitor = Visitor(app)
    assert visitor.send(link, password="wrong").status == 422
    assert visitor.send(link, password=PASSWORD).title == "Set up your second step"
    assert Visitor(app).open(link).status == 404


def test_an_officers_second_step_is_renewed_by_another_officer_only(school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer")
    other = a_staff_member(school, "officer", account="other")
    for by in (_admin(school), officer):
        with pytest.raises(SecondPersonNeeded):
            make_link(school, by, officer.id, now=NOW, renew_factor=True)
    with pytest.raises(NotPermitted):
        make_link(school, a_staff_member(school), officer.id, now=NOW, renew_factor=True)
    assert make_link(school, other, officer.id, now=NOW, renew_factor=True)
    with pytest.raises(NotPermitted):
        make_link(school, other, officer.id, now=NOW)


def test_nobody_becomes_an_officer_or_an_administrator_by_invitation(school: School) -> None:
    for role in ("officer", "administrator"):
        with pytest.raises(NotPermitted):
            invite(school, _admin(school) if role == "officer" else _other_admin(school), "x", (role,), now=NOW)


def _other_admin(school: School) -> StaffMember:
    return a_staff_member(school, "administrator", account="admin 2")


@pytest.mark.parametrize(("hours", "works"), [(71, True), (72, False)])
def test_an_invitation_lasts_three_days(school: School, hours: int, works: bool) -> None:
    token = invite(school, _admin(school), "x", ("reader",), now=NOW)
    later = NOW + timedelta(hours=hours)
    if works:
        assert set_password(school, token, NEW, now=later)
        return
    with pytest.raises(NotFound):
        set_password(school, token, NEW, now=later)


def test_a_link_for_one_thing_does_no_other(school: School) -> None:
    admin, member = _admin(school), a_staff_member(school, password=PASSWORD)
    for_factor = make_link(school, admin, member.id, now=NOW, renew_factor=True)
    with pytest.raises(NotFound):
        set_password(school, for_factor, NEW, now=NOW)
    for_password = make_link(school, admin, member.id, now=NOW)
    with pytest.raises(NotFound):
        begin_new_factor(school, for_password, PASSWORD, now=NOW)
    with pytest.raises(NotFound):
        begin_new_factor(school, for_factor, PASSWORD, now=NOW)


def test_only_the_hash_of_a_link_is_kept(school: School) -> None:
    token = invite(school, _admin(school), "x", ("reader",), now=NOW)
    with Session(school.engine) as session:
        assert token not in session.scalars(select(OneTimeLink.token_hash)).one()
        entries = session.scalars(select(AuditEntry)).all()
        assert [entry.action for entry in entries] == ["account_invited"]
        assert token not in str(entries[0].facts)


def test_the_last_officer_is_not_disabled_and_nobody_disables_themselves(school: School, app: Flask) -> None:
    admin = _admin(school)
    desk, officer = Desk(app, admin), a_staff_member(school, "officer", account="officer")
    assert "last privacy officer stays" in desk.send(f"/accounts/{officer.id}/disable").words
    assert desk.status(f"/accounts/{admin.id}/disable", "POST") == 403
    a_staff_member(school, "officer", account="officer 2")
    assert "Disabled." in desk.send(f"/accounts/{officer.id}/disable").words
    assert "Disabled." not in desk.send(f"/accounts/{officer.id}/enable").words


def test_a_disabled_account_does_not_sign_in_with_everything_right(school: School, app: Flask) -> None:
    member, desk = a_staff_member(school, password=PASSWORD), Desk(app, _admin(school))
    desk.send(f"/accounts/{member.id}/disable")
    assert Visitor(app).take_first_step().status == 401


@pytest.mark.parametrize("role", ["lead", "teacher", "reader"])
def test_accounts_are_the_administrators_page(school: School, app: Flask, role: str) -> None:
    desk = Desk(app, a_staff_member(school, role))
    assert (desk.status("/accounts/"), desk.status("/accounts/invite")) == (403, 403)


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("short", ("password_short",)),
        ("password123456", ("password_common",)),
        ("qwertyuiop12", ("password_common",)),
        ("Sunshine2026!", ("password_common",)),
        ("aaaaaaaaaaaaaaaa", ("password_common",)),
        ("Teacher brown otters", ("password_names",)),
        ("otters of HILLROADSCHOOL", ("password_names",)),
        (NEW, ()),
        ("x" * 20 + "lkjh ertz 9 wuq" * 20, ()),
    ],
)
def test_passwords_that_others_guess_are_refused(password: str, wrong: tuple[str, ...]) -> None:
    assert weaknesses(password, ACCOUNT, "Hill Road School") == wrong


def test_a_weak_password_is_told_at_its_field_and_the_link_still_works(school: School, app: Flask) -> None:
    token = invite(school, _admin(school), "x", ("reader",), now=NOW)
    visitor = Visitor(app)
    assert "too easy to guess" in visitor.send(f"/link/{token}", password="password123456").words
    assert visitor.send(f"/link/{token}", password=NEW).title == "Set up your second step"
    with pytest.raises(NotReady):
        invite(school, _other_admin(school), "x", ("reader",), now=NOW)
