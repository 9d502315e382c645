"""A school's own pictures: adding and removing them at the desk, and handing them out with the forms."""

from contextlib import closing
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.workshop.picture_file import MOST_BYTES
from feedback.operations.workshop.pictures import (
    LONGEST_LICENCE,
    LONGEST_WORDS,
    add_picture,
    pictures_of,
    read_picture,
    remove_picture,
)
from feedback.spoken import language_now
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("pictures", __name__)

#: What a browser sends around the picture.
_AROUND = 64 * 1024
_NO_PICTURE = N_("Choose a picture: a PNG, JPEG or WebP file.")
_WORDS = N_("Say what the picture shows, for people who cannot see it.")
_LICENCE = N_("Say who may use it: for example that you drew it, or the name of its licence.")
_SENTENCES = {
    "no_picture": ("picture", N_("This is no picture that can be read. Use a PNG, JPEG or WebP file.")),
    "too_large": ("picture", N_("This picture is too large. Use one of at most 10 MB and 40 million pixels.")),
    "too_detailed": ("picture", N_("This picture has too many details to be small. Use a plainer one.")),
    "words": ("words", _WORDS),
    "licence": ("licence", _LICENCE),
    "too_many": ("picture", N_("There are 500 pictures already. Remove some that no form uses.")),
}


class PictureForm(DeskForm):
    """A picture, what it shows, and whose it is."""

    picture = FileField()
    words = LineField(longest=LONGEST_WORDS, validators=[Needed(_WORDS)])
    licence = LineField(longest=LONGEST_LICENCE, validators=[Needed(_LICENCE)])


@bp.url_value_preprocessor
def _room_for_a_picture(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the form, and so before the guard against other sites does.
    if request.endpoint == "pictures.index":
        request.max_content_length = MOST_BYTES + _AROUND


@bp.get("/static/school/pictures/<name>.webp")
def show(name: str) -> Response:
    """One picture. It never changes under its name, so browsers may keep it."""
    response = Response(read_picture(the_school(), name), mimetype="image/webp")
    response.cache_control.public = True
    response.cache_control.max_age = current_app.get_send_file_max_age(None)
    return response


@bp.route("/<language>/desk/forms/pictures", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """All of them, and one more."""
    form = PictureForm()
    if form.validate_on_submit() and _has_picture(form):
        try:
            words, licence = form.words.data or "", form.licence.data or ""
            with closing(form.picture.data.stream) as file:
                body = file.read(MOST_BYTES + 1)
            spoken = language_now().code
            add_picture(the_school(), signed_in(), body, words=words, language=spoken, licence=licence, now=now())
            flash(gettext("The picture is there. Choose it where you write an answer."))
            return redirect(url_for(".index"))
        except NotReady as refused:
            for code in refused.missing:
                form.blame(*_SENTENCES[code])
    facts: dict[str, Any] = {"form": form, "pictures": pictures_of(the_school(), signed_in())}
    return render_template("workshop/pictures.html", **facts), 422 if form.problems() else 200


@bp.post("/<language>/desk/forms/pictures/<name>/remove")
def remove(name: str) -> ResponseReturnValue:
    """Take one away that no form uses."""
    remove_picture(the_school(), signed_in(), name, now=now())
    flash(gettext("The picture is gone."))
    return redirect(url_for(".index"))


def _has_picture(form: PictureForm) -> bool:
    if not form.picture.data:
        form.blame("picture", _NO_PICTURE)
    return bool(form.picture.data)
