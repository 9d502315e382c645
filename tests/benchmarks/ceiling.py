"""The smallest Flask application that validates ten fields and inserts one row."""

import logging
import secrets
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path
from threading import local

from flask import Flask, request
from waitress import create_server

_FIELDS = [f"q{number}" for number in range(10)]
_PAGE = "<!doctype html><title>t</title><form method=post>" + "".join(
    f"<fieldset><legend>{name}</legend>"
    + "".join(f"<label><input type=radio name={name} value={value}>{value}</label>" for value in "1234")
    + "</fieldset>"
    for name in _FIELDS
)


def serve_ceiling(pipe: Connection, folder: str) -> None:
    """Serve until killed; sends (port, paths, form) through the pipe."""
    Path(folder).mkdir()
    kept = local()

    def database() -> sqlite3.Connection:
        if not hasattr(kept, "connection"):
            kept.connection = sqlite3.connect(f"{folder}/c.db", isolation_level=None, timeout=10)
            kept.connection.execute("PRAGMA journal_mode=WAL")
            kept.connection.execute("PRAGMA synchronous=FULL")
            kept.connection.execute("CREATE TABLE IF NOT EXISTS answer (id TEXT PRIMARY KEY, body TEXT)")
        return kept.connection  # type: ignore[no-any-return]  # a thread's own attribute has no type

    app = Flask(__name__)

    @app.get("/form")
    def form() -> str:
        return _PAGE

    @app.post("/form")
    def answer() -> tuple[str, int]:
        given = [request.form.get(name, "") for name in _FIELDS]
        if not all(value in {"1", "2", "3", "4"} for value in given):
            return "no", 422
        database().execute("INSERT INTO answer VALUES (?, ?)", (secrets.token_hex(16), "".join(given)))
        return "<!doctype html><title>t</title>Thank you", 200

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    pipe.send((server.effective_port, ["/form"], dict.fromkeys(_FIELDS, "2")))
    server.run()
