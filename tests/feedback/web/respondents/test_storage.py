"""When the school's computer cannot store: the page says so, keeps what was typed, and sending again counts once."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from feedback.db import patience
from feedback.models import Envelope, Round
from feedback.operations.answers import publish
from feedback.operations.clock import believes
from feedback.operations.school import School
from tests.conftest import Server
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_round, a_slip, a_staff_member
from tests.feedback.web.respondents.test_respond import the_papers
from tests.pages import Page, Respondent

#: Everything that an answer can hold, and that a page could spoil.
_WISH = 'Plus de livres, "s\'il vous plaît" <b> &amp; ٣\r\nمع السلامة'

Trouble = Callable[[School], AbstractContextManager[None]]


@contextmanager
def _every_connection_is_told(school: School, pragma: str) -> Iterator[None]:
    def tell(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(school.engine, "connect", tell)
    school.engine.dispose()
    yield
    event.remove(school.engine, "connect", tell)
    school.engine.dispose()


def the_disk_is_full(school: School) -> AbstractContextManager[None]:
    """No page more fits, though emptying one still does: SQLite says "database or disk is full"."""
    return _every_connection_is_told(school, "max_page_count=1")


def the_disk_is_read_only(school: School) -> AbstractContextManager[None]:
    """SQLite says "attempt to write a readonly database"."""
    return _every_connection_is_told(school, "query_only=ON")


@contextmanager
def somebody_writes(school: School) -> Iterator[None]:
    """SQLite says "database is locked" to writers only."""
    other = sqlite3.connect(str(school.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def the_database_cannot_be_opened(school: School) -> Iterator[None]:
    """The disk is not mounted: a folder is where the file was. Not even the form can be read."""
    school.engine.dispose()
    path = Path(str(school.engine.url.database))
    kept = path.rename(path.with_suffix(".away"))
    path.mkdir()
    yield
    path.rmdir()
    kept.rename(path)


@contextmanager
def no_connection_is_free(school: School) -> Iterator[None]:
    """Everybody sends at once, and others hold every connection there is."""
    others = [school.engine.connect() for _ in range(15)]
    yield
    for other in others:
        other.close()


@contextmanager
def the_keystore_is_gone(school: School) -> Iterator[None]:
    """Its folder is not mounted."""
    kept = school.keystore.folder.rename(school.settings.instance / "away")
    yield
    kept.rename(school.keystore.folder)


@contextmanager
def the_keystore_cannot_be_read(school: School) -> Iterator[None]:
    """A broken disk: reading the pepper is an OSError."""
    path = school.keystore.folder / "rounds"
    kept = path.rename(path.with_suffix(".away"))
    path.write_bytes(b"")
    yield
    path.unlink()
    kept.rename(path)


TROUBLES = (
    the_disk_is_full,
    the_disk_is_read_only,
    somebody_writes,
    the_database_cannot_be_opened,
    no_connection_is_free,
    the_keystore_is_gone,
    the_keystore_cannot_be_read,
)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """These are SQLite's own troubles, whatever `--database` says; a PostgreSQL server's are in tests/postgres."""
    return f"sqlite:///{tmp_path / 'voicebox.db'}"


@pytest.fixture(autouse=True)
def nobody_waits(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait ten seconds for a lock."""
    monkeypatch.setattr(patience, "BUSY_SECONDS", 0)
    monkeypatch.setattr(school.engine.pool, "_timeout", 0)
    school.engine.dispose()


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("slips", [False, True])
def test_everything_typed_stays_in_the_page_and_can_be_sent_again(
    school: School, client: FlaskClient, caplog: pytest.LogCaptureFixture, trouble: Trouble, slips: bool
) -> None:
    round_ = a_round(school, a_family_instrument(), slips=slips)
    typed = _typed(school, client, round_)
    with caplog.at_level(logging.DEBUG), trouble(school):
        answered = client.post(f"/ar/r/{round_.code}", data=typed)
    page = Page(answered)
    assert (page.status, answered.headers["Retry-After"], page.lang) == (503, "60", "ar")
    assert "Set-Cookie" not in answered.headers
    kept = {name: values[0] for name, values in page.fields.items()}
    lines = {name: text.replace("\r\n", "\n") for name, text in typed.items() if name not in ("go", "carried")}
    assert lines.items() <= {name: text.replace("\r\n", "\n") for name, text in kept.items()}.items()
    # A line has a time, and that would be a respondent's.
    assert caplog.text == ""
    for _ in range(2):
        assert Page(client.post(page.action, data={"go": "send", **kept})).receipt
    assert _envelopes(school) == 1


@pytest.mark.parametrize("trouble", [each for each in TROUBLES if each is not the_disk_is_full])
def test_a_receipt_takes_nothing_out_half(school: School, client: FlaskClient, trouble: Trouble) -> None:
    round_ = a_round(school, a_family_instrument())
    receipt = Page(client.post(f"/en/r/{round_.code}", data=_typed(school, client, round_))).receipt
    asked = {"receipt": receipt, "go": "take-out"}
    with trouble(school):
        page = Page(client.post(f"/en/r/{round_.code}/receipt", data=asked))
    assert page.status == 503
    assert page.fields == {name: [value] for name, value in asked.items()}
    assert Page(client.post(page.action, data=page.fields)).title == "Your envelope is out of the box"


@pytest.mark.parametrize(
    ("language", "width", "remembers"), [("en", 320, False), ("ar", 1280, False), ("ar", 320, True)]
)
def test_a_person_presses_send_again_a_minute_later(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Tab], None],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    width: int,
    remembers: bool,
) -> None:
    # What was read of the round a moment ago lets the form itself be shown again; else a page carries what was typed.
    monkeypatch.setattr(publish, "LOOKED_AT_EVERY", 3600 if remembers else 0)
    round_ = a_round(school, a_family_instrument())
    tab = browser.new_page(viewport={"width": width, "height": 720})
    tab.goto(f"{server.root}/{language}/r/{round_.code}")
    tab.fill("[name=q-wish]", _WISH)
    with the_database_cannot_be_opened(school):
        with tab.expect_navigation():
            tab.click("button[value=send]")
        expect(again := tab.locator("main button").first).to_be_visible()
        check_access(tab)
        with tab.expect_navigation():
            again.click()
        check_access(tab)
    again.click()
    expect(tab.locator(".paper")).to_be_visible()
    assert the_papers(school, round_)[0]["answers"] == {"wish": _WISH.replace("\r", "")}
    tab.close()


def test_a_page_that_cannot_be_read_just_now_is_asked_for_again(school: School, client: FlaskClient) -> None:
    round_ = a_round(school)
    for address in (f"/es/r/{round_.code}", f"/es/r/{round_.code}/about", f"/es/r/{round_.code}/receipt"):
        with the_database_cannot_be_opened(school):
            answered = client.get(address)
        page = Page(answered)
        assert (page.status, page.lang, answered.headers["Retry-After"]) == (503, "es", "60")
        assert address in page.links
        assert client.get(address).status_code == 200


def test_a_clock_that_leaps_while_somebody_types_loses_nothing(school: School, app: Flask, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    typed = _typed(school, client, round_)
    assert believes(school, today=NOW.date())
    app.extensions["clock"] = lambda: NOW + timedelta(days=400)
    page = Page(client.post(f"/ar/r/{round_.code}", data=typed))
    assert (page.status, page.fields["q-wish"]) == (503, [typed["q-wish"]])
    assert client.get(f"/ar/r/{round_.code}").status_code == 503
    app.extensions["clock"] = lambda: NOW
    assert Page(client.post(page.action, data=page.fields)).receipt
    # The negative control: a day that is believed ends the round, and that is said.
    app.extensions["clock"] = lambda: round_.closes_at
    assert client.post(f"/ar/r/{round_.code}", data=typed).status_code == 410


def test_a_body_that_cannot_be_read_is_not_given_back(school: School, client: FlaskClient) -> None:
    round_ = a_round(school)
    with the_database_cannot_be_opened(school):
        answered = client.post(f"/en/r/{round_.code}", data=b"q=%FF", content_type="application/x-www-form-urlencoded")
    assert answered.status_code == 400


def test_the_desk_says_it_too_and_leaves_a_line_for_the_operator(
    school: School, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(app, a_staff_member(school))
    app.testing = False
    for trouble in (the_database_cannot_be_opened, the_disk_is_read_only):
        caplog.clear()
        with trouble(school):
            page = desk.open("/")
        assert (page.status, page.title) == (503, "We cannot store anything just now")
        assert "OperationalError" in caplog.text


def _typed(school: School, client: FlaskClient, round_: Round) -> dict[str, str]:
    fields = Respondent(client, f"/ar/r/{round_.code}").page.fields
    typed = {name: values[0] for name, values in fields.items()} | {"q-ease": "easy", "q-wish": _WISH, "go": "send"}
    return {**typed, "slip": a_slip(school, round_)} if round_.slips else typed
