"""Signing in and out at the desk; the second of the two steps is in `web.door.second_step`."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from feedback.i18n import Catalogue, offered, speak
from feedback.languages import SOURCE
from feedback.operations import staff
from feedback.operations.errors import SignInRefused
from feedback.operations.schools import at_school_of
from feedback.privacy.permissions import Action, reach
from feedback.spoken import language_now
from feedback.web.door.desk_sessions import DESK, DeskSessions, go_half_way
from feedback.web.forms_desk import DeskForm, LineField
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("sign_in", __name__)
#: Pages that open before anybody is signed in.
_OUTSIDE = {"sign_in", "second_step", "one_time_link", "passkeys", "provider_sign_in"}


def init_app(app: Flask) -> None:
    """Keep the desk's sessions, and let nobody past the sign-in who has not signed in."""
    app.session_interface = DeskSessions()
    # Over HTTPS Flask-WTF asks for the Referer, which our own Referrer-Policy keeps browsers from sending. The token,
    # SameSite and `__Host-` stand against forgeries without it.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_add_language)
    # Before the CSRF check: a sign-in that has ended leads back to the sign-in page and is not called a forgery.
    app.before_request_funcs.setdefault(None, []).insert(0, _enter_desk)
    app.context_processor(lambda: {"school_name": the_school().settings.school_name})
    app.jinja_env.globals.update(
        can=_can,
        staff_languages=offered(Catalogue.STAFF),
    )


class SignInForm(DeskForm):
    """Account and password."""

    account = LineField()
    password = PasswordField()


@bp.get("/")
def front_door() -> ResponseReturnValue:
    """The bare address leads to the desk; respondents come by the link of their round."""
    return redirect(url_for("pilots.home", language=SOURCE))


@bp.route("/<language>/desk/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Account and password, the first of two steps. SignInRefused is answered below."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in/sign_in.html", form=form, refused=False)
    staff_id = staff.sign_in(the_school(), form.account.data or "", form.password.data or "", now=now())
    go_half_way(staff_id)
    return redirect(url_for("second_step.code"))


@bp.post("/<language>/desk/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, in the browser and on the server."""
    session.clear()
    left = make_response(redirect(url_for(".sign_in")))
    # Also the way back. Not "storage": forms that wait on this device to be sent would be lost, and they are not ours
    # to delete; and not "cookies": browsers take that for the whole domain, of which the school has other services.
    left.headers["Clear-Site-Data"] = '"cache"'
    return left


@bp.errorhandler(SignInRefused)
def refuse(_refused: SignInRefused) -> ResponseReturnValue:
    """One sentence for a wrong account, a wrong password and an account that is pausing."""
    return render_template("sign_in/sign_in.html", form=SignInForm(), refused=True), 401


def _enter_desk() -> ResponseReturnValue | None:
    desk = DESK.match(request.path)
    if desk is None:
        return None
    if desk["language"] not in offered(Catalogue.STAFF):
        abort(404)
    speak(desk["language"], Catalogue.STAFF)
    staff_id = session.get("staff_id")
    g.account = staff.account_of(the_school(), staff_id) if staff_id else None
    if g.account is not None:
        g.school = at_school_of(the_school(), g.account, session.get("school_id"))
    if g.account is None and request.blueprint not in _OUTSIDE:
        return redirect(url_for("sign_in.sign_in"))
    return None


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    # `_enter_desk` reads it from the address, so that the desk's views need not carry it.
    if values and DESK.match(request.path):
        values.pop("language", None)


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    expected = current_app.url_map.is_endpoint_expecting(endpoint, "language")
    if expected and "language" not in values and DESK.match(request.path):
        values["language"] = language_now().code


def _can(action: str) -> bool:
    """For templates that leave out what an operation would refuse; the operation is what refuses."""
    return g.get("account") is not None and reach(Action(action), signed_in().roles) is not None
