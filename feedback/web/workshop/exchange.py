"""Bring in a form of another tool or school: choose a file, see what would be lost, and only then make it a draft."""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from feedback.i18n import gettext
from feedback.operations.staff import allow
from feedback.operations.workshop.bring_in_pack import LARGEST_PACK, is_pack
from feedback.operations.workshop.drafts import draft_for
from feedback.operations.workshop.exchange import WEIGHTS, bring_in, look_into
from feedback.operations.workshop.give_away import file_of
from feedback.operations.workshop.packs import own_fingerprint
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.exchange_pack import keep_pack, sentence_of, show_pack
from forms.draft import faults_of_draft
from forms.exchange.core import LARGEST_FILE, FileRefused, Loss
from forms.exchange.pack_members import PackRefused

bp = Blueprint("exchange", __name__, url_prefix="/<language>/desk/forms")
#: What a form has around its file.
_AROUND = 64 * 1024


class BringInForm(DeskForm):
    """A file."""

    file = FileField()


@bp.url_value_preprocessor
def _take_files(endpoint: str | None, values: dict[str, object] | None) -> None:  # noqa: ARG001 - Flask hands them over
    """These pages take larger files than others; before anything reads the request."""
    request.max_content_length = LARGEST_PACK + _AROUND
    request.max_form_memory_size = LARGEST_FILE + _AROUND


@bp.route("/bring-in", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Choose a file; what is in it, before anything is kept."""
    allow(signed_in(), Action.EDIT_INSTRUMENTS)
    form = BringInForm()
    if not form.validate_on_submit():
        return render_template("exchange/choose.html", form=form), 422 if form.problems() else 200
    given = form.file.data
    content = given.read(LARGEST_PACK + 1) if isinstance(given, FileStorage) else b""
    try:
        if is_pack(content):
            return show_pack(content)
        looked = look_into(the_school(), signed_in(), content)
    except FileRefused as refused:
        form.blame("file", " ".join(gettext(sentence) % refused.values for sentence in refused.sentences))
        left_out = [_told(loss) for loss in refused.losses if loss.weight == "left_out"]
        return render_template("exchange/choose.html", form=form, left_out=left_out), 422
    except PackRefused as refused:
        form.blame("file", sentence_of(refused))
        return render_template("exchange/choose.html", form=form), 422
    told = [(weight, [_told(loss) for loss in looked.losses(weight)]) for weight in WEIGHTS]
    return render_template("exchange/looked.html", looked=looked, told=told)


@bp.post("/bring-in/keep")
def keep() -> ResponseReturnValue:
    """Make a draft of what was looked at."""
    allow(signed_in(), Action.EDIT_INSTRUMENTS)
    made = bring_in(the_school(), signed_in(), request.form.get("sealed", ""), now=now())
    flash(gettext("The form is a draft now. Nobody is asked before you say so."))
    return redirect(url_for("editor.show", draft_id=made))


@bp.post("/bring-in/pack")
def keep_a_pack() -> ResponseReturnValue:
    """Make a draft of another school's pack."""
    allow(signed_in(), Action.EDIT_INSTRUMENTS)
    return keep_pack()


@bp.get("/<draft_id>/give-away")
def give(draft_id: str) -> str:
    """The files that this draft can be saved as."""
    seen = draft_for(the_school(), signed_in(), draft_id)
    is_complete = not faults_of_draft(seen.data)
    letters = own_fingerprint(the_school()) if is_complete else ""
    return render_template("exchange/give.html", seen=seen, draft=seen.draft, is_complete=is_complete, letters=letters)


@bp.get("/<draft_id>/give-away/<format_>")
def given(draft_id: str, format_: str) -> Response:
    """One of them."""
    name, body = file_of(the_school(), signed_in(), draft_id, format_)
    return send_file(BytesIO(body), "application/octet-stream", as_attachment=True, download_name=name)


def _told(loss: Loss) -> tuple[str, str]:
    """Where it stands in the file, and the sentence, in the language of the page."""
    return loss.place, gettext(loss.sentence) % loss.said
