"""Headers of every answer, as OWASP's ASVS 5.0 asks for them."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.config import Settings
from feedback.operations.school import School

PATHS = [
    "/",
    "/en/help/",
    "/en/desk/sign-in",
    "/en/r/NOPE",
    "/nowhere",
    "/static/desk.css",
    "/.well-known/security.txt",
]


def _policy(client: FlaskClient, path: str) -> dict[str, str]:
    said = client.get(path).headers["Content-Security-Policy"].split("; ")
    return dict(each.split(" ", 1) for each in said)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_but_our_files_and_nobody_frames_or_loads_a_page(client: FlaskClient, path: str) -> None:
    policy, headers = _policy(client, path), client.get(path).headers
    nobody = ("default-src", "object-src", "base-uri", "frame-ancestors")
    assert {name: policy[name] for name in nobody} == dict.fromkeys(nobody, "'none'")
    assert (policy["script-src"], policy["form-action"], policy["connect-src"]) == ("'self'",) * 3
    assert "unsafe" not in str(policy)
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(headers.keys())


@pytest.mark.parametrize("path", PATHS)
def test_over_https_browsers_are_told_to_stay_with_it_for_a_year(
    settings: Settings, school: School, app: Flask, path: str
) -> None:
    told = app.test_client().get(path).headers
    assert "Strict-Transport-Security" not in told
    app.extensions["school"] = replace(school, settings=replace(settings, public_address="https://localhost"))
    for host in ("localhost", "elsewhere.example"):
        told = app.test_client().get(path, headers={"Host": host}).headers
        assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
