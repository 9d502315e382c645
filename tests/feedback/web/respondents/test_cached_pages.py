"""A page that a cache keeps against our word, the browser's back button, and a retry: who counts how often."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Route, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round
from feedback.operations.school import School
from tests.conftest import Server
from tests.factories import NOW, a_family_instrument, a_round, a_slip, an_instrument
from tests.pages import Page, Respondent


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def _send(client: FlaskClient, page: Page, **typed: str) -> Page:
    return Page(client.post(page.action, data={**page.fields, "go": "send", **typed}))


@pytest.fixture
def round_(school: School) -> Round:
    """A round whose form is one page."""
    return a_round(school, a_family_instrument())


def test_two_people_on_one_cached_page_are_two_envelopes(school: School, client: FlaskClient, round_: Round) -> None:
    cached = Respondent(client, f"/en/r/{round_.code}").page
    receipts = {_send(client, cached, **{"q-ease": answer}).receipt for answer in ("easy", "hard")}
    assert (len(receipts), _envelopes(school)) == (2, 2)


def test_with_the_pages_key_alone_they_would_be_one(
    school: School, client: FlaskClient, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.web.respondents.filling.key_of_page", lambda form_key, **_: form_key)
    cached = Respondent(client, f"/en/r/{round_.code}").page
    for answer in ("easy", "hard"):
        _send(client, cached, **{"q-ease": answer})
    assert _envelopes(school) == 1


def test_two_slips_on_one_cached_page_are_two_envelopes_though_the_answers_are_equal(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school, a_family_instrument(), slips=True)
    cached = Respondent(client, f"/en/r/{round_.code}").page
    for slip in (a_slip(school, round_), a_slip(school, round_)):
        for typed in (slip, slip.lower().replace("-", " ")):
            assert _send(client, cached, **{"q-ease": "easy", "slip": typed}).title == "Thank you"
    assert _envelopes(school) == 2


def test_two_children_on_one_cached_first_screen_are_two_envelopes_though_the_answers_are_equal(
    school: School, client: FlaskClient
) -> None:
    address = f"/en/r/{a_round(school).code}"
    cached = Respondent(client, address).page
    for _ in range(2):
        child = Respondent(client, address)
        child.page = cached
        child.press("next").press("next", again="yes").press("next").press("send")
        assert child.page.title == "Thank you"
    assert _envelopes(school) == 2


@pytest.mark.parametrize(("javascript", "envelopes"), [(True, 2), (False, 1)])
def test_equal_answers_on_one_cached_page_are_told_apart_by_the_pages_script_only(
    school: School, server: Server, browser: Browser, round_: Round, javascript: bool, envelopes: int
) -> None:
    address = f"{server.root}/en/r/{round_.code}"
    cached = server.app.test_client().get(f"/en/r/{round_.code}").text

    def proxy(asked: Route) -> None:
        asked.fulfill(body=cached, content_type="text/html") if asked.request.method == "GET" else asked.continue_()

    for _ in range(2):
        context = browser.new_context(java_script_enabled=javascript)
        tab = context.new_page()
        tab.route(address, proxy)
        tab.goto(address)
        tab.click("text=Quite easy")
        tab.click("button[value=send]")
        expect(tab.locator("h1")).to_have_text("Thank you")
        context.close()
    assert _envelopes(school) == envelopes


@pytest.mark.parametrize("make", [a_family_instrument, an_instrument])
def test_a_retry_after_three_days_is_the_same_envelope(
    school: School, app: Flask, client: FlaskClient, make: Callable[[], Any]
) -> None:
    round_ = a_round(school, make())
    person = Respondent(client, f"/en/r/{round_.code}")
    if person.page.fields.get("own") is None:
        person.press("next").press("next", again="yes").press("next")
    form, answers = person.page, {"q-ease": "easy"} if "own" in person.page.fields else {}
    first = _send(client, form, **answers)
    app.extensions["clock"] = lambda: NOW + timedelta(days=3)
    second = _send(client, form, **answers)
    assert first.receipt == second.receipt
    assert "It counts once" in second.words.replace("it counts once", "It counts once")
    assert _envelopes(school) == 1


def test_going_back_to_change_an_answer_after_sending_changes_nothing_and_says_how_to(
    school: School, client: FlaskClient
) -> None:
    child = Respondent(client, f"/en/r/{a_round(school).code}")
    child.press("next").press("next", again="yes").press("next")
    last = child.page
    receipt = child.press("send").page.receipt
    child.page = last  # the browser's back button
    child.press("back").press("back").press("next", again="no").press("next").press("send")
    assert child.page.receipt == receipt
    assert "What you sent first is in the box, and it counts once." in child.page.words
    assert "Take your envelope out with the receipt, and answer anew." in child.page.words
    assert _envelopes(school) == 1
