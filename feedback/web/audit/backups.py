"""Backups for whoever keeps accounts: which there are, and asking for a second person's yes to put one back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.restoring.restore_asked import ask_to_restore, restorable
from feedback.web.audit.forms_retention import WhyForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("backups", __name__, url_prefix="/<language>/desk/backups")


@bp.get("/")
def show() -> str:
    """The backups in the school's folder."""
    return render_template("officer/backups.html", found=restorable(the_school(), signed_in()))


@bp.route("/<name>/restore", methods=["GET", "POST"])
def ask(name: str) -> ResponseReturnValue:
    """Ask for the officer's yes; the restore itself is done at the console."""
    form = WhyForm()
    kept = next((each for each in restorable(the_school(), signed_in()) if each.name == name), None)
    if form.validate_on_submit():
        ask_to_restore(the_school(), signed_in(), name, reason=form.reason.data or "", now=now())
        flash(gettext("It waits for the privacy officer’s yes. Then put it back at the console."))
        return redirect(url_for(".show"))
    page = render_template("officer/restore.html", form=form, name=name, kept=kept)
    return page, 422 if form.problems() else (200 if kept else 404)
