"""Passkeys on pages: a hidden form that a small script fills. Without scripts there are codes."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from feedback.operations.door import passkeys
from feedback.operations.errors import NotReady, SignInRefused
from feedback.web.door.again import note_proof, way_back
from feedback.web.door.desk_sessions import half_way, sign_in_as
from feedback.web.door.second_step import show_codes, who
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("passkeys", __name__, url_prefix="/<language>/desk/sign-in/passkey")


class AnswerForm(DeskForm):
    """What the browser says."""

    answer = HiddenField()


class NewForm(AnswerForm):
    """A new passkey and its owner's word for it."""

    name = LineField(longest=60, validators=[Needed(N_("Give the passkey a name, such as “my telephone”."))])


@bp.app_template_global("passkey_asked")
def passkey_asked() -> str:
    """What the browser is asked for on this page; the challenge is kept on the server until it is answered."""
    staff_id = half_way()
    if staff_id is None and session.get("staff_id"):
        staff_id = signed_in().id
    asked, session["challenge"] = passkeys.ask_for(the_school(), staff_id)
    return asked


@bp.post("")
def show() -> ResponseReturnValue:
    """Sign in with a passkey alone, after the password, or, where somebody is signed in, show who it still is."""
    challenge = session.pop("challenge", "")
    is_in = bool(session.get("staff_id"))
    only = signed_in().id if is_in else half_way()
    action = "proved_again" if is_in else "signed_in"
    answer = request.form.get("answer", "")
    try:
        staff_id = passkeys.prove_passkey(the_school(), answer, challenge, now=now(), action=action, staff_id=only)
    except SignInRefused:
        return render_template("door/passkey_refused.html", is_in=is_in), 401
    if is_in:
        note_proof()
        return redirect(way_back())
    sign_in_as(staff_id)
    return redirect(url_for("pilots.home"))


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a passkey: on the way in without a second step, or while signed in."""
    staff_id = who()
    if staff_id is None:
        return redirect(
            url_for("again.ask", to=request.path) if session.get("staff_id") else url_for("sign_in.sign_in")
        )
    form, challenge = NewForm(), session.pop("challenge", "")
    if form.validate_on_submit():
        answer, name = form.answer.data or "", form.name.data or ""
        try:
            codes = passkeys.add(the_school(), staff_id, answer, challenge, name, now=now(), today=today())
        except NotReady:
            form.refuse(N_("This device gave no passkey that can be used here. Try again, or set up an app."))
        else:
            return show_codes(staff_id, codes) if codes else redirect(url_for("own_sign_in.show"))
    asked, session["challenge"] = passkeys.ask_for_new(the_school(), staff_id)
    return render_template("door/new_passkey.html", form=form, asked=asked), 422 if form.problems() else 200
