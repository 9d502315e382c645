"""The web server around the application: its limits, its silence, and how it stops.

Waitress, because of what `make bench-serving` measures (its table is in tests/benchmarks/serving.py): with 200
half-open connections it serves 20 of 20 people alone, behind nginx and behind Caddy, while gunicorn and granian serve
none unless nginx is in front. It reads all connections in one loop and gives a thread only to a request that has
arrived whole. So an office computer without a proxy is as safe, and there is one way to serve instead of two; it is
no slower and takes the least memory.

Behind a proxy nothing is taken from `X-Forwarded-*` or `Forwarded`: the public address is a setting, so no scheme,
host or address has to be believed, and no ProxyFix is needed. Both sample proxies keep `Host`.
"""

import logging
import resource
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from flask import Flask
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel

from feedback.commands.room_at_the_desk import RoomAtTheDesk

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: A form that is too large is told so in words by the application, from 256 KiB on; waitress only cuts off what is
#: twice that (more at the desk). Bodies up to the second figure stay in memory: no answer is ever spilled into a file.
_LARGEST_BODY, _KEPT_IN_MEMORY = 512 * 1024, 513 * 1024
_LIMITS: dict[str, Any] = {
    "threads": 8,
    #: Half-open connections that a slow line, or an attacker, may hold without others waiting (privacy.md, section 6).
    "connection_limit": 1000,
    #: select() fails above 1,023 open files, of which connections are only a part.
    "asyncore_use_poll": True,
    #: Seconds in which a request has to have arrived whole, and how often that is checked.
    "channel_timeout": 60,
    "cleanup_interval": 5,
    "max_request_header_size": 16 * 1024,
    "max_request_body_size": _LARGEST_BODY,
    "inbuf_overflow": _KEPT_IN_MEMORY,
    "clear_untrusted_proxy_headers": True,
    "ident": None,
}
_OPEN_FILES = 4096
#: Seconds that requests which have arrived are given to be answered when the server is told to stop.
_GRACE = 20
#: All that pages need of a request's headers. Addresses, browsers and languages never reach the application.
_PASSED_ON = {
    "HTTP_HOST",
    "HTTP_ORIGIN",
    "HTTP_SEC_FETCH_SITE",
    "HTTP_COOKIE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
}


class ImpatientChannel(HTTPChannel):  # type: ignore[misc]  # waitress publishes no types
    """A connection whose time runs from the first byte of a request: one that drips bytes cannot hold its place."""

    parser_class = RoomAtTheDesk
    last_activity: float

    def handle_read(self) -> None:
        """Read what is there. Only the beginning or the end of a request counts as activity."""
        unfinished, before = self.request, self.last_activity
        super().handle_read()
        has_begun = self.request is not None and self.request is not unfinished
        if not (has_begun or self.requests):
            self.last_activity = before


def serve_until_told(app: Flask, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; requests that have arrived whole by then are still answered."""
    # Neither of who came nor of when: waitress would tell the length of its queue, and addresses in its errors.
    logging.getLogger("waitress").setLevel(logging.CRITICAL + 1)
    logging.getLogger("waitress.queue").setLevel(logging.CRITICAL + 1)
    connections: dict[int, Any] = {}
    server = create_server(without_traces(app), map=connections, host=host, port=port, **_LIMITS)
    server.channel_class = ImpatientChannel
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    while not told.is_set():
        _turn(connections, seconds=0.5)
    # Not server.close(): that would also close the trigger with which threads hand over what is to be sent.
    wasyncore.dispatcher.close(server)
    until = time.monotonic() + _GRACE
    while time.monotonic() < until and any(_is_busy(channel) for channel in server.active_channels.values()):
        _turn(connections, seconds=0.1)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(connections)


def keep_out_of_dumps() -> None:
    """No core dump of a process that holds answers in its memory (privacy.md, L24), and room for its connections."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < _OPEN_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES if hard < 0 else min(_OPEN_FILES, hard), hard))


def without_traces(app: "WSGIApplication") -> "WSGIApplication":
    """The application, given only the headers that pages need, and no address at all."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        for name in [name for name in environ if name.startswith(("HTTP_", "REMOTE_"))]:
            if name not in _PASSED_ON:
                del environ[name]
        return app(environ, start_response)

    return serve


def _turn(connections: dict[int, Any], *, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, map=connections, use_poll=True, count=1)


def _is_busy(channel: Any) -> bool:
    """Whether a whole request is being answered; half a request may never become one, and is not waited for."""
    return bool(channel.requests or channel.total_outbufs_len)
