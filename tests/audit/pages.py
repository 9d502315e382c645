"""Every kind of page a respondent meets, as the school sends it, at an address that any checker can open.

Most come as answers to something sent. They are kept as they came, headers and all, and shown again below /audit/;
their style sheets, scripts and pictures are the application's own. All is compressed as the proxies' samples do.
"""

import gzip
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import create_server
from werkzeug.test import TestResponse

from feedback.app import create_app
from feedback.config import Settings
from feedback.migrations import upgrade
from forms.definition import Instrument
from tests.factories import NOW, a_family_instrument, a_round, an_instrument
from tests.pages import Respondent

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_NOT_TWICE = {"content-length", "content-encoding", "connection", "date"}
_QUESTIONS = 10


@dataclass(frozen=True)
class Shown:
    """Pages by name, each with its address; `ten` is the first view of a form of ten questions."""

    root: str
    pages: dict[str, str]
    html: dict[str, str]
    ten: str


@contextmanager
def shown(folder: Path) -> Iterator[Shown]:
    """The pages of a made-up school that lives in the folder, as long as the block lasts."""
    settings = Settings("audit " * 8, folder, folder / "keystore", f"sqlite:///{folder / 'voicebox.db'}")
    app = create_app(settings)
    upgrade(app.extensions["school"].engine)
    app.extensions["clock"] = lambda: NOW
    ten = f"/en/r/{a_round(app.extensions['school'], _ten_questions()).code}"
    kept = _kept(app)
    served = _compressed(_showing(app.wsgi_app, kept))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(served, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    root = f"http://127.0.0.1:{server.effective_port}"
    pages = {name: f"{root}/audit/{name}" for name in kept}
    yield Shown(root, pages, {name: page.text for name, page in kept.items()}, root + ten)
    server.close()


def _ten_questions() -> Instrument:
    scale = a_family_instrument().questions[0].model_dump(mode="json")
    return a_family_instrument(id="ten", questions=[{**scale, "id": f"q{number}"} for number in range(_QUESTIONS)])


def _kept(app: Flask) -> dict[str, TestResponse]:
    """The way of a child through its screens, and of a family through its page."""
    school, client = app.extensions["school"], app.test_client()
    children, families = a_round(school, an_instrument()), a_round(school, a_family_instrument())
    child = Respondent(client, f"/en/r/{children.code}")
    kept = {"first": child.page.response}
    kept["question"] = child.press("next").page.response
    kept["question-with-pictures"] = child.press("next", again="yes").page.response
    kept["overview"] = child.press("next", liked=["games", "books"]).page.response
    kept["thank-you"] = child.press("send").page.response
    family = Respondent(client, f"/ar/r/{families.code}")
    kept["whole-page"] = family.page.response
    kept["whole-page-with-a-mistake"] = family.press("send", days="?").page.response
    kept["about"] = client.get(f"/en/r/{children.code}/about")
    kept["receipt"] = client.get(f"/en/r/{children.code}/receipt")
    return kept


def _showing(app: Application, kept: dict[str, TestResponse]) -> Application:
    def show(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        page = kept.get(environ["PATH_INFO"].removeprefix("/audit/"))
        if page is None:
            return app(environ, start)
        start("200 OK", [(name, value) for name, value in page.headers if name.lower() not in _NOT_TWICE])
        return [page.data]

    return show


def _compressed(app: Application) -> Application:
    def compress(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        told: list[Any] = []
        body = b"".join(app(environ, lambda *said: told.extend(said)))
        headers = [(name, value) for name, value in told[1] if name.lower() not in _NOT_TWICE]
        if len(body) >= 256 and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = gzip.compress(body, 6)
            headers.append(("Content-Encoding", "gzip"))
        start(told[0], [*headers, ("Content-Length", str(len(body)))])
        return [body]

    return compress
