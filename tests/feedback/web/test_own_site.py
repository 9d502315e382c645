"""Whom requests come from and under which address: this school's own only, whatever others claim."""

import inspect
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import web
from feedback.app import create_app
from feedback.config import NotConfigured, Settings, read_settings
from feedback.models import Round
from feedback.operations.school import School
from feedback.web.own_site import DOWNLOADS
from tests.conftest import SECRET
from tests.desk import Desk
from tests.factories import a_family_instrument, a_round, a_staff_member
from tests.pages import Page

ADDRESS = "https://voices.example"
FOREIGN = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}]
OURS: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.fixture
def over_https(settings: Settings, school: School, app: Flask) -> FlaskClient:
    """A browser at the school's public address, which is HTTPS, and has one more name."""
    known = replace(settings, public_address=ADDRESS, trusted_hosts=("voices.school.example",))
    app.extensions["school"] = replace(school, settings=known)
    return app.test_client()


@pytest.fixture
def round_(school: School) -> Round:
    """An open round."""
    return a_round(school, a_family_instrument())


@pytest.mark.parametrize("path", ["/", "/en/desk/sign-in", "/en/r/ABC", "/en/help/", "/static/desk.css", "/nowhere"])
@pytest.mark.parametrize("host", ["elsewhere.example", "localhost", "127.0.0.1:8080", "voices.example.evil", "a_b", ""])
def test_under_another_address_there_is_one_plain_sentence(over_https: FlaskClient, path: str, host: str) -> None:
    answered = over_https.get(path, headers={"Host": host})
    assert (answered.status_code, answered.mimetype) == (400, "text/plain")
    assert ADDRESS in answered.text
    assert host == "" or host not in answered.text
    assert "Set-Cookie" not in answered.headers


@pytest.mark.parametrize("host", ["voices.example", "VOICES.example:8443", "voices.school.example"])
def test_the_schools_own_names_are_answered_whatever_the_port(over_https: FlaskClient, host: str) -> None:
    assert over_https.get("/en/help/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:8080"])
def test_while_it_is_tried_out_this_computer_has_all_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/en/help/", headers={"Host": host}).status_code == 200
    assert client.get("/en/help/", headers={"Host": "192.168.0.7"}).status_code == 400


def test_what_a_proxy_claims_of_host_scheme_and_address_changes_nothing(client: FlaskClient) -> None:
    claimed = {f"X-Forwarded-{name}": "evil.example" for name in ("Host", "Server", "Proto", "For", "Prefix")}
    told = client.get("/en/desk/", headers={**claimed, "Forwarded": "host=evil.example;proto=https"})
    assert "evil" not in str(told.headers)
    assert "evil" not in told.text
    assert "Strict-Transport-Security" not in told.headers


@pytest.mark.parametrize("told", FOREIGN)
def test_a_form_of_another_site_is_refused_at_the_desk_with_its_token_and_says_so(
    school: School, app: Flask, told: dict[str, str]
) -> None:
    desk = Desk(app, a_staff_member(school, "lead"))
    body = {"csrf_token": desk.open("/").fields["csrf_token"]}
    page = Page(desk.client.post("/en/desk/sign-out", data=body, headers=told))
    assert (page.status, page.title) == (403, "This did not come from a page of ours")
    assert desk.client.get("/en/desk/").status_code == 200


@pytest.mark.parametrize("told", OURS)
def test_a_form_of_ours_is_taken_from_old_browsers_too_and_never_without_its_token(
    school: School, app: Flask, told: dict[str, str]
) -> None:
    desk = Desk(app, a_staff_member(school, "lead"))
    token = desk.open("/").fields["csrf_token"]
    assert desk.client.post("/en/desk/sign-out", headers=told).status_code == 400
    left = desk.client.post("/en/desk/sign-out", data={"csrf_token": token}, headers=told)
    assert (left.status_code, left.location) == (302, "/en/desk/sign-in")
    assert left.headers["Clear-Site-Data"] == '"cache"'


def test_a_page_in_clear_cannot_send_to_the_sealed_one(over_https: FlaskClient) -> None:
    for origin, status in (("http://voices.example", 403), (ADDRESS, 400)):
        answered = over_https.post("/en/desk/sign-in", base_url=ADDRESS, headers={"Origin": origin})
        assert answered.status_code == status


@pytest.mark.parametrize("told", FOREIGN)
@pytest.mark.parametrize("way", ["", "/sealed", "/receipt"])
def test_a_form_of_another_site_is_refused_to_respondents_without_a_line(
    client: FlaskClient, round_: Round, told: dict[str, str], way: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = Page(client.post(f"/en/r/{round_.code}{way}", data={"key": "x"}, headers=told))
    assert (page.status, page.title) == (403, "This form came from another place")
    assert caplog.text == ""
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_starts_no_download_and_may_link_to_pages(school: School, app: Flask, site: str) -> None:
    desk, told = Desk(app, a_staff_member(school, "lead")), {"Sec-Fetch-Site": site}
    address = "/en/desk/pilots/none/calendar.ics"
    assert desk.client.get(address, headers=told).status_code == 403
    assert desk.client.get(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404
    assert desk.client.get("/en/desk/", headers=told).status_code == 200


def test_a_download_that_nobody_has_listed_stays_here(app: Flask, school: School) -> None:
    desk = Desk(app, a_staff_member(school, "lead"))
    given = app.view_functions["pilots.home"]
    app.view_functions["pilots.home"] = lambda: ("figures", {"Content-Disposition": "attachment"})
    try:
        answered = desk.client.get("/en/desk/", headers={"Sec-Fetch-Site": "cross-site"})
        ours = desk.client.get("/en/desk/")
    finally:
        app.view_functions["pilots.home"] = given
    assert (answered.status_code, answered.text, ours.text) == (403, "", "figures")


def test_every_view_that_hands_out_a_file_is_listed(app: Flask) -> None:
    assert set(app.view_functions) >= DOWNLOADS
    folder = Path(web.__file__).parent
    handing = {path for path in folder.rglob("*.py") if "attachment" in path.read_text(encoding="utf-8")}
    listed = {inspect.getfile(inspect.unwrap(app.view_functions[name])) for name in DOWNLOADS}
    assert {str(path) for path in handing if path.stem != "own_site"} == listed


@pytest.mark.parametrize("hosts", ["https://a.example", "a.example:80", "*", ".example", "a b", "a.example,*.b"])
def test_trusted_hosts_are_names_and_nothing_else(tmp_path: Path, hosts: str) -> None:
    environ = {"VOICEBOX_SECRET": SECRET, "VOICEBOX_INSTANCE": str(tmp_path), "VOICEBOX_TRUSTED_HOSTS": hosts}
    with pytest.raises(NotConfigured, match="VOICEBOX_TRUSTED_HOSTS"):
        read_settings(environ)
    environ["VOICEBOX_TRUSTED_HOSTS"] = "Voice.Example, 10.0.0.5"
    assert read_settings(environ).trusted_hosts == ("voice.example", "10.0.0.5")


def test_it_does_not_start_with_a_debugger(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(NotConfigured, match="FLASK_DEBUG"):
        create_app(settings)
