"""L1 through the shipped samples: who answers leaves no address and no header in any proxy's files (privacy.md).

Run by `make bench-serving`, where nginx and Caddy are installed; they are no part of the set-up.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest

from tests.benchmarks.proxies import PROXIES, in_front, make_certificate
from tests.served import ANSWERS, HIDDEN, install, serving

_ADDRESSES = ("127.0.0.77", "127.0.0.78", "127.0.0.79")
_NEEDLE = "needle7f3a"
_TELLING = (
    "User-Agent",
    "Referer",
    "Accept-Language",
    "X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "Via",
    "From",
    "X-Forwarded-Host",
    "Sec-CH-UA",
    "Authorization",
    "True-Client-IP",
    "CF-Connecting-IP",
    "DNT",
    "Cookie",
)
_HEADERS = {name: f"{_NEEDLE}={name}" for name in _TELLING}
#: What keeps each proxy silent, and what keeps headers from being passed on; taken out, the tests must fail.
_SILENCE = {"nginx": r"access_log off;|error_log /dev/null emerg;", "caddy": r"exclude http"}
_STRIPPING = {"nginx": r"proxy_pass_request_headers off;", "caddy": r"header_up -User-Agent"}


def _ask(
    port: int, address: str, method: str, path: str, body: str | None = None, *, site: str = ""
) -> tuple[int, str]:
    context = ssl._create_unverified_context()  # noqa: S323 - the certificate was made a moment ago, for localhost
    asking = http.client.HTTPSConnection("localhost", port, context=context, source_address=(address, 0), timeout=20)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site or f"https://localhost:{port}"}
        form = form if body else {}
        asking.request(method, path, body, {**_HEADERS, **form})
        answer = asking.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        asking.close()


def _say(port: int, address: str, said: bytes, *, tls: bool = True) -> None:
    plain = socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(address, 0))
    context = ssl._create_unverified_context()  # noqa: S323 - as above
    with (
        suppress(OSError),
        plain,
        context.wrap_socket(plain, server_hostname="localhost") if tls else plain as speaking,
    ):
        speaking.sendall(said)
        speaking.settimeout(0.5)
        speaking.recv(2000)


def _answer_in_every_way(port: int, path: str) -> set[int]:
    """Submissions, and everything that goes wrong on the way; the statuses that came back."""
    statuses = set()
    for address in _ADDRESSES:
        status, page = _ask(port, address, "GET", path)
        filled = urlencode({**ANSWERS, **dict(HIDDEN.findall(page)), "go": "send"})
        statuses |= {status, _ask(port, address, "POST", path, filled)[0]}
    statuses.add(_ask(port, _ADDRESSES[0], "GET", f"/en/r/{_NEEDLE}")[0])
    statuses.add(_ask(port, _ADDRESSES[0], "POST", path, "form_key=%")[0])
    statuses.add(_ask(port, _ADDRESSES[0], "POST", path, "form_key=x", site="https://elsewhere.example")[0])
    statuses.add(_ask(port, _ADDRESSES[1], "PUT", path)[0])
    with suppress(OSError):  # a proxy may hang up before it has heard so much
        statuses.add(_ask(port, _ADDRESSES[1], "POST", path, "a" * 700_000)[0])
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {_NEEDLE}\r\n".encode()
    _say(port, _ADDRESSES[2], head)
    _say(port, _ADDRESSES[2], head + b"Content-Length: 90\r\n\r\nform_key=")
    _say(port, _ADDRESSES[2], f"{_NEEDLE} nonsense\r\n\r\n".encode())
    _say(port, _ADDRESSES[2], b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + _NEEDLE.encode() * 9000 + b"\r\n\r\n")
    _say(port, _ADDRESSES[2], _NEEDLE.encode() * 9, tls=False)
    return statuses


def _traces(folder: Path) -> list[str]:
    """The files that hold a needle or an address."""
    wanted = [_NEEDLE.encode(), *(address.encode() for address in _ADDRESSES)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(each in path.read_bytes() for each in wanted)]


def _visit(proxy: str, folder: Path, change: str = "") -> list[str]:
    front = folder / "front"
    front.mkdir()
    make_certificate(front)
    installed = install(folder / "instance")
    with ExitStack() as server:
        port = server.enter_context(serving(installed))
        with in_front(proxy, port, front, tls=True, change=change) as outside:
            statuses = _answer_in_every_way(outside, installed.path)
            assert {200, 400, 403, 404, 405} <= statuses
            assert _ask(outside, _ADDRESSES[0], "GET", "/en/desk/sign-in")[0] == 200
            # The service stands still for a moment, and the proxy is asked nevertheless.
            server.close()
            assert _ask(outside, _ADDRESSES[0], "GET", installed.path)[0] in (502, 503)
    return _traces(folder)


@pytest.mark.parametrize("proxy", PROXIES)
def test_no_address_and_no_header_of_who_answers_is_in_any_file(proxy: str, tmp_path: Path) -> None:
    assert _visit(proxy, tmp_path) == []


@pytest.mark.parametrize("proxy", PROXIES)
def test_without_the_samples_silence_they_would_be(proxy: str, tmp_path: Path) -> None:
    assert _visit(proxy, tmp_path, _SILENCE[proxy])


@contextmanager
def _listener(said: bytes = b"") -> Iterator[tuple[int, list[dict[str, str]]]]:
    heard: list[dict[str, str]] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(dict(self.headers.items()))
            self.send_response(200 if said else 204)
            if said:
                self.send_header("Content-Type", "text/css" if "static" in self.path else "text/html")
                self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_said: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, heard
    server.shutdown()
    server.server_close()


def _passed_on(proxy: str, folder: Path, path: str, change: str = "") -> set[str]:
    """The names of the headers of a visit that reach the service with what the visitor's browser tells."""
    make_certificate(folder)
    with _listener() as (port, heard), in_front(proxy, port, folder, tls=True, change=change) as outside:
        assert _ask(outside, _ADDRESSES[0], "GET", path)[0] == 204
    told = [(name, value) for each in heard for name, value in each.items()]
    assert any(name.lower() == "host" for name, _value in told)
    return {name.lower() for name, value in told if _NEEDLE in value or _ADDRESSES[0] in value}


@pytest.mark.parametrize("proxy", PROXIES)
def test_only_the_desk_hears_a_cookie_and_nobody_hears_more(proxy: str, tmp_path: Path) -> None:
    assert _passed_on(proxy, tmp_path, "/so/r/ABC") == set()
    assert _passed_on(proxy, tmp_path, "/en/desk/") == {"cookie"}


@pytest.mark.parametrize("proxy", PROXIES)
def test_without_the_samples_stripping_the_browser_would_be_told(proxy: str, tmp_path: Path) -> None:
    assert "user-agent" in _passed_on(proxy, tmp_path, "/so/r/ABC", _STRIPPING[proxy])


@pytest.mark.parametrize(
    ("path", "is_compressed"), [("/so/r/ABC", True), ("/static/a.css", True), ("/en/desk/", False)]
)
@pytest.mark.parametrize("proxy", PROXIES)
def test_everything_is_compressed_but_the_desk(proxy: str, path: str, is_compressed: bool, tmp_path: Path) -> None:
    with _listener(b"x" * 2000) as (port, _heard), in_front(proxy, port, tmp_path) as outside:
        asking = http.client.HTTPConnection("127.0.0.1", outside, timeout=20)
        asking.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = asking.getresponse()
        assert (answer.headers["Content-Encoding"] == "gzip") is is_compressed
        assert (len(answer.read()) < 100) is is_compressed
        asking.close()
