"""Answering on a device that goes from hand to hand: the pages of a round, between "next person" and "thank you".

What one child typed is for no later one to see (privacy.md, L8). Answers to a POST are kept by nobody, a form that was
sent or left is never shown again, and both lead to a page that says nothing about anybody. The script of these pages
(static/kiosk.js) does what headers cannot: it takes forms out of the way back, and wipes a page that nobody touches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock

from flask import Blueprint, Flask, Response, current_app, g, make_response, render_template, url_for
from werkzeug.datastructures import MultiDict

from feedback.operations.answers.kiosk import Entered, describe_room, enter, was_sent
from feedback.operations.answers.publish import Asked
from feedback.operations.answers.respond import accept
from feedback.operations.errors import RoomClosed
from feedback.operations.heads import latest_head
from feedback.privacy.carrying import carried, carry
from feedback.privacy.receipts import is_form_key, new_form_key
from feedback.spoken import language_now
from feedback.web.place import now, the_school
from feedback.web.respondents.filling import Filling
from feedback.web.respondents.kept_pages import made_once
from feedback.web.respondents.paper import ReceiptPaper
from feedback.web.respondents.respond import show, step
from feedback.web.respondents.round_pages import (
    below,
    languages_of,
    speak_the_language_of_the_address,
    words_of,
)
from feedback.web.typed import typed_fields

bp = Blueprint("kiosk", __name__)
bp.before_request(speak_the_language_of_the_address)

_ADDRESS = "/<language>/k/<room>"
#: Forms that were left lately; more are left in no school between two presses of "back".
_MOST_LEFT = 5000


@dataclass(slots=True)
class Left:
    """The keys of forms that somebody left, so that a browser's way back finds none of them.

    In memory only, and without any order that matters: a key is random, and nothing was stored under it. After a
    restart, and in another process, a browser without our script could show such a form once more.
    """

    _keys: dict[str, None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, form_key: str) -> None:
        """This form is left."""
        with self._lock:
            self._keys[form_key] = None
            while len(self._keys) > _MOST_LEFT:
                del self._keys[next(iter(self._keys))]

    def has(self, form_key: str) -> bool:
        """Whether this form was left."""
        return form_key in self._keys


def init_app(app: Flask) -> None:
    """Give the app its memory of forms that were left."""
    app.extensions["left"] = Left()


@bp.context_processor
def shared_device() -> dict[str, object]:
    """What every page of a shared device knows. `pause_seconds` is how long nothing may be touched."""
    return {"shared": True, "pause_seconds": g.get("pause_seconds", 0)}


@bp.get(_ADDRESS)
def ask(language: str, room: str) -> Response:
    """The page that waits for the next person. There is nothing of anybody in it."""
    entered = _enter(language, room)
    if entered.is_closed:
        raise RoomClosed(room)
    # A form on one page is shown in answer to a press, so that no cache can hand the key in it to two children.
    filling = Filling(_asked(entered), new_form_key())
    return show(filling) if filling.last else _begin(entered)


@bp.post(_ADDRESS)
def answer(language: str, room: str) -> Response:
    """What was typed on one screen: on to the next one, into the box, or away."""
    typed = _typed(room)
    form_key, go = typed.get("form_key", ""), typed.get("go")
    if go == "leave":
        # Whatever became of the round, and whatever else was sent.
        if is_form_key(form_key):
            _left().note(form_key)
        return _wiped("ask", language, room)
    entered = _enter(language, room)
    if go == "begin":
        return show(Filling(_asked(entered), new_form_key()))
    if is_form_key(form_key) and was_sent(the_school(), entered.asked, form_key):
        return _wiped("thank", language, room)
    if _left().has(form_key):
        return _wiped("ask", language, room)
    return step(_asked(entered), typed, partial(_put_in, entered, typed))


@bp.post(_ADDRESS + "/carry")
def seal_typed(language: str, room: str) -> Response:
    """What was typed, sealed to this server, for the page's script to send in its place.

    Browsers write what a page sends into a file, to open their windows again after a crash, some seconds after it was
    sent: with this there is nothing in it that could be read.
    """
    _enter(language, room)
    fields = dict(typed_fields().lists())
    return Response(carry(fields, secret=the_school().settings.secret, bound_to=_bound_to(room)), mimetype="text/plain")


@bp.get(_ADDRESS + "/thanks")
def thank(language: str, room: str) -> str:
    """Thank you, to whoever it was; and who is next?"""
    asked, g.pause_seconds = describe_room(the_school(), room, language)
    return render_template("kiosk/thanks.html", room=room, **words_of(asked))


@bp.get(_ADDRESS + "/about")
def about(language: str, room: str) -> str:
    """What happens to my answers? Without a way out of the room."""
    asked, g.pause_seconds = describe_room(the_school(), room, language)
    return render_template(
        "public/about.html",
        is_open=True,
        languages=languages_of(asked),
        head=latest_head(the_school()),
        **words_of(asked),
    )


def _typed(room: str) -> MultiDict[str, str]:
    typed = typed_fields()
    if "typed" not in typed:
        return typed
    return MultiDict(carried(typed["typed"], secret=the_school().settings.secret, bound_to=_bound_to(room)))


def _bound_to(room: str) -> str:
    return f"typed in room {room}"


def _enter(language: str, room: str) -> Entered:
    entered = enter(the_school(), room, language, below=below(), now=now())
    g.pause_seconds = entered.pause_seconds
    return entered


def _asked(entered: Entered) -> Asked:
    """The round as the room's pages show it: the room is the slip, and nobody is asked for another one."""
    return made_once(entered.asked, "in a room", partial(replace, entered.asked, slips=False))


def _begin(entered: Entered) -> Response:
    asked = entered.asked
    return make_response(render_template("kiosk/begin.html", languages=languages_of(asked), **words_of(asked)))


def _put_in(entered: Entered, typed: Mapping[str, str], filling: Filling) -> Response:
    asked, answers = entered.asked, filling.answers
    # The page was made for one child, in answer to a press, so its key is nobody else's as it is.
    accepted = accept(the_school(), asked, filling.form_key, answers, room=entered.room, now=now())
    if typed.get("go") != "receipt":
        return _wiped("thank", language_now().code, entered.room)
    paper = ReceiptPaper(accepted.receipt, asked.code)
    return _wipe(make_response(render_template("kiosk/receipt.html", paper=paper, **words_of(asked))))


def _wiped(page: str, language: str, room: str) -> Response:
    """On to a page that says nothing about anybody: 303, so that a reload or the way back sends nothing again."""
    to = url_for(f".{page}", language=language, room=room)
    return _wipe(Response(status=303, headers={"Location": to}))


def _wipe(response: Response) -> Response:
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _left() -> Left:
    left: Left = current_app.extensions["left"]
    return left
