"""The table of errors, and the pages that say them."""

import logging
from typing import NoReturn

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from feedback.i18n import Catalogue, offered, speak
from feedback.operations.errors import OperationRefused, StorageUnavailable
from feedback.web.errors import _STATUSES, _TABLE, said_of
from tests.pages import Page


def test_everything_that_can_stop_an_operation_has_its_line() -> None:
    assert set(OperationRefused.__subclasses__()) <= set(_TABLE)
    assert said_of(StorageUnavailable()) == (503, "unavailable")


@pytest.mark.parametrize("template", ["respond/message.html", "message.html"])
def test_every_sentence_is_a_page_of_its_own(app: Flask, template: str) -> None:
    at_the_desk = {"not-permitted", "not-ready", "wrong-state", "already-released", "import-refused", "sign-in-refused"}
    at_the_desk |= {"on-hold", "too-many-slips", "sheet-printed", "second-person", "review-over"}
    to_respondents = {"round-unknown", "not-open-yet", "closed", "full", "withdrawn", "room-unknown", "room-closed"}
    on_the_form_itself = {"nothing-answered", "too-long", "slip-unknown", "room-full"}
    elsewhere = to_respondents if template == "message.html" else at_the_desk
    names = {name for _status, name in _TABLE.values()} | set(_STATUSES.values()) | {"unreadable"}
    with app.test_request_context("/en/"):
        speak("en", Catalogue.STAFF)
        pages = {name: render_template(template, sentence=name, error=None) for name in names | {"broken"}}
    known = names - elsewhere - on_the_form_itself
    assert all("Something went wrong" not in pages[name] for name in known)
    assert all("It is not your fault" not in pages[name] for name in known)
    assert "Something went wrong here" in pages["broken"]


@pytest.mark.parametrize(
    ("address", "title"),
    [("/en/nowhere", "We cannot find this page"), ("/tlh/desk/nowhere", "There is no such page")],
)
def test_a_page_that_does_not_exist(client: FlaskClient, address: str, title: str) -> None:
    page = Page(client.get(address))
    assert (page.status, page.title) == (404, title)


@pytest.mark.parametrize("language", offered(Catalogue.RESPONDENT))
def test_an_error_speaks_the_language_of_its_address(client: FlaskClient, language: str) -> None:
    assert Page(client.get(f"/{language}/nowhere")).lang == language
    assert Page(client.get(f"/{language}/r/NOPE")).lang == language


def test_an_unknown_way_of_asking_says_which_ways_there_are(client: FlaskClient) -> None:
    answered = client.delete("/en/r/ABC")
    page = Page(answered)
    assert (page.status, page.title) == (405, "This page cannot do that")
    assert {"GET", "POST"} <= set(answered.headers["Allow"].split(", "))


def test_a_fault_of_ours_is_said_without_a_trace_and_no_line_is_written_about_a_respondent(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> NoReturn:
        raise ValueError("needle")

    monkeypatch.setattr("feedback.web.respondents.respond.open_for_answers", break_down)
    app.testing = False
    with caplog.at_level(logging.DEBUG):
        page = Page(client.get("/en/r/ABC", headers={"User-Agent": "needle"}))
    assert (page.status, page.title) == (500, "Something went wrong here")
    assert "needle" not in page.response.text
    # Not a line, for a line has a time: that of a respondent.
    assert caplog.text == ""


def test_a_fault_at_the_desk_is_noted_by_its_place_and_without_its_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> NoReturn:
        raise ValueError("needle")

    monkeypatch.setattr("feedback.web.door.sign_in.render_template", break_down)
    app.testing = False
    page = Page(client.get("/en/desk/sign-in"))
    assert page.status == 500
    assert "ValueError" in caplog.text
    assert "needle" not in caplog.text
