"""The languages of a draft, for its editors: how far each is, and what keeps a round from opening in it."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from feedback.i18n import gettext
from feedback.languages import LANGUAGES
from feedback.operations.workshop.form_languages import STATES, add_language, languages_for
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("form_languages", __name__, url_prefix="/<language>/desk/forms")


@bp.record_once
def _name_the_app(state: BlueprintSetupState) -> None:
    # Tabs of a draft ask which pages there are.
    state.app.jinja_env.globals.setdefault("current_app", current_app)


class LanguageForm(DeskForm):
    """One more language."""

    code = SelectField(choices=[])


@bp.route("/<draft_id>/languages", methods=["GET", "POST"])
def show(draft_id: str) -> ResponseReturnValue:
    """Every language of the draft, and one more to ask for."""
    found = languages_for(the_school(), signed_in(), draft_id)
    form = LanguageForm()
    form.code.choices = [(code, LANGUAGES[code].endonym) for code in found.others]
    if form.validate_on_submit():
        add_language(the_school(), signed_in(), draft_id, form.code.data, now=now())
        flash(gettext("The language is added. Its translators find the form on their page now."))
        return redirect(url_for(".show", draft_id=draft_id))
    page = render_template("workshop/languages.html", found=found, form=form, states=STATES)
    return page, 422 if form.errors else 200
