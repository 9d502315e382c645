"""A round's list of name words at the desk: given as a list or a file, and never shown again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from feedback.i18n import gettext, translations_now
from feedback.operations.counting import name_words
from feedback.operations.errors import NameWordsRefused
from feedback.operations.rounds.course import round_for
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import N_, DeskForm, WordsField
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("name_words", __name__, url_prefix="/<language>/desk")

_WHY = {
    "no_words": N_("No name is in this. Type or paste names, or choose a text file that has some."),
    "no_text": N_("This file is not plain text. Save the list as text or CSV (UTF-8), and choose that file."),
    "too_long": N_("This is more than a list of names. Give only the names of the people who may be written about."),
}


class NameWordsForm(DeskForm):
    """A list that is typed or pasted, or a file with one; both together are one list."""

    words = WordsField(longest=name_words.MOST_BYTES)
    file = FileField()

    def text(self) -> str:
        """All of it. What is no UTF-8 has U+FFFD in it."""
        given = self.file.data
        body = given.read(name_words.MOST_BYTES + 1) if isinstance(given, FileStorage) else b""
        return (self.words.data or "") + "\n" + body.decode("utf-8-sig", "replace")


@bp.get("/rounds/<round_id>/name-words")
def show(round_id: str) -> str:
    """How many words there are, and a place for more."""
    return _page(round_id, NameWordsForm(formdata=None))


@bp.post("/rounds/<round_id>/name-words")
def give(round_id: str) -> ResponseReturnValue:
    """Add words."""
    form = NameWordsForm()
    if form.validate_on_submit():
        try:
            new = name_words.give_name_words(the_school(), signed_in(), round_id, form.text(), now=now())
            said = translations_now().ngettext("%(words)s new word is kept.", "%(words)s new words are kept.", new)
            flash(said % {"words": new})
            return redirect(url_for(".show", round_id=round_id))
        except NameWordsRefused as refused:
            form.blame("words", _WHY[refused.why])
    return _page(round_id, form), 422


@bp.post("/rounds/<round_id>/name-words/forget")
def forget(round_id: str) -> ResponseReturnValue:
    """Delete the list."""
    name_words.forget_name_words(the_school(), signed_in(), round_id, now=now())
    flash(gettext("The list is deleted."))
    return redirect(url_for(".show", round_id=round_id))


def _page(round_id: str, form: NameWordsForm) -> str:
    kept = name_words.name_words_of(the_school(), signed_in(), round_id)
    status = round_for(the_school(), signed_in(), round_id, Action.GIVE_NAME_WORDS)
    # What was typed is not sent back to the page: the browser's "back" has it, and nobody else shall.
    form.words.data = ""
    return render_template("name_words/words.html", round=status.round, kept=kept, form=form)
