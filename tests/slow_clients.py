"""People on a very bad line, or somebody who pretends to be: half a request each, dripped byte by byte, never whole."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_EVERY_SECONDS = 1.0


@contextmanager
def slow_clients(port: int, path: str, *, heads: int = 100, bodies: int = 100) -> Iterator[list[socket.socket]]:
    """While the block runs, so many connections hold half a head, and so many half a body, on this machine's port."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Slow: ".encode()
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000\r\n\r\nform_key="
    half_head, half_body = head, head + b"yes\r\n" + form
    opened = [_opened(port, said) for said in [half_head] * heads + [half_body] * bodies]
    ended = threading.Event()
    dripping = threading.Thread(target=_drip, args=(opened, ended))
    dripping.start()
    try:
        yield opened
    finally:
        ended.set()
        dripping.join()
        for connection in opened:
            connection.close()


def still_open(connections: list[socket.socket]) -> int:
    """How many of them the server has not closed."""
    return sum(not _is_closed(connection) for connection in connections)


def _opened(port: int, said: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    connection.sendall(said)
    connection.setblocking(False)
    return connection


def _drip(connections: list[socket.socket], ended: threading.Event) -> None:
    while not ended.wait(_EVERY_SECONDS):
        for connection in connections:
            try:
                connection.send(b"a", socket.MSG_NOSIGNAL)
            except OSError:
                continue  # the server has closed it, which is its good right


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
