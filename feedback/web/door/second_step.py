"""The second of the two steps of signing in: a code, or setting up the app that shows them. Nobody gets round it."""

import segno
from flask import Blueprint, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback.operations.door.factors import app_key_of, begin_app, factors_of, prove_code, set_app
from feedback.operations.errors import NotReady, SignInRefused
from feedback.operations.sample_files import sign_in_file
from feedback.operations.staff import account_of
from feedback.privacy.second_factor import address_for_apps, in_groups
from feedback.web.door.again import reauthenticated
from feedback.web.door.desk_sessions import half_way, sign_in_as
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed
from feedback.web.place import now, the_school

bp = Blueprint("second_step", __name__, url_prefix="/<language>/desk/sign-in")


class CodeForm(DeskForm):
    """A code of the app, or a recovery code."""

    code = LineField(longest=40, validators=[Needed(N_("Type the code."))])


@bp.route("/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the code, where the account has a second step; else lead to setting one up."""
    staff_id = half_way()
    if staff_id is None:
        return redirect(url_for("sign_in.sign_in"))
    factors = factors_of(the_school(), staff_id)
    if not factors.any:
        return redirect(url_for(".set_up"))
    form = CodeForm()
    if form.validate_on_submit():
        return _take(staff_id, form)
    return _code_page(form, staff_id), 422 if form.is_submitted() else 200


@bp.route("/set-up", methods=["GET", "POST"])
def set_up() -> ResponseReturnValue:
    """Set up an authenticator app: on the way in without a second step, or anew while signed in."""
    staff_id = who()
    if staff_id is None:
        return redirect(url_for("sign_in.sign_in"))
    form = CodeForm()
    sealed = session.get("app_key")
    if sealed is None or app_key_of(the_school(), staff_id, sealed) is None:
        sealed = session["app_key"] = begin_app(the_school(), staff_id)
    elif form.validate_on_submit():
        try:
            codes = set_app(the_school(), staff_id, sealed, form.code.data or "", now=now())
        except NotReady:
            form.blame("code", N_("This is not the code that the app shows now. Wait for the next one and type it."))
        else:
            return show_codes(staff_id, codes)
    return _set_up_page(form, staff_id, sealed), 422 if form.errors else 200


def show_codes(staff_id: str, codes: tuple[str, ...]) -> ResponseReturnValue:
    """Recovery codes, on this page and never again; who comes from the way in is signed in now."""
    if g.account is None:
        sign_in_as(staff_id)
    session.pop("app_key", None)
    g.account = account_of(the_school(), staff_id)
    return render_template("door/codes.html", codes=codes)


def _take(staff_id: str, form: CodeForm) -> ResponseReturnValue:
    try:
        by = prove_code(the_school(), staff_id, form.code.data or "", now=now(), action="signed_in")
    except SignInRefused:
        form.blame("code", N_("This did not work. Type the next code that the app shows, or wait a few minutes."))
        return _code_page(form, staff_id), 401
    sign_in_as(staff_id)
    return redirect(url_for("own_sign_in.show" if by == "recovery" else "pilots.home"))


def who() -> str | None:
    """Whose second step may be set up now: of whoever has just shown who they are, or is half way in without one."""
    if g.account is not None:
        return str(g.account.id) if reauthenticated() else None
    staff_id = half_way()
    return staff_id if staff_id and not factors_of(the_school(), staff_id).any else None


def _code_page(form: CodeForm, staff_id: str) -> str:
    school = the_school()
    return render_template(
        "door/code.html",
        form=form,
        factors=factors_of(school, staff_id),
        is_sample=sign_in_file(school).exists(),
    )


def _set_up_page(form: CodeForm, staff_id: str, sealed: str) -> str:
    school = the_school()
    member, key = account_of(school, staff_id), app_key_of(school, staff_id, sealed) or ""
    address = address_for_apps(key, member.account if member else "", school.settings.school_name)
    drawn = segno.make_qr(address, error="m").svg_inline(border=4, light="#fff", omitsize=True)
    return render_template(
        "door/set_up.html",
        form=form,
        square=Markup(drawn),  # noqa: S704 - drawn by segno: squares and no text
        key=in_groups(key),
        is_sample=sign_in_file(school).exists(),
    )
