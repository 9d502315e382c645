"""What is shipped for an installation says what it must; tried for real by `make bench-serving` and on fresh Debian."""

import re
import subprocess
from collections.abc import Mapping

import pytest

from feedback.commands.serving import without_traces
from feedback.config import Settings
from feedback.operations.doctor.proxy import check_configurations
from feedback.resources import resource_dir

SERVICE = resource_dir("service")
#: Lines that a sample must have, each with what it keeps. An asterisk stands for anything.
_MUST: Mapping[str, tuple[str, ...]] = {
    "voicebox-web.service": (
        "User=voicebox-web",
        "Group=voicebox",
        "InaccessiblePaths=-/var/lib/voicebox/keystore/keeper",
        "LimitNOFILE=4096",
    ),
    "voicebox-worker.service": ("User=voicebox-worker", "Group=voicebox", "KillSignal=SIGINT"),
    "both units": (
        "LimitCORE=0",
        "UMask=0007",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "ReadWritePaths=/var/lib/voicebox",
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "MemoryDenyWriteExecute=yes",
        "IPAddressDeny=any",
        "IPAddressAllow=localhost",
        "SystemCallFilter=@system-service",
        "Restart=on-failure",
    ),
    "nginx.conf": (
        "listen 443 ssl http2 default_server;",
        "client_max_body_size 512k;",
        "client_max_body_size 12m;",
        "client_body_buffer_size 512k;",
        "proxy_max_temp_file_size 0;",
        "proxy_pass_request_headers off;",
        'add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;',
        'set $desk_cookie "";',
        "gzip on;",
    ),
    "Caddyfile": (
        "exclude http",
        "read_header 20s",
        "read_body 60s",
        "max_size 512KB",
        "max_size 12MB",
        'Strict-Transport-Security "max-age=31536000; includeSubDomains"',
        "-Server",
        "request_header @others -Cookie",
        "encode @others gzip",
        "header_up -X-*",
        "header_up -Forwarded",
        "header_up -User-Agent",
        "header_up -Accept*",
        "header_up -Referer",
    ),
}
_IN_EVERY_SERVER = (
    "access_log off;",
    "error_log /dev/null emerg;",
    "server_tokens off;",
    "client_header_timeout 20s;",
    "client_body_timeout 20s;",
)
_UNITS = ("voicebox-web.service", "voicebox-worker.service")


def _lines(name: str) -> list[str]:
    """The sample's lines that say something; comments say nothing."""
    text = (SERVICE / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def _lacking(name: str, lines: list[str]) -> set[str]:
    """What the sample must have and does not; a server of nginx that would write lines is lacking too."""
    wanted = {*_MUST[name], *(_MUST["both units"] if name in _UNITS else ())}
    lacking = wanted - set(lines)
    if name == "nginx.conf":
        lacking |= {each for each in _IN_EVERY_SERVER if lines.count(each) < lines.count("server {")}
    if name == "Caddyfile" and "log {" in lines:
        lacking.add("no access log")
    return lacking


@pytest.mark.parametrize("name", [*_UNITS, "nginx.conf", "Caddyfile"])
def test_a_sample_has_all_that_keeps_its_promises(name: str) -> None:
    assert _lacking(name, _lines(name)) == set()


@pytest.mark.parametrize("name", [*_UNITS, "nginx.conf", "Caddyfile"])
def test_a_sample_without_one_of_them_is_noticed(name: str) -> None:
    lines = _lines(name)
    kept = {*_MUST[name], *(_IN_EVERY_SERVER if name == "nginx.conf" else ())}
    for line in kept:
        position = lines.index(line)
        assert _lacking(name, lines[:position] + lines[position + 1 :]) == {line}
    if name == "Caddyfile":
        assert _lacking(name, [*lines, "log {"]) == {"no access log"}


def test_the_worker_alone_has_the_keeper_and_the_two_are_never_one_user() -> None:
    users = {line for name in _UNITS for line in _lines(name) if line.startswith("User=")}
    assert users == {"User=voicebox-web", "User=voicebox-worker"}
    assert not [line for line in _lines("voicebox-worker.service") if line.startswith("InaccessiblePaths")]


@pytest.mark.parametrize("script", ["install.sh", "voicebox.sh"])
def test_the_scripts_can_be_read_by_any_shell_and_use_no_network(script: str) -> None:
    subprocess.run(["sh", "-n", str(SERVICE / script)], check=True)
    commands = "\n".join(_lines(script))
    assert not re.search(r"\b(curl|wget|apt-get (?!install -y --no-install-recommends\$missing))", commands)
    if script == "install.sh":
        assert "--no-index" in commands
        assert "sha256sum --check" in commands


def test_the_sample_settings_are_settings() -> None:
    named = re.findall(r"^#?VOICEBOX_([A-Z_]+)=", (SERVICE / "voicebox.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.lower() for name in named} <= set(Settings.__dataclass_fields__)


def test_the_doctor_finds_nothing_to_say_of_the_samples_and_something_without_their_silence() -> None:
    texts = {name: "\n".join(_lines(name)) for name in ("nginx.conf", "Caddyfile")}
    assert {row.level for row in check_configurations(texts)} == {"ok"}
    loud = {name: re.sub(r"access_log off;|exclude http", "", text) for name, text in texts.items()}
    assert {row.level for row in check_configurations(loud)} == {"wrong"}


def test_the_application_is_told_nothing_of_who_asks() -> None:
    telling = {"REMOTE_ADDR": "10.1.2.3", "REMOTE_PORT": "4711", "HTTP_USER_AGENT": "x", "HTTP_X_FORWARDED_FOR": "x"}
    needed = {"HTTP_HOST": "voice.school.example", "HTTP_SEC_FETCH_SITE": "same-origin", "PATH_INFO": "/en/r/ABC"}
    heard: dict[str, object] = {}

    def app(environ: dict[str, object], _start: object) -> list[bytes]:
        heard.update(environ)
        return []

    without_traces(app)({**telling, **needed}, lambda *_: lambda _: None)
    assert heard == needed
