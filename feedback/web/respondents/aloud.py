"""Reading aloud: recordings of the school where there are some, else the device's own voices, or an adult in the room.

Nothing is ever recorded here. A recording is the same for everybody, but that a device keeps one may tell what somebody
was asked: so on shared devices none is kept, and anywhere none of a question that depends on an earlier answer.
"""

import time
from functools import lru_cache

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for

from feedback.config import Settings
from feedback.operations.answers.kiosk import enter
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.workshop.recordings import INTRODUCTION, read_recording, recorded
from feedback.spoken import language_now
from feedback.web.place import now, the_school
from feedback.web.respondents.round_pages import speak_the_language_of_the_address
from forms.logic import shown

bp = Blueprint("aloud", __name__)
bp.before_request(speak_the_language_of_the_address)


@bp.record_once
def _know_recordings(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]  # Flask's BlueprintSetupState
    app.jinja_env.globals.update(recording_of=recording_of, may_speak=may_speak)


@bp.get("/<language>/r/<code>/aloud/<name>.mp3")
def listen(language: str, code: str, name: str) -> Response:
    """Somebody of the school reads one question and its answers."""
    asked = open_for_answers(the_school(), code, language, now=now())
    sound = _sound(asked, name)
    if name == INTRODUCTION or name in {item.id for item in shown(asked.instrument, {})}:
        sound.cache_control.private = True
        sound.cache_control.max_age = current_app.get_send_file_max_age(None)
    else:
        sound.cache_control.no_store = True
    return sound


@bp.get("/<language>/k/<room>/aloud/<name>.mp3")
def listen_in_a_room(language: str, room: str, name: str) -> Response:
    """The same on a shared device, which keeps nothing of it (feedback/web/headers.py)."""
    return _sound(enter(the_school(), room, language, now=now()).asked, name)


def recorded_here(asked: Asked) -> frozenset[str]:
    """Names of what can be listened to on this page: nothing where an adult reads, or where there may be no line."""
    if asked.read_aloud or request.blueprint == "offline":
        return frozenset()
    return _recorded_at(the_school().settings, asked.code, language_now().code, int(time.monotonic()))


def recording_of(asked: Asked, name: str) -> str:
    """The address of a recording; "" where there is none."""
    if name not in recorded_here(asked):
        return ""
    language = language_now().code
    if request.blueprint == "kiosk":
        room = (request.view_args or {})["room"]
        return url_for("aloud.listen_in_a_room", language=language, room=room, name=name)
    return url_for("aloud.listen", language=language, code=asked.code, name=name)


def may_speak(asked: Asked) -> bool:
    """Whether the page brings the script that lets a voice of the device read what is not recorded."""
    return not asked.read_aloud and (asked.instrument.ages == "6-8" or asked.audience == "families")


def _sound(asked: Asked, name: str) -> Response:
    # An adult reads, so every device is silent: no page leads here then.
    body = b"" if asked.read_aloud else read_recording(the_school().settings, asked.code, language_now().code, name)
    if not body:
        abort(404)
    sound = Response(body, mimetype="audio/mpeg")
    sound.add_etag()
    # Some browsers play only what they can fetch in pieces.
    sound.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return sound


@lru_cache(maxsize=64)
def _recorded_at(settings: Settings, code: str, language: str, _second: int) -> frozenset[str]:
    # Every page asks; once a second is often enough to find a new one.
    return recorded(settings, code, language)
