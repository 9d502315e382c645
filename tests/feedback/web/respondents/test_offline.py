"""The addresses behind a form without a line: its empty page, its scripts, and where sealed answers come in."""

import base64
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from feedback.models import Envelope, Round
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.receipts import withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_family_instrument, a_round, an_instrument
from tests.feedback.operations.answers.test_respond_sealed import sealed_as_browsers_do
from tests.pages import Page, Respondent


@pytest.fixture
def round_(school: School) -> Round:
    """A round whose form is one page."""
    return a_round(school, a_family_instrument())


def _body(school: School, round_: Round, **typed: str) -> dict[str, str]:
    sealed = sealed_as_browsers_do(school, round_, b'{"typed": {"ease": ["easy"]}}')
    return {"key": new_form_key(), "sealed": base64.urlsafe_b64encode(sealed).decode(), "slip": "", **typed}


def _send(client: FlaskClient, round_: Round, body: dict[str, str], **headers: str) -> TestResponse:
    return client.post(f"/en/r/{round_.code}/sealed", data=body, headers=headers)


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def test_sealed_answers_go_into_the_box_once_and_nothing_comes_back(
    school: School, client: FlaskClient, round_: Round
) -> None:
    body = _body(school, round_)
    for _ in range(3):
        answered = _send(client, round_, body)
        assert (answered.status_code, answered.data) == (204, b"")
        assert answered.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answered.headers
    assert _envelopes(school) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"key": ""}, {"key": "g" * 32}, {"sealed": ""}, {"sealed": "!"}, {"sealed": "AAAA"}, {"sealed": "é"}],
)
def test_what_no_page_of_ours_sends_is_refused(
    school: School, client: FlaskClient, round_: Round, wrong: dict[str, str]
) -> None:
    assert _send(client, round_, _body(school, round_, **wrong)).status_code == 400
    assert _envelopes(school) == 0


def test_late_ones_are_told_so(school: School, app: Flask, client: FlaskClient, round_: Round) -> None:
    body = _body(school, round_)
    app.extensions["clock"] = lambda: NOW + timedelta(days=8)
    assert _send(client, round_, body).status_code == 410
    assert _envelopes(school) == 0


def test_an_envelope_that_was_taken_out_does_not_come_back(school: School, client: FlaskClient, round_: Round) -> None:
    key = new_form_key()
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    receipt = accept(school, asked, key, {"ease": "easy"}, now=NOW).receipt
    withdraw(school, round_.code, receipt, now=NOW)
    assert _send(client, round_, _body(school, round_, key=key)).status_code == 410


def test_no_other_site_can_send_one(school: School, client: FlaskClient, round_: Round) -> None:
    body = _body(school, round_)
    assert _send(client, round_, body, Origin="https://elsewhere.example").status_code == 403
    assert _send(client, round_, body, Origin="null", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert _envelopes(school) == 0


@pytest.mark.parametrize("make", [a_family_instrument, an_instrument])
def test_the_page_that_is_kept_is_the_whole_form_with_nothing_of_anybody_in_it(
    school: School, client: FlaskClient, make: object
) -> None:
    round_ = a_round(school, make())  # type: ignore[operator]  # both make an instrument
    first, second = (client.get(f"/ar/r/{round_.code}/offline") for _ in range(2))
    assert first.data == second.data
    page = Page(first)
    assert (page.lang, page.action) == ("ar", f"/ar/r/{round_.code}")
    assert page.fields["form_key"] == page.fields["carried"] == page.fields["own"] == [""]
    assert all(f'name="q-{question}' in first.text for question in ("again", "liked"))


def test_a_groups_link_has_its_own(school: School, client: FlaskClient) -> None:
    groups = [{"code": "G1AA", "name": "Oak", "size": 10}]
    round_ = a_round(school, a_family_instrument(), groups=groups, breakdowns=["group"])
    assert Page(client.get(f"/en/r/{round_.code}/g/g1aa/offline")).action == f"/en/r/{round_.code}/g/g1aa"
    assert client.get(f"/en/r/{round_.code}/g/NOPE/offline").status_code == 404


def test_a_page_that_cannot_be_sent_yet_carries_nothing_to_seal_with(school: School, client: FlaskClient) -> None:
    child = Respondent(client, f"/en/r/{a_round(school).code}")
    for expected in (False, False, False, True):
        assert ("data-box" in child.page.response.text) == expected
        child.press("next")


def test_the_scripts_are_two_files_that_say_how_long_they_are_kept(client: FlaskClient) -> None:
    form, worker = client.get("/static/form.js"), client.get("/sw.js")
    assert form.headers["Cache-Control"] == "max-age=3600"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Service-Worker-Allowed"] == "/"
    for script in (form, worker):
        assert script.mimetype == "text/javascript"
        assert not re.search(r"^\s*//", script.text, re.MULTILINE)
        assert client.get(script.request.path, headers={"If-None-Match": script.headers["ETag"]}).status_code == 304
