"""Ready letters: for somebody who asks for a person's answers or their deletion, and for a court."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback import jobs
from feedback.i18n import Catalogue, offered, speak, speaking
from feedback.operations.audit.letters import letter_file, letter_page, letters_of, write_letter
from feedback.operations.reports.kinds.kind import ON_SCREEN
from feedback.operations.reports.kinds.letter import LETTER, LETTER_KINDS
from feedback.spoken import language_now
from feedback.web.forms_desk import N_, DeskForm, OneOfField
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("letters", __name__, url_prefix="/<language>/desk/letters")


class LetterForm(DeskForm):
    """Which letter, in which language?"""

    kind = OneOfField(choices=list[Any](LETTER_KINDS), sentence=N_("Choose what you answer."))
    in_language = OneOfField(choices=[], sentence=N_("Choose a language."))


@bp.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The letters that were written, and a new one."""
    written = letters_of(the_school(), signed_in())
    form = LetterForm()
    form.in_language.choices = list[Any](offered(Catalogue.STAFF))
    if form.validate_on_submit():
        letter_id = write_letter(the_school(), signed_in(), form.kind.data, form.in_language.data, now=now())
        jobs.ask_for(the_school().settings.instance, "make-letter", letter_id)
        return redirect(url_for(".show", letter_id=letter_id))
    if not form.is_submitted():
        form.in_language.data = language_now().code
    return render_template("letters/index.html", form=form, letters=written), 422 if form.problems() else 200


@bp.get("/<letter_id>")
def show(letter_id: str) -> str:
    """One letter to read, and its files."""
    page, spoken = letter_page(the_school(), signed_in(), letter_id)
    one = next(each for each in letters_of(the_school(), signed_in()) if each.id == letter_id)
    desk = language_now().code
    with speaking(spoken, Catalogue.STAFF):
        template = current_app.jinja_env.get_template(LETTER.body)
        body = Markup(template.render(**LETTER.variables(page, ON_SCREEN)))  # noqa: S704 - our own template
    speak(desk, Catalogue.STAFF)
    return render_template("letters/show.html", one=one, spoken=spoken, body=body)


@bp.get("/<letter_id>/file.<any(pdf, json):form>")
def download(letter_id: str, form: str) -> Response:
    """The PDF, or its signed figures."""
    file = letter_file(the_school(), signed_in(), letter_id, form)
    answer = Response(file.body, mimetype=file.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer
