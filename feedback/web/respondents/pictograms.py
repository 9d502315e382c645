"""The small drawings beside words, set into the page itself: a form with ten of them costs no request more."""

from functools import cache

from flask import Flask, url_for
from markupsafe import Markup

from feedback.resources import resource_dir

#: What the names of a school's own pictures begin with.
OWN = "own-"
_BEGINS = "<svg "


def init_app(app: Flask) -> None:
    """Give templates the drawings."""
    app.jinja_env.globals["drawn"] = drawn


def drawn(name: str) -> Markup:
    """A drawing, without a name of its own: the words beside it say the same.

    A school's own picture is linked. Where a form names one that is not there, the words stand alone.
    """
    if not name.startswith(OWN):
        return _within(name)
    address = url_for("pictures.show", name=name)
    return Markup('<img class="pictogram" src="{}" width="64" height="64" alt="">').format(address)


@cache
def _within(name: str) -> Markup:
    file = resource_dir("static") / "pictograms" / f"{name}.svg"
    if not file.is_file():
        return Markup()
    drawing = file.read_text(encoding="utf-8").strip()
    facts = 'class="pictogram" width="64" height="64" aria-hidden="true" '
    return Markup(drawing.replace(_BEGINS, _BEGINS + facts, 1))  # noqa: S704 - our own file
