"""A page with a hole, so that a scanner that finds nothing anywhere is noticed."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from werkzeug.routing import Map, Rule

from tests.scan.sessions import Target

RULES = Map([Rule("/en/found", endpoint="found")])
_FORM = '<form action="/en/found"><label>Title <input name="title" value="spring"></label></form>'


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        title = parse_qs(urlsplit(self.path).query).get("title", ["spring"])[0]
        with sqlite3.connect(":memory:") as database:
            database.execute("CREATE TABLE round AS SELECT 'spring' AS title UNION SELECT 'autumn'")
            try:
                # The hole: what was typed becomes a part of the statement.
                rows = database.execute(f"SELECT title FROM round WHERE title = '{title}'").fetchall()  # noqa: S608
                status, said = 200, " ".join(escape(row[0] or "") for row in rows)
            except sqlite3.Error as wrong:
                status, said = 500, escape(f"sqlite3.OperationalError: {wrong}")
        page = f"<!doctype html><html><body>{_FORM}<p>{said}</p></body></html>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_about: object) -> None:
        """Say nothing."""


@contextmanager
def planted() -> Iterator[Target]:
    """The page, served as long as the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Target("planted hole", f"http://127.0.0.1:{server.server_port}/en/found", str)
        finally:
            server.shutdown()
