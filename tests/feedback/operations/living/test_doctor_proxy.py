"""The doctor reads what the proxy keeps: the samples keep nothing, and whatever does is found."""

import gzip
from pathlib import Path

import pytest

from feedback.operations.doctor import Level, facts
from feedback.operations.doctor.proxy import check_configurations, check_log, check_only_tls
from feedback.resources import resource_dir

CADDY = (resource_dir("service") / "Caddyfile").read_text(encoding="utf-8")
NGINX = (resource_dir("service") / "nginx.conf").read_text(encoding="utf-8")
DESK_LOG = "location ~ ^/[^/]+/desk(/|$) {\n access_log /var/log/nginx/desk.log;\n"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (CADDY, Level.OK),
        (CADDY.replace("\theader {", "\tlog\n\theader {"), Level.WRONG),
        (CADDY.replace("\theader {", "\tlog {\n output file /var/log/a\n}\n\theader {"), Level.WRONG),
        (CADDY.replace("exclude http", "level INFO"), Level.WRONG),
        (CADDY.replace("exclude http", "# exclude http"), Level.WRONG),
        (NGINX, Level.OK),
        (NGINX.replace("location ~ ^/[^/]+/desk(/|$) {\n", DESK_LOG), Level.OK),
        (NGINX.replace("access_log off;", "", 1), Level.WRONG),
        (NGINX.replace("    access_log off;", "    # access_log off;"), Level.WRONG),
        (NGINX.replace("access_log off;", "access_log /var/log/nginx/access.log;"), Level.WRONG),
        (NGINX.replace("error_log /dev/null emerg;", "error_log /var/log/nginx/error.log crit;"), Level.WRONG),
        (NGINX.replace("location / {\n", "location / {\n access_log syslog:server=unix:/dev/log;\n"), Level.WRONG),
    ],
)
def test_the_samples_keep_no_log_and_a_changed_one_is_found(text: str, level: Level) -> None:
    (row,) = check_configurations({"/etc/proxy": text})
    assert row.level is level, row.said


_MUTE_CADDY = "voice.school.example {\n\theader -Strict-Transport-Security\n\treverse_proxy 127.0.0.1:8080\n}\n"


@pytest.mark.parametrize(
    ("is_https", "text", "level"),
    [
        (True, CADDY, Level.OK),
        (True, NGINX, Level.OK),
        (True, NGINX.replace("add_header Strict-Transport-Security", "# add_header Strict"), Level.WRONG),
        (True, NGINX.replace("max-age=31536000", "max-age=0"), Level.WRONG),
        (True, _MUTE_CADDY, Level.WRONG),
        (True, _MUTE_CADDY.replace("\theader -Strict-Transport-Security\n", ""), Level.OK),
        (False, CADDY, Level.LOOK),
    ],
)
def test_a_proxy_that_takes_away_what_keeps_browsers_on_https_is_found(is_https: bool, text: str, level: Level) -> None:
    assert check_only_tls(is_https, {"/etc/proxy": text}).level is level


def test_a_proxy_that_is_not_found_is_asked_for() -> None:
    (row,) = check_configurations({})
    assert (row.level, "--proxy-config" in row.to_do) == (Level.LOOK, True)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ('10.0.0.7 - - [23/Nov/2026:09:00:00] "GET /en/r/R00001 HTTP/1.1" 200', Level.WRONG),
        ('10.0.0.7 "POST /zh-Hant/r/R00001/g/AB12 HTTP/1.1" 200', Level.WRONG),
        ('{"uri":"/receipt/R00001"}', Level.WRONG),
        ('10.0.0.7 "GET /ur/k/ABCD2345 HTTP/1.1" 200', Level.WRONG),
        ('10.0.0.7 "GET /en/desk/rounds/abc HTTP/1.1" 200', Level.OK),
        ('10.0.0.7 "GET /static/respond.css HTTP/1.1" 200', Level.OK),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_a_log_that_names_a_page_people_answer_on_is_found(
    tmp_path: Path, line: str, level: Level, compressed: bool
) -> None:
    log = tmp_path / ("access.log.1.gz" if compressed else "access.log")
    body = f"started\n{line}\n".encode() + b"\xff\n"
    log.write_bytes(gzip.compress(body) if compressed else body)
    assert check_log(str(log), facts.lines_of(log)).level is level
