"""Receipts: what a receipt holds, and taking its envelope out of the box.

Nothing about a request is kept, as in `web.respondents.respond`. Digits are typed, or come along after "#", which a
browser keeps to itself; they are never in an address that a server sees.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, speak
from feedback.languages import SOURCE
from feedback.operations.answers.publish import Asked, describe
from feedback.operations.answers.receipts import State, look, withdraw
from feedback.privacy.carrying import carried, carry
from feedback.privacy.receipts import normal
from feedback.privacy.slips import new_code
from feedback.web.place import now, the_school
from feedback.web.respondents.round_pages import (
    languages_of,
    speak_the_language_of_the_address,
    words_of,
)
from feedback.web.typed import typed_fields

bp = Blueprint("receipts", __name__)

_ADDRESS = "/<language>/r/<code>/receipt"
#: The page and the status for each thing that a receipt can hold.
_PAGES = {
    State.IN_THE_BOX: ("in_the_box", 200),
    State.WITHDRAWN: ("out", 200),
    State.UNKNOWN: ("check", 422),
    State.COUNTING: ("counting", 409),
    State.OVER: ("over", 410),
}


@bp.before_request
def speak_the_language() -> None:
    """But the page that asks for a language speaks none yet."""
    if "language" in (request.view_args or {}):
        speak_the_language_of_the_address()


@bp.get("/receipt/<code>")
def choose(code: str) -> ResponseReturnValue:
    """Where a receipt's square leads, for a receipt tells no language: on to one, and what is behind "#" goes along."""
    asked, _state = describe(the_school(), code)
    languages = languages_of(asked) or [SOURCE]
    if len(languages) == 1:
        return redirect(url_for(".ask", language=languages[0], code=asked.code))
    speak(languages[0], Catalogue.RESPONDENT)
    return render_template("receipts/choose.html", languages=languages, **words_of(asked))


@bp.get(_ADDRESS)
def ask(language: str, code: str) -> Response:
    """Which receipt? Or that it is too late for any of them."""
    asked, round_state = describe(the_school(), code, language)
    state = look(the_school(), code, "", now=now()).state
    page, status = ("check", 200) if state is State.UNKNOWN else _PAGES[state]
    return _page(asked, round_state, page, status)


@bp.post(_ADDRESS)
def answer(language: str, code: str) -> Response:
    """What the receipt holds; the question whether to take it out; taking it out. In this order, by `go`."""
    asked, round_state = describe(the_school(), code, language)
    typed = typed_fields()
    receipt, go, slip = normal(typed.get("receipt", "")), typed.get("go"), None
    if go == "take-out":
        fresh = _opened(asked, typed["fresh"]) if "fresh" in typed else None
        slip = withdraw(the_school(), code, receipt, now=now(), fresh=fresh)
    state = look(the_school(), code, receipt, now=now()).state
    page, status = _PAGES[state]
    if go == "really" and state is State.IN_THE_BOX:
        page = "really"
    return _page(asked, round_state, page, status, receipt=receipt, slip=slip)


def _page(
    asked: Asked, round_state: str, page: str, status: int, *, receipt: str = "", slip: str | None = None
) -> Response:
    words = render_template(
        f"receipts/{page}.html",
        failed=status == 422,
        languages=languages_of(asked),
        receipt=receipt,
        slip=slip,
        fresh=_sealed(asked) if page == "really" and asked.slips else None,
        # A session in class is ended by its teacher, before its last moment.
        is_open=round_state == "open" and now() < asked.closes_at,
        **words_of(asked),
    )
    return make_response(words, status)


def _sealed(asked: Asked) -> str:
    """A slip's code that nobody can read or choose. It becomes a slip only by taking an envelope out."""
    return carry({"slip": new_code()}, secret=the_school().settings.secret, bound_to=_bound_to(asked))


def _opened(asked: Asked, sealed: str) -> str:
    return str(carried(sealed, secret=the_school().settings.secret, bound_to=_bound_to(asked)).get("slip"))


def _bound_to(asked: Asked) -> str:
    return f"fresh slip {asked.round_id}"
