"""What a link that was handed over opens: choosing a password, or beginning a new second step."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from feedback.operations.door.links import Kind, begin_new_factor, link_kind, set_password
from feedback.operations.errors import NotReady, SignInRefused
from feedback.privacy.passwords import ADVISED_PASSWORD, SHORTEST_PASSWORD
from feedback.web.door.desk_sessions import go_half_way
from feedback.web.forms_desk import N_, DeskForm, Needed
from feedback.web.place import now, the_school

bp = Blueprint("one_time_link", __name__, url_prefix="/<language>/desk/link")

#: What is wrong with a new password, by the codes of `privacy.passwords.weaknesses`.
WEAK_PASSWORD = {
    "password_short": N_("This password is too short: it needs at least twelve letters."),
    "password_names": N_("The name of the account or of the school is in this password. Choose another one."),
    "password_common": N_("This password is too easy to guess. Put some words together that do not belong together."),
}


class PasswordForm(DeskForm):
    """One password. It is typed once, because it can be looked at."""

    password = PasswordField(validators=[Needed(N_("Type a password."))])


@bp.route("/<token>", methods=["GET", "POST"])
def use(token: str) -> ResponseReturnValue:
    """Choose a password, or show the one there is; then on to the second step. NotFound where the link is over."""
    kind, account = link_kind(the_school(), token, now=now())
    form = PasswordForm()
    if form.validate_on_submit():
        staff_id = _take(form, token, kind)
        if staff_id is not None:
            go_half_way(staff_id)
            return redirect(url_for("second_step.code"))
    facts = {"account": account, "kind": kind.value, "least": SHORTEST_PASSWORD, "advised": ADVISED_PASSWORD}
    return render_template("door/use_link.html", form=form, **facts), 422 if form.errors else 200


def _take(form: PasswordForm, token: str, kind: Kind) -> str | None:
    act = begin_new_factor if kind is Kind.FACTOR else set_password
    try:
        return act(the_school(), token, form.password.data or "", now=now())
    except SignInRefused:
        form.blame("password", N_("This did not work. Check the password, or wait a few minutes and try again."))
    except NotReady as refused:
        form.blame("password", WEAK_PASSWORD[refused.missing[0]])
    return None
