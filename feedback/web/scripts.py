"""The scripts of a form's page as one file, and its service worker's as another: a bad line fetches few files."""

import re
from functools import cache

from flask import Blueprint, Response, current_app, make_response, request

from feedback.resources import resource_dir

bp = Blueprint("scripts", __name__)

#: In the order in which they build on each other.
_FORM = ("own", "slip", "seal", "queue", "offline")
_WORKER = ("queue", "sw")
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)


@bp.get("/static/form.js")
def form() -> Response:
    """Everything that a form's page may need, whether its line holds or not."""
    return _kept(_script(_FORM))


@bp.get("/static/form-aloud.js")
def form_and_voice() -> Response:
    """The same for a form that a voice of the device may read: still one file, until there is a voice."""
    return _kept(_script((*_FORM, "voice")))


@bp.get("/sw.js")
def worker() -> Response:
    """The service worker. From here, because a worker may be in charge only of what lies beside or below it."""
    script = _script(_WORKER)
    script.cache_control.no_cache = True
    # Only ever of one form, which the page names; the header allows no more than the file's own place would.
    script.headers["Service-Worker-Allowed"] = "/"
    return script


def _kept(script: Response) -> Response:
    script.cache_control.max_age = current_app.get_send_file_max_age("form.js")
    return script


def _script(names: tuple[str, ...]) -> Response:
    script = make_response(_joined(names))
    script.mimetype = "text/javascript"
    script.add_etag()
    script.make_conditional(request)
    return script


@cache
def _joined(names: tuple[str, ...]) -> str:
    files = [(resource_dir("static") / f"{name}.js").read_text(encoding="utf-8") for name in names]
    return "".join(_COMMENT.sub("", file) for file in files)
