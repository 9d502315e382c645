"""Recordings for a draft: listening to what is recorded, adding a recording for each text, and taking one away."""

from contextlib import closing
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.workshop.clips import add_clip, clips_for, read_clip, remove_clip
from feedback.operations.workshop.sound_apart import MOST_BYTES
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("clips", __name__, url_prefix="/<language>/desk/forms/<draft_id>/clips/<in_language>")

#: What a browser sends around the sound.
_AROUND = 64 * 1024
_SENTENCES = {
    "no_sound": N_("Choose a recording: an Opus, MP3, WAV or FLAC file."),
    "too_large": N_("This recording is too large. Use one of at most 10 MB, such as an MP3 file."),
    "m4a": N_(
        "M4A files are read where this browser may run scripts and knows their kind. Otherwise save it as MP3 or WAV."
    ),
    "unreadable": N_("This is no recording that can be read. Save it as an Opus, MP3, WAV or FLAC file."),
    "too_long": N_("This recording is longer than three minutes. Read the question and its answers only."),
    "silent": N_("Nothing can be heard here. Look whether the microphone is on, and record it again."),
    "strange": N_("This is no recording of a voice. Save it as MP3 or WAV in mono or stereo."),
    "waits": N_("There are no words for this yet. They come first, and the recording after them."),
    "too_many": N_(
        "The recordings of this form are as large as they may be together. Remove some, or make them shorter."
    ),
}


class ClipForm(DeskForm):
    """One recording."""

    sound = FileField()


@bp.url_value_preprocessor
def _room_for_a_voice(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the form, and so before the guard against other sites does.
    if request.endpoint == "clips.add":
        request.max_content_length = MOST_BYTES + _AROUND


@bp.get("")
def show(draft_id: str, in_language: str) -> ResponseReturnValue:
    """Every text of the draft in one language, with its voice."""
    return _page(draft_id, in_language)


@bp.get("/<key>.mp3")
def listen(draft_id: str, in_language: str, key: str) -> Response:
    """One voice."""
    body = read_clip(the_school(), signed_in(), draft_id, key, in_language)
    sound = Response(body, mimetype="audio/mpeg")
    # Some browsers play only what they can fetch in pieces.
    sound.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return sound


@bp.post("/<key>")
def add(draft_id: str, in_language: str, key: str) -> ResponseReturnValue:
    """One more, or another one."""
    form = _form_for(key)
    if form.validate_on_submit():
        try:
            body = _sent(form)
            add_clip(the_school(), signed_in(), draft_id, key, in_language, body, now=now())
            flash(gettext("The recording is there."))
            return redirect(url_for(".show", draft_id=draft_id, in_language=in_language, _anchor=f"part-{key}"))
        except NotReady as refused:
            for code in refused.missing:
                form.blame("sound", _SENTENCES[code])
    return _page(draft_id, in_language, form)


@bp.post("/<key>/remove")
def remove(draft_id: str, in_language: str, key: str) -> ResponseReturnValue:
    """Take one away."""
    remove_clip(the_school(), signed_in(), draft_id, key, in_language, now=now())
    flash(gettext("The recording is gone."))
    return redirect(url_for(".show", draft_id=draft_id, in_language=in_language))


def _page(draft_id: str, in_language: str, sent: ClipForm | None = None) -> ResponseReturnValue:
    found = clips_for(the_school(), signed_in(), draft_id, in_language)
    forms = {line.key: _form_for(line.key) for line in found.lines}
    if sent is not None:
        forms |= {key: sent for key, form in forms.items() if form.sound.id == sent.sound.id}
    facts: dict[str, Any] = {"found": found, "forms": forms, "sent": sent, "draft": found.seen.draft}
    return render_template("workshop/clips.html", **facts), 422 if sent else 200


def _form_for(key: str) -> ClipForm:
    form = ClipForm()
    form.sound.id = f"sound-{key}"
    return form


def _sent(form: ClipForm) -> bytes:
    if not form.sound.data:
        return b""
    with closing(form.sound.data.stream) as file:
        return bytes(file.read(MOST_BYTES + 1))
