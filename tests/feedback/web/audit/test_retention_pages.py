"""The page of retention: days, holds, two people, certificates; and anybody checks one with OpenSSL."""

import html
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext

from feedback import jobs
from feedback.models import Round, StaffMember
from feedback.operations.retention.certificates import certificates
from feedback.operations.retention.deletions import carry_on
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.operations.two_people import agree, open_requests
from feedback.reports.certificate import make_certificate
from tests.conftest import Server
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_staff_member
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()


@pytest.fixture
def officer(school: School) -> StaffMember:
    return a_staff_member(school, "officer", account="officer@example.org")


@pytest.fixture
def round_(school: School) -> Round:
    answers = [{"wish": f"More time {n}"} for n in range(12)]
    return a_counted_round(school, *answers, instrument=a_family_instrument())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the pages ask of a worker that is not really there."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda *words: found.append(words[1:]))
    return found


def _certified(school: School, officer: StaffMember) -> str:
    purge(school, today=TODAY + timedelta(days=90), now=NOW)
    return certificates(school, officer)[0].id


def test_what_goes_when_is_told_with_bands_and_the_job_is_asked_for(
    app: Flask, school: School, officer: StaffMember, round_: Round, asked: list[tuple[object, ...]]
) -> None:
    desk = Desk(app, officer)
    page = desk.open("/retention/")
    assert f"{round_.title}: Comments" in page.words
    assert "at least 10" in page.words
    assert "Nothing is due today" in desk.open("/retention/dry-run").words
    assert "A certificate" not in desk.send("/retention/purge").words
    assert asked == [("purge",)]
    app.extensions["clock"] = lambda: NOW + timedelta(days=95)
    fresh = remember_browser(school, None, {"staff_id": officer.id}, now=NOW + timedelta(days=95))
    desk.client.set_cookie("voicebox", fresh)
    assert "Overdue" in desk.open("/retention/").words


def test_a_hold_is_placed_with_a_reason_and_shown(app: Flask, officer: StaffMember, round_: Round) -> None:
    desk = Desk(app, officer)
    missing = desk.send("/retention/hold", on=f"round:{round_.id}", reason="", basis="")
    assert "Write down why." in missing.words
    desk.send("/retention/hold", on=f"round:{round_.id}", reason="A complaint", basis="Letter 12")
    page = desk.open("/retention/")
    assert "Letter 12" in page.words
    assert "Held" in page.words


def test_two_people_delete_before_the_day(
    app: Flask, school: School, officer: StaffMember, round_: Round, asked: list[tuple[object, ...]]
) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    desk = Desk(app, lead)
    desk.send(f"/retention/rounds/{round_.id}/early", layers=["comments"], reason="A parent asked")
    (waiting,) = open_requests(school, officer, now=NOW)
    assert desk.status(f"/retention/agreed/{waiting.id}", "POST") == 403
    agree(school, officer, waiting.id, now=NOW)
    assert "Delete it now" in desk.open("/retention/").words
    assert "Under way" in desk.send(f"/retention/agreed/{waiting.id}").words
    assert asked == [("purge",)]
    carry_on(school, today=TODAY, now=NOW)
    seen = certificates(school, officer)[0]
    assert "lead@example.org asked, officer@example.org agreed" in desk.open(f"/retention/certificates/{seen.id}").words


@pytest.mark.usefixtures("round_")
def test_a_certificate_is_checked_with_openssl_as_the_page_says(
    app: Flask, school: School, officer: StaffMember, tmp_path: Path
) -> None:
    desk, id_ = Desk(app, officer), _certified(school, officer)
    (tmp_path / "certificate.json").write_bytes(
        desk.client.get(f"/en/desk/retention/certificates/{id_}/certificate.json").data
    )
    (tmp_path / "evidence-key.pem").write_bytes(desk.client.get("/en/desk/retention/evidence-key.pem").data)
    page = desk.client.get("/en/desk/retention/check").get_data(as_text=True)
    lines = [html.unescape(found) for found in re.findall(r'<code id="\w+">(.*?)</code>', page, re.DOTALL)]
    assert _run(lines, tmp_path) == "Signature Verified Successfully"
    body = (tmp_path / "certificate.json").read_text(encoding="utf-8")
    (tmp_path / "certificate.json").write_text(body.replace(">= 10", ">= 11"), encoding="utf-8")
    assert "Successfully" not in _run(lines, tmp_path)


def _run(lines: list[str], folder: Path) -> str:
    assert len(lines) == 2
    done = [subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True) for line in lines]  # noqa: PLW1510 - a failure is looked at
    return done[-1].stdout.strip()


@pytest.mark.usefixtures("round_")
def test_the_certificate_is_printed_once_and_handed_over(
    app: Flask, school: School, officer: StaffMember, asked: list[tuple[object, ...]]
) -> None:
    desk, id_ = Desk(app, officer), _certified(school, officer)
    assert desk.status(f"/retention/certificates/{id_}.pdf") == 404
    desk.send(f"/retention/certificates/{id_}/paper")
    assert asked == [("make-certificate", id_, "en")]
    with app.app_context():
        body = make_certificate(school, id_, "en")
        assert make_certificate(school, id_, "en") == body
    assert desk.client.get(f"/en/desk/retention/certificates/{id_}.pdf").data == body
    assert body.startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.usefixtures("round_")
def test_every_page_can_be_used_by_everybody(
    school: School,
    officer: StaffMember,
    server: Server,
    context: BrowserContext,
    check_access: Callable[..., None],
    language: str,
) -> None:
    id_ = _certified(school, officer)
    token = remember_browser(school, None, {"staff_id": officer.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    for path in ("", "dry-run", "schedule", "hold", "check", f"certificates/{id_}"):
        page.goto(f"{server.root}/{language}/desk/retention/{path}")
        check_access(page)
