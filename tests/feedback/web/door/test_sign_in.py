"""Staff sign in; nobody else gets past the sign-in, and no other page is given anything to keep."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.app import create_app
from feedback.config import Settings
from feedback.models import SignIn
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member, app_code
from tests.pages import Page

SIGN_IN = "/en/desk/sign-in"
PASSWORD = "correct horse battery"


def test_a_teacher_signs_in_and_sees_what_is_due(school: School, client: FlaskClient) -> None:
    _sign_in(client, school)
    page = _type_code(client)
    assert (page.status, page.title) == (200, "Today")


def test_the_cookie_holds_a_token_that_scripts_and_other_sites_cannot_use(client: FlaskClient) -> None:
    cookie = client.get(SIGN_IN).headers["Set-Cookie"]
    assert cookie.startswith("voicebox=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "csrf_token" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(settings: Settings, school: School) -> None:
    over_https = replace(settings, public_address="https://voices.example")
    app = create_app(over_https)
    app.extensions["school"] = replace(school, settings=over_https)
    cookie = app.test_client().get(SIGN_IN, base_url="https://voices.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-voicebox=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_a_wrong_password_and_a_wrong_account_are_refused_in_the_same_words(
    school: School, client: FlaskClient
) -> None:
    wrong_password = _sign_in(client, school, typed="something else")
    wrong_account = _send(client, account="nobody@example.org", password="something else")
    assert (wrong_password.status, wrong_account.status) == (401, 401)
    assert wrong_password.words == wrong_account.words


def test_after_five_wrong_passwords_the_right_one_has_to_wait(school: School, app: Flask) -> None:
    client = app.test_client()
    a_staff_member(school, password=PASSWORD)
    for _ in range(5):
        _send(client, account="teacher@example.org", password="wrong")
    assert _send(client, account="teacher@example.org", password=PASSWORD).status == 401
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=31)
    assert _send(client, account="teacher@example.org", password=PASSWORD).title == "Second step"


def test_signing_in_gives_the_browser_a_new_token_and_ends_the_old_one(school: School, client: FlaskClient) -> None:
    client.get(SIGN_IN)
    _sign_in(client, school)
    before = client.get_cookie("voicebox")
    _type_code(client)
    after = client.get_cookie("voicebox")
    assert before
    assert after
    assert before.value != after.value
    with Session(school.engine) as session:
        assert session.scalars(select(SignIn.staff_id)).all() != [None]
        assert len(session.scalars(select(SignIn)).all()) == 1


def test_signing_out_ends_the_session_on_the_server_too(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school))
    kept = desk.client.get_cookie("voicebox")
    assert desk.send("/sign-out").title == "Sign in"
    assert kept
    desk.client.set_cookie("voicebox", kept.value)
    assert desk.client.get("/en/desk/").location == SIGN_IN


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/", "/pilots/", "/pilots/new", "/ask-my-class/", "/rounds/x/results", "/nowhere"])
def test_nobody_passes_without_signing_in(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(f"/en/desk{path}", method=method)
    assert (answer.status_code, answer.location) == (302, SIGN_IN)


def test_a_sign_in_that_was_not_used_for_half_an_hour_has_ended(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school))
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=29)
    assert desk.open("/").status == 200
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=58)
    assert desk.open("/").status == 200
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=89)
    assert desk.client.get("/en/desk/").location == SIGN_IN


def test_a_form_that_another_site_sends_is_refused(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, "lead"))
    round_ = a_round(school, state="draft")
    assert desk.client.post(f"/en/desk/rounds/{round_.id}/open").status_code == 400
    assert "Not opened yet" in desk.open(f"/rounds/{round_.id}").words


def test_over_https_a_form_of_ours_is_taken_without_a_referer(settings: Settings, school: School) -> None:
    over_https = replace(settings, public_address="https://voices.example")
    app = create_app(over_https)
    app.extensions["school"] = replace(school, settings=over_https)
    client = app.test_client()
    token = Page(client.get(SIGN_IN, base_url="https://voices.example")).fields["csrf_token"]
    body = {"account": "nobody", "password": "nothing", "csrf_token": token}
    assert client.post(SIGN_IN, data=body, base_url="https://voices.example").status_code == 401


def test_respondents_are_given_nothing_to_keep_even_by_a_browser_of_the_desk(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school))
    round_ = a_round(school)
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=10)
    for path in (f"/en/r/{round_.code}", f"/en/r/{round_.code}/about", f"/en/r/{round_.code}/results", "/en/nowhere"):
        assert "Set-Cookie" not in desk.client.get(path).headers
    with Session(school.engine) as session:
        assert session.scalars(select(SignIn.seen_at)).all() == [NOW]


def test_the_desk_does_not_speak_every_language(client: FlaskClient) -> None:
    page = Page(client.get("/fr/desk/sign-in"))
    assert (page.status, page.lang) == (404, "en")


def test_the_bare_address_leads_to_the_desk(client: FlaskClient) -> None:
    assert client.get("/").location == "/en/desk/"


def _sign_in(client: FlaskClient, school: School, *, typed: str = PASSWORD) -> Page:
    a_staff_member(school, password=PASSWORD)
    return _send(client, account="teacher@example.org", password=typed)


def _type_code(client: FlaskClient) -> Page:
    token = Page(client.get(f"{SIGN_IN}/code")).fields["csrf_token"][0]
    typed = {"code": app_code(), "csrf_token": token}
    return Page(client.post(f"{SIGN_IN}/code", data=typed, follow_redirects=True))


def _send(client: FlaskClient, **typed: str) -> Page:
    token = Page(client.get(SIGN_IN)).fields["csrf_token"][0]
    return Page(client.post(SIGN_IN, data={**typed, "csrf_token": token}, follow_redirects=True))
