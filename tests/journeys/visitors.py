"""Visitors who would be recognised anywhere, and the search for what they left behind.

Each comes from an address of its own and tells everything that a browser can tell; all of it is unique to the test, so
that a byte-wise search of a folder finds it if anything was kept.
"""

import http.client
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

#: Every machine has these; nobody else uses them.
ADDRESSES = tuple(f"127.0.0.{last}" for last in range(77, 91))
_NEEDLE = "needle-5d1f0c27"
TELLING = {
    "User-Agent": f"{_NEEDLE}-agent",
    "Cookie": f"voicebox={_NEEDLE}-cookie",
    "Referer": f"http://127.0.0.1/{_NEEDLE}-page",
    "Accept-Language": f"x-{_NEEDLE}",
    "X-Forwarded-For": "203.0.113.77",
    "Forwarded": "for=203.0.113.77",
    "X-Real-Ip": "203.0.113.77",
}
#: What must be in no file: addresses as text and as hexadecimal digits, and everything told.
TRACES = (
    _NEEDLE.encode(),
    b"203.0.113.77",
    *(form for one in ADDRESSES for form in (one.encode(), socket.inet_aton(one).hex().encode())),
)
#: In place of a status, where the server hung up before its answer could be read.
HUNG_UP = 0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def visit(
    port: int, address: str, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request from this address, telling everything; status, headers and body of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        # A server may refuse a body that is far too large, and hang up, before it has heard all of it.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, path, body or None, {**TELLING, **(FORM if body else {}), **named})
        try:
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except (BrokenPipeError, ConnectionResetError):
            return HUNG_UP, http.client.HTTPMessage(), b""
    finally:
        connection.close()


def leave_halfway(port: int, address: str, said: str) -> None:
    """Say half of something that may not even be HTTP, and go away without waiting."""
    with socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0)) as connection:
        connection.sendall(said.encode())
        connection.settimeout(0.5)
        with suppress(OSError):
            connection.recv(4096)


def found_in(folder: Path, traces: Iterable[bytes]) -> dict[str, list[str]]:
    """Which of the traces are in which file below the folder, or in a file's name."""
    found: dict[str, list[str]] = {}
    wanted = list(traces)
    for path in sorted(folder.rglob("*")):
        body = str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        for trace in wanted:
            if trace in body:
                found.setdefault(trace.decode(), []).append(path.name)
    return found
