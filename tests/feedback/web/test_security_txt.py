"""/.well-known/security.txt, as RFC 9116 wants it, and only where the school has said who takes reports."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from feedback.config import NotConfigured, Settings, read_settings
from feedback.operations.school import School
from tests.conftest import SECRET
from tests.factories import NOW
from tests.pages import Page

ADDRESS = "/.well-known/security.txt"


def test_without_a_contact_there_is_no_file(app: Flask) -> None:
    assert Page(app.test_client().get(ADDRESS)).status == 404


def test_it_names_the_contact_and_when_it_ends_and_where_it_stands(
    app: Flask, school: School, settings: Settings
) -> None:
    known = replace(settings, security_contact="mailto:security@school.example")
    app.extensions["school"] = replace(school, settings=known)
    answered = app.test_client().get(ADDRESS)
    said = dict(line.split(": ", 1) for line in answered.text.splitlines())
    assert (answered.status_code, answered.content_type) == (200, "text/plain; charset=utf-8")
    assert said["Contact"] == "mailto:security@school.example"
    assert said["Canonical"] == f"http://localhost:8080{ADDRESS}"
    assert app.test_client().get(said["Policy"].removeprefix("http://localhost:8080")).status_code == 200
    assert said["Expires"].endswith("T00:00:00Z")
    assert 100 < (date.fromisoformat(said["Expires"][:10]) - NOW.date()).days < 365
    assert "Set-Cookie" not in answered.headers


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("security@school.example", "mailto:security@school.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://school.example/report", "https://school.example/report"),
        ("tel:+351-210-000-000", "tel:+351-210-000-000"),
        ("", ""),
        ("http://school.example", None),
        ("the office", None),
        ("a@b.example\nCanonical: https://evil.example", None),
    ],
)
def test_a_contact_is_an_address_and_never_more_than_a_line(tmp_path: Path, value: str, read: str | None) -> None:
    environ = {"VOICEBOX_SECRET": SECRET, "VOICEBOX_INSTANCE": str(tmp_path), "VOICEBOX_SECURITY_CONTACT": value}
    if read is not None:
        assert read_settings(environ).security_contact == read
        return
    with pytest.raises(NotConfigured, match="VOICEBOX_SECURITY_CONTACT"):
        read_settings(environ)
