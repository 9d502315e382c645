"""The school's own look: its style sheet and its logo. A school without one costs nothing."""

import base64
import hashlib
import re
import time
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from markupsafe import Markup

from feedback.config import Settings
from feedback.operations.workshop.look import Look, read_logo, read_look
from feedback.palette import Palette
from feedback.resources import resource_dir
from feedback.web.place import the_school

bp = Blueprint("look", __name__)

#: What everybody opens first, over whatever line they have.
_FIRST_VIEW = "respond.ask"
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


@bp.record_once
def _know_the_look(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]  # Flask's BlueprintSetupState
    app.jinja_env.globals.update(
        styles_of_the_school=styles_of_the_school,
        styles_within=styles_within,
        logo_of_the_school=logo_of_the_school,
    )


# Below /static/, where proxies and servers write no line about anybody.
@bp.get("/static/school/<version>/respond.css")
def styles(version: str) -> Response:
    """Voicebox's style sheet with the school's colour: one file, so that a bad line fetches one."""
    look = read_look(the_school().settings)
    if look.colours is None:
        abort(404)
    return _kept(_with_colours(look.colours), "text/css", is_current=version == look.version)


@bp.get("/static/school/<version>/logo.png")
def logo(version: str) -> Response:
    """The logo."""
    look = read_look(the_school().settings)
    if not look.has_logo:
        abort(404)
    return _kept(read_logo(the_school().settings), "image/png", is_current=version == look.version)


def styles_of_the_school() -> str:
    """The address of the style sheet of respondents' pages."""
    look = _look()
    if look.colours is None:
        return url_for("static", filename="respond.css")
    return url_for("look.styles", version=look.version)


def styles_within() -> Markup:
    """The style sheet itself, for the page that people open first; "" for every other page, which links to it.

    Until a linked one is there a browser shows nothing: on a bad line that takes as long again as the page.
    """
    return Markup(_within(_look().colours)[0] if request.endpoint == _FIRST_VIEW else "")  # noqa: S704 - our own file


def policy_of_styles() -> str:
    """What a page's Content-Security-Policy allows: our own files, and the style sheet within it by its hash."""
    return f"'self' {_within(_look().colours)[1]}" if request.endpoint == _FIRST_VIEW else "'self'"


def logo_of_the_school() -> str:
    """The address of the logo; "" where there is none."""
    look = _look()
    return url_for("look.logo", version=look.version) if look.has_logo else ""


def version_of_the_look() -> str:
    """What changes when the look does."""
    return _look().version


def _look() -> Look:
    return _look_at(the_school().settings, int(time.monotonic()))


@lru_cache(maxsize=4)
def _look_at(settings: Settings, _second: int) -> Look:
    # Every page asks; once a second is often enough to see a new one.
    return read_look(settings)


def _kept(body: bytes | str, type_: str, *, is_current: bool) -> Response:
    response = Response(body, mimetype=type_)
    if not is_current:
        # Asked for by a page from before a change: right for now, and not to be kept under this address.
        response.cache_control.no_store = True
        return response
    response.cache_control.public = True
    response.cache_control.max_age = current_app.get_send_file_max_age(None)
    return response


@lru_cache(maxsize=4)
def _within(colours: tuple[Palette, Palette] | None) -> tuple[str, str]:
    """The style sheet without its comments, and what a policy calls it."""
    sheet = _COMMENT.sub("", _with_colours(colours) if colours else _sheet())
    return sheet, f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


def _sheet() -> str:
    return Path(resource_dir("static"), "respond.css").read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _with_colours(colours: tuple[Palette, Palette]) -> str:
    light, dark = (
        f":root {{ --accent: {each.accent}; --on-accent: {each.on_accent}; --chosen: {each.chosen}; }}"
        for each in colours
    )
    return f"{_sheet()}\n{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n"
