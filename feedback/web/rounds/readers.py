"""Who reads what children write: a reader and a deputy for each language of a round, named at the desk."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its published types

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.rounds.course import round_for
from feedback.operations.rounds.readers import Pair, Readers, name_readers, readers_for
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("readers", __name__, url_prefix="/<language>/desk")

_SENTENCES = {
    "reader_unfit": N_("Somebody on this list may not read any more. Please choose again."),
    "deputy_same": N_("Reader and deputy have to be two people."),
    "reader_needed": N_("The round is open: in each of these languages two people have to read until it is over."),
}


class ReadersForm(DeskForm):
    """Two people a language; `_form` gives it the fields."""

    def pairs(self, languages: tuple[str, ...]) -> dict[str, Pair]:
        """What was chosen."""
        return {code: Pair(self[f"reader_{code}"].data, self[f"deputy_{code}"].data) for code in languages}


@bp.route("/rounds/<round_id>/readers", methods=["GET", "POST"])
def show(round_id: str) -> ResponseReturnValue:
    """Who reads? In a language without two people children are not asked to write."""
    status = round_for(the_school(), signed_in(), round_id, Action.CHANGE_ROUNDS)
    readers = readers_for(the_school(), signed_in(), round_id)
    form = _form(readers)
    if form.validate_on_submit():
        try:
            pairs = form.pairs(tuple(readers.by_language))
            name_readers(the_school(), signed_in(), round_id, pairs, now=now())
            flash(gettext("Saved."))
            return redirect(url_for("rounds.show", round_id=round_id))
        except NotReady as refused:
            for code in refused.missing:
                form.refuse(_SENTENCES[code])
    page = render_template("readers/readers.html", form=form, readers=readers, round=status.round)
    return page, 422 if form.problems() else 200


def _form(readers: Readers) -> ReadersForm:
    choices = [SelectChoice(value, label) for value, label in (("", gettext("Nobody")), *readers.possible.items())]
    fields: dict[str, Any] = {}
    for code, pair in readers.by_language.items():
        fields[f"reader_{code}"] = SelectField(choices=choices, default=pair.reader)
        fields[f"deputy_{code}"] = SelectField(choices=choices, default=pair.deputy)
    made: type[ReadersForm] = type("ReadersOfRound", (ReadersForm,), fields)
    return made()
