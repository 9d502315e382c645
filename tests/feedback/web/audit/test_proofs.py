"""The public parts are for everybody: the key, the newest head, its mark on the promise page."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback.operations.heads import DayHead, sign_head
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.evidence import evidence_key, read_document
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member
from tests.pages import Page


def _a_head(school: School) -> DayHead:
    with Session(school.engine) as session, session.begin():
        record(session, NOW, "lead@example.org", "round_opened", "round")
    signed = sign_head(school, today=NOW.date())
    assert signed is not None
    return signed


def test_the_promise_page_shows_the_mark(client: FlaskClient, school: School) -> None:
    round_ = a_round(school)
    before = Page(client.get(f"/en/r/{round_.code}/about")).words
    assert "mark" not in before
    head = _a_head(school)
    assert head.mark in Page(client.get(f"/en/r/{round_.code}/about")).words


def test_key_and_head_are_public_and_hold(client: FlaskClient, school: School) -> None:
    assert client.get("/head.json").status_code == 404
    head = _a_head(school)
    read = read_document(client.get("/head.json").data)
    assert (read.facts["hash"], read.public_key) == (head.hash, evidence_key(school.keystore))
    pem = client.get("/public-key.pem")
    assert pem.text.startswith("-----BEGIN PUBLIC KEY-----")
    assert "Set-Cookie" not in pem.headers


def test_the_desk_tells_how_to_check(app: Flask, school: School) -> None:
    desk = Desk(app, a_staff_member(school, "officer", account="officer@example.org"))
    assert "first mark is made tonight" in desk.open("/proofs/").words
    head = _a_head(school)
    assert head.mark in desk.open("/proofs/").words
    assert desk.status("/proofs/check.html") == 200
