"""Changing one's own password."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from feedback.i18n import gettext
from feedback.operations.door.own_password import change_password
from feedback.operations.errors import NotReady, SignInRefused
from feedback.privacy.passwords import ADVISED_PASSWORD, SHORTEST_PASSWORD
from feedback.web.door.desk_sessions import this_token
from feedback.web.door.one_time_link import WEAK_PASSWORD
from feedback.web.forms_desk import N_, DeskForm, Needed
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("own_password", __name__, url_prefix="/<language>/desk/my-sign-in/password")


class OwnPasswordForm(DeskForm):
    """The old and the new one; the new one is typed once, because it can be looked at."""

    old = PasswordField(validators=[Needed(N_("Type the password you have now."))])
    password = PasswordField(validators=[Needed(N_("Type a password."))])


@bp.route("", methods=["GET", "POST"])
def change() -> ResponseReturnValue:
    """Both passwords; then back to the page of how one signs in."""
    form = OwnPasswordForm()
    if form.validate_on_submit() and _change(form):
        flash(gettext("Your password is changed. You are signed out everywhere else."))
        return redirect(url_for("own_sign_in.show"))
    page = render_template("door/own_password.html", form=form, least=SHORTEST_PASSWORD, advised=ADVISED_PASSWORD)
    return page, 422 if form.problems() else 200


def _change(form: OwnPasswordForm) -> bool:
    old, new = form.old.data or "", form.password.data or ""
    try:
        change_password(the_school(), signed_in(), old, new, here=this_token(), now=now())
    except SignInRefused:
        form.blame("old", N_("This did not work. Check the password, or wait a few minutes and try again."))
    except NotReady as refused:
        form.blame("password", WEAK_PASSWORD[refused.missing[0]])
    else:
        return True
    return False
