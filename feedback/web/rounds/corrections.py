"""Putting the spelling of an open round right: which text, and how it should read."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.rounds.corrections import correct_spelling, correctable
from feedback.operations.rounds.course import round_for
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.forms_versions import SpellingForm

bp = Blueprint("corrections", __name__, url_prefix="/<language>/desk/rounds/<round_id>/spelling")


@bp.get("/")
def choose(round_id: str) -> str:
    """Every text of the form in one of the round's languages (`?in=`), each with a way to put it right."""
    round_ = round_for(the_school(), signed_in(), round_id, Action.CHANGE_ROUNDS).round
    here = language_now().code
    spoken = request.args.get("in") or (here if here in round_.languages else round_.languages[0])
    return render_template("rounds/texts.html", at=correctable(the_school(), signed_in(), round_id, spoken))


@bp.route("/<spoken>/<path:key>", methods=["GET", "POST"])
def correct(round_id: str, spoken: str, key: str) -> ResponseReturnValue:
    """One text: how it reads, and how it should."""
    at = correctable(the_school(), signed_in(), round_id, spoken)
    text = at.text(key)
    form = SpellingForm(data={"words": text.words[spoken]})
    if form.validate_on_submit():
        try:
            correct_spelling(the_school(), signed_in(), round_id, key, spoken, form.words.data or "", now=now())
            flash(gettext("It is put right for everybody who answers from now on."))
            return redirect(url_for("rounds.show", round_id=round_id))
        except NotReady as refused:
            form.blame_refused(refused.missing)
    page = render_template("rounds/correct.html", at=at, text=text, form=form)
    return page, 422 if form.problems() else 200
