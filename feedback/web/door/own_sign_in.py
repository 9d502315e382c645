"""How one signs in: second steps, recovery codes, and where one is signed in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import translations_now
from feedback.operations.door import sessions
from feedback.operations.door.factors import factors_of, new_codes, remove_app
from feedback.operations.door.linked import unlink
from feedback.operations.door.passkeys import remove
from feedback.operations.errors import NotFound, NotReady
from feedback.web.door.again import needs_proof
from feedback.web.door.desk_sessions import this_token
from feedback.web.door.second_step import show_codes
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("own_sign_in", __name__, url_prefix="/<language>/desk/my-sign-in")


@bp.get("/")
def show() -> ResponseReturnValue:
    """All of it on one page."""
    by = signed_in()
    return render_template(
        "door/own.html",
        form=DeskForm(),
        factors=factors_of(the_school(), by.id),
        sign_ins=sessions.own_sign_ins(the_school(), by, this_token(), now=now()),
    )


@bp.post("/sign-ins/<sign_in_id>/end")
def end_one(sign_in_id: str) -> ResponseReturnValue:
    """End a sign-in, of another browser or of this one."""
    sessions.end_sign_in(the_school(), signed_in(), sign_in_id, now=now())
    return redirect(url_for(".show"))


@bp.post("/sign-ins/end-others")
def end_others() -> ResponseReturnValue:
    """End all but this one."""
    sessions.end_others(the_school(), signed_in(), this_token(), now=now())
    return redirect(url_for(".show"))


@bp.route("/codes", methods=["GET", "POST"])
@needs_proof
def codes() -> ResponseReturnValue:
    """Ten new recovery codes; asked before, because the old ones are worth nothing then."""
    form = DeskForm()
    if form.validate_on_submit():
        return show_codes(signed_in().id, new_codes(the_school(), signed_in(), now=now()))
    return render_template("door/new_codes.html", form=form)


@bp.route("/passkeys/<passkey_id>/remove", methods=["GET", "POST"])
@needs_proof
def without_passkey(passkey_id: str) -> ResponseReturnValue:
    """Sign in without this passkey from now on."""
    own = factors_of(the_school(), signed_in().id).passkeys
    passkey = next((one for one in own if one.id == passkey_id), None)
    if passkey is None:
        raise NotFound(passkey_id)
    form = DeskForm()
    if not form.validate_on_submit():
        return render_template("door/remove.html", form=form, passkey=passkey)
    try:
        remove(the_school(), signed_in(), passkey_id, now=now())
    except NotReady:
        _say_last()
    return redirect(url_for(".show"))


@bp.post("/provider/unlink")
def unlink_provider() -> ResponseReturnValue:
    """The school's own service opens this account no more."""
    unlink(the_school(), signed_in(), now=now())
    return redirect(url_for(".show"))


@bp.get("/app")
@needs_proof
def app() -> ResponseReturnValue:
    """Set up the app anew."""
    return redirect(url_for("second_step.set_up"))


@bp.route("/app/remove", methods=["GET", "POST"])
@needs_proof
def without_app() -> ResponseReturnValue:
    """Sign in without the app from now on."""
    form = DeskForm()
    if not form.validate_on_submit():
        return render_template("door/remove.html", form=form, passkey=None)
    try:
        remove_app(the_school(), signed_in(), now=now())
    except NotReady:
        _say_last()
    return redirect(url_for(".show"))


def _say_last() -> None:
    flash(translations_now().gettext(N_("The last second step stays. Add another one first.")))
