"""A form whose line is cut: its empty page for the browser to keep, and the address for what was sealed meanwhile."""

import base64
import binascii
from dataclasses import replace

from flask import Blueprint, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond_sealed import accept_sealed
from feedback.privacy.receipts import is_form_key
from feedback.web.place import now, the_school
from feedback.web.respondents.filling import Filling, blocks
from feedback.web.respondents.respond import LONGEST_SLIP, form_class, sealed_here
from feedback.web.respondents.round_pages import below, speak_the_language_of_the_address, words_of
from feedback.web.typed import typed_fields

bp = Blueprint("offline", __name__)
bp.before_request(speak_the_language_of_the_address)


@bp.get("/<language>/r/<code>/offline")
@bp.get("/<language>/r/<code>/g/<group>/offline")
def keep(language: str, code: str, group: str | None = None) -> ResponseReturnValue:
    """The whole form on one page, whatever its layout, with no key, no answer and nothing of anybody in it."""
    asked = open_for_answers(the_school(), code, language, below=below(), group=group, now=now())
    on_one_page = replace(asked, instrument=asked.instrument.model_copy(update={"layout": "page"}))
    filling = Filling(on_one_page, form_key="")
    form = form_class(filling)()
    return make_response(
        render_template(
            "respond/kept.html",
            filling=filling,
            form=form,
            blocks=blocks,
            carried="",
            carried_words="",
            kept=True,
            address=url_for("respond.ask", language=language, code=code, group=group),
            **sealed_here(on_one_page, form),
            **words_of(on_one_page),
        )
    )


@bp.post("/<language>/r/<code>/sealed")
@bp.post("/<language>/r/<code>/g/<group>/sealed")
def receive(language: str, code: str, group: str | None = None) -> ResponseReturnValue:
    """What a browser sealed: into the box. Nothing is said but that it is there; the table of errors says the rest."""
    asked = open_for_answers(the_school(), code, language, below=below(), group=group, now=now())
    typed = typed_fields()
    key = typed.get("key", "")
    if not is_form_key(key):
        abort(400)
    slip = typed.get("slip", "")[:LONGEST_SLIP]
    words = _read(typed.get("words", ""))
    accept_sealed(the_school(), asked, key, _read(typed.get("sealed", "")), words=words, slip=slip, now=now())
    return "", 204


def _read(written: str) -> bytes:
    try:
        return base64.b64decode(written.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        abort(400)
