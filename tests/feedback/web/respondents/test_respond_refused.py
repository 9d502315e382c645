"""What respondents are told when something is in the way; nothing is stored then."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from feedback.models import Envelope, Round
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes
from tests.pages import Page, Respondent

_FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def round_(school: School) -> Iterator[Round]:
    """A family round into which nothing may fall during the test."""
    made = a_round(school, a_family_instrument())
    yield made
    with Session(school.engine) as session:
        assert session.scalar(select(func.count()).select_from(Envelope).where(Envelope.round_id == made.id)) == 0


def a_form(client: FlaskClient, round_: Round) -> dict[str, str]:
    """The form as a browser would send it with one answer."""
    fields = Respondent(client, f"/en/r/{round_.code}").page.fields
    return {name: values[0] for name, values in fields.items()} | {"q-ease": "easy", "go": "send"}


def refused(response: TestResponse, status: int, title: str) -> Page:
    """The page, after making sure that it has this status and title, says so in its words, and keeps nothing."""
    page = Page(response)
    assert (page.status, page.title) == (status, title)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    return page


@pytest.mark.parametrize("address", ["/en/r/NOPE", "/en/r/{code}/g/NOPE", "/en/r/%FF", "/en/r/NOPE/about"])
def test_unknown_rounds_and_groups(client: FlaskClient, round_: Round, address: str) -> None:
    refused(client.get(address.format(code=round_.code)), 404, "We cannot find this form")


def test_a_draft_is_unknown(school: School, client: FlaskClient) -> None:
    draft = a_round(school, state="draft")
    refused(client.get(f"/en/r/{draft.code}"), 404, "We cannot find this form")


def test_a_language_that_the_service_does_not_speak(client: FlaskClient, round_: Round) -> None:
    page = refused(client.get(f"/tlh/r/{round_.code}"), 404, "We cannot find this page")
    assert page.lang == "en"


def test_a_language_that_the_round_is_not_asked_in(school: School, client: FlaskClient) -> None:
    """Whoever gets the wrong letter, or changes an address by hand, is led to the languages that there are."""
    only_some = a_round(school, languages=["es", "ar"])
    answered = client.get(f"/en/r/{only_some.code}")
    refused(answered, 404, "Language")
    for code, name in (("es", "Español"), ("ar", "العربية")):
        assert f'href="/{code}/r/{only_some.code}"' in answered.text
        assert name in answered.text
        assert client.get(f"/{code}/r/{only_some.code}").status_code == 200


def test_a_round_that_opens_later(school: School, client: FlaskClient) -> None:
    later = a_round(school, opens_at=NOW + timedelta(days=2))
    page = refused(client.get(f"/en/r/{later.code}"), 403, "This form is not open yet")
    assert "Please come back" in page.words


@pytest.mark.parametrize("state", ["closed", "counting", "scrubbed", "too_few", "destroyed"])
def test_a_closed_round(school: School, client: FlaskClient, state: str) -> None:
    over = a_round(school, state=state)
    page = refused(client.get(f"/en/r/{over.code}"), 410, "This form is closed")
    assert f"/en/r/{over.code}/results" in page.links


def test_a_round_that_closes_while_somebody_answers(app: Flask, client: FlaskClient, round_: Round) -> None:
    form = a_form(client, round_)
    app.extensions["clock"] = lambda: round_.closes_at
    refused(client.post(f"/en/r/{round_.code}", data=form), 410, "This form is closed")


def test_a_full_box(school: School, client: FlaskClient) -> None:
    full = a_round(school, a_family_instrument(), k=5, group_size=5)
    form = a_form(client, full)
    drop_envelopes(school, full, *[{"ease": "easy"}] * 6)
    refused(client.post(f"/en/r/{full.code}", data=form), 409, "This box is full")


def test_a_form_whose_hidden_parts_were_changed(client: FlaskClient, round_: Round) -> None:
    form = a_form(client, round_)
    sealed = form["carried"]
    for broken in (
        {"carried": ""},
        {"carried": sealed[:-8]},
        {"carried": sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]},
        {"carried": "ö" * 40},
        {"form_key": ""},
        {"form_key": "0" * 31},
        {"form_key": "DROP TABLE envelope"},
    ):
        page = refused(client.post(f"/en/r/{round_.code}", data={**form, **broken}), 400, "We could not read this form")
        assert f"/en/r/{round_.code}" in page.links


def test_a_form_made_for_another_round_or_group(school: School, client: FlaskClient, round_: Round) -> None:
    groups = [{"code": "AAAA", "name": "A", "size": 12}, {"code": "BBBB", "name": "B", "size": 13}]
    another = a_round(school, a_family_instrument(), groups=groups)
    form = a_form(client, another)
    for address in (f"/en/r/{round_.code}", f"/en/r/{another.code}/g/AAAA"):
        refused(client.post(address, data=form), 400, "We could not read this form")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"go=send",
        b"carried=%FF%FE",
        b"q-wish=\xff",
        b"q-wish=%E2%82",
        b"q-wish=%ZZ",
        b"q-wish=%ED%A0%80",
        b"&&==;;\0",
    ],
)
def test_a_body_that_cannot_be_read(client: FlaskClient, round_: Round, body: bytes) -> None:
    answered = client.post(f"/en/r/{round_.code}", data=body, content_type=_FORM)
    refused(answered, 400, "We could not read this form")


def test_broken_bytes_beside_an_otherwise_right_form(client: FlaskClient, round_: Round) -> None:
    form = a_form(client, round_)
    answered = client.post(f"/en/r/{round_.code}", data=urlencode(form).encode() + b"&q-days=\xff", content_type=_FORM)
    refused(answered, 400, "We could not read this form")


def test_a_form_sent_as_something_else(client: FlaskClient, round_: Round) -> None:
    form = a_form(client, round_)
    answered = client.post(f"/en/r/{round_.code}", data=form, content_type="multipart/form-data")
    refused(answered, 400, "We could not read this form")
    refused(client.post(f"/en/r/{round_.code}", json={"go": "send"}), 400, "We could not read this form")


def test_a_body_that_is_too_large(client: FlaskClient, round_: Round) -> None:
    form = {**a_form(client, round_), "q-wish": "x" * 300_000}
    refused(client.post(f"/en/r/{round_.code}", data=form), 413, "This was too much to send")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://[::1"},
    ],
)
def test_a_form_sent_from_another_site(client: FlaskClient, round_: Round, headers: dict[str, str]) -> None:
    answered = client.post(f"/en/r/{round_.code}", data=a_form(client, round_), headers=headers)
    refused(answered, 403, "This form came from another place")


def test_answers_that_were_never_offered_are_not_taken(client: FlaskClient, round_: Round) -> None:
    form = {**a_form(client, round_), "q-ease": "<script>", "q-again": "perhaps", "form_key": new_form_key()}
    page = Page(client.post(f"/en/r/{round_.code}", data=form))
    assert page.status == 422
    assert "Please choose from the answers on this page." in page.words


def test_a_busy_database_leaves_everything_typed_on_the_page(
    school: School, client: FlaskClient, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.db.patience.BUSY_SECONDS", 0)
    school.engine.dispose()
    form = {**a_form(client, round_), "q-wish": "More books."}
    with school.engine.begin():  # somebody else is writing
        answered = client.post(f"/en/r/{round_.code}", data=form)
    page = refused(answered, 503, "Error: First look")
    assert answered.headers["Retry-After"] == "60"
    assert page.fields["q-wish"] == ["More books."]
    assert page.fields["form_key"] == [form["form_key"]]
    assert "They are still on this page." in page.words
