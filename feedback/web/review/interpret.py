"""Interpreters' pages: one comment after another, without round, group or question, and what it says in other words."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.review.interpret import HOW, next_to_translate, not_this_language, to_translate, translate
from feedback.operations.review.translations import LONGEST_TRANSLATION
from feedback.web.forms_desk import N_, DeskForm, Needed, OneOfField, WordsField
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("interpret", __name__, url_prefix="/<language>/desk/translations")


class TranslationForm(DeskForm):
    """What a comment says in the school's language, and who said it so."""

    words = WordsField(
        longest=LONGEST_TRANSLATION, validators=[Needed(N_("Write what the comment says, or choose another one."))]
    )
    how = OneOfField(choices=list(HOW))


@bp.get("")
def any_one() -> ResponseReturnValue:
    """Any comment that waits; a page that says so when none does."""
    found = next_to_translate(the_school(), signed_in(), today=today())
    if found is None:
        return render_template("interpret/nothing.html", languages=signed_in().languages)
    return redirect(url_for(".one", comment_id=found.id))


@bp.route("/<comment_id>", methods=["GET", "POST"])
def one(comment_id: str) -> ResponseReturnValue:
    """One comment, and its translation to write or to mend."""
    found = to_translate(the_school(), signed_in(), comment_id, today=today())
    form = TranslationForm(data={"words": found.translation, "how": found.translated_by or HOW[0]})
    if not form.validate_on_submit():
        own = the_school().settings.language
        page = render_template("interpret/one.html", form=form, comment=found, own_language=own)
        return page, 422 if form.problems() else 200
    translate(the_school(), signed_in(), comment_id, words=form.words.data or "", how=form.how.data, now=now())
    flash(gettext("Saved. Here is the next one."))
    return redirect(url_for(".any_one"))


@bp.post("/<comment_id>/another-language")
def another_language(comment_id: str) -> ResponseReturnValue:
    """It is in none of this account's languages."""
    not_this_language(the_school(), signed_in(), comment_id, now=now())
    flash(gettext("Thank you. Here is the next one."))
    return redirect(url_for(".any_one"))
