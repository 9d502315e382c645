"""The shipped command line with one thing changed that no setting may change: the clock, a pragma, a forgotten log.

Run as `python -m tests.reliability.child COMMAND`; what is changed comes in `HARNESS_*` variables.
"""

import os
import re
import sys
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, request
from waitress.task import WSGITask

from feedback.app import create_app
from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.db import sqlite
from feedback.operations.school import now_utc

#: What the recorder's log calls the moment before a thank-you leaves the house.
ACKNOWLEDGED = "acknowledged"
_RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


def main() -> None:
    """Say that everything is loaded, so that whoever kills us hits the work and not the imports; then do the work."""
    if level := os.environ.get("HARNESS_SYNCHRONOUS"):
        # The later one holds.
        vars(sqlite)["PROMISES"] = (*sqlite.PROMISES, f"synchronous={level}")
    print("ready", flush=True)  # noqa: T201 - the parent waits for this line
    voicebox(obj=Place(_changed_app), prog_name="voicebox")


def _changed_app(settings: Settings) -> Flask:
    app = create_app(settings)
    if days := int(os.environ.get("HARNESS_CLOCK_DAYS", "0")):
        app.extensions["clock"] = lambda: now_utc() + timedelta(days=days)
    if os.environ.get("HARNESS_MARKS"):
        _mark_acknowledgements(app, settings.instance / ACKNOWLEDGED)
    if os.environ.get("HARNESS_ACCESS_LOG"):
        _log_as_others_do()
    return app


def _mark_acknowledgements(app: Flask, marks: Path) -> None:
    """Before each thank-you goes out, its receipt is written where the recorder sees it in order with the disk."""
    file = os.open(marks, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    @app.after_request
    def mark(response: Response) -> Response:
        given = _RECEIPT.search(response.get_data(as_text=True)) if request.method == "POST" else None
        if given and response.status_code == 200:
            os.write(file, given[0].encode())
        return response


def _log_as_others_do() -> None:
    """A line for each request, as every web server writes unless told not to. Whoever looks for traces must find it."""
    quiet = WSGITask.get_environment

    def loud(task: WSGITask) -> dict[str, object]:
        environ: dict[str, object] = quiet(task)
        print(environ, file=sys.stderr, flush=True)  # noqa: T201 - on purpose
        return environ

    WSGITask.get_environment = loud


if __name__ == "__main__":
    main()
