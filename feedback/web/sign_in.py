"""Signing in and out, and the desk's sessions, whose contents never leave the server.

Everything here concerns addresses of the desk only (`/<language>/desk/...`). No other page can open, fill or set a
session: a respondent's browser is never given anything to keep.
"""

import re
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CallbackDict
from wtforms import PasswordField

from feedback.i18n import Catalogue, offered, speak
from feedback.languages import SOURCE
from feedback.operations import staff
from feedback.operations.errors import SignInRefused
from feedback.operations.schools import at_school_of
from feedback.privacy.permissions import Action, reach
from feedback.spoken import language_now
from feedback.web.forms_desk import DeskForm, LineField
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("sign_in", __name__)
_DESK = re.compile(r"/(?P<language>[^/]+)/desk(/|$)")


class DeskSession(CallbackDict[str, Any], SessionMixin):
    """What one browser holds while it is at the desk. `token` is None until there is something to keep."""

    def __init__(self, contents: dict[str, object], token: str | None) -> None:
        super().__init__(contents, _note_change)
        self.modified = False
        self.token = token
        self.opened_by = contents.get("staff_id")


class DeskSessions(SessionInterface):
    """Sessions kept in the database under the hash of a random token; the cookie holds the token."""

    def open_session(self, app: Flask, request: Request) -> DeskSession | None:
        """The session of a browser at the desk; None anywhere else, which Flask treats as "cannot be written"."""
        if not _DESK.match(request.path):
            return None
        token = request.cookies.get(self.get_cookie_name(app))
        contents = staff.browser_contents(the_school(), token, now=now()) if token else None
        opened = DeskSession(contents or {}, token if contents is not None else None)
        # Written at most once a minute, so that reading pages keeps a sign-in alive and costs next to nothing.
        minute = now().isoformat(timespec="minutes")
        if opened.opened_by and opened.get("minute") != minute:
            opened["minute"] = minute
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed. Whenever somebody signs in or out the browser gets a new token and the old one ends."""
        if not isinstance(session, DeskSession) or not session.modified:
            return
        token = session.token
        if token and session.get("staff_id") != session.opened_by:
            staff.forget_browser(the_school(), token)
            token = None
        if not session:
            response.delete_cookie(self.get_cookie_name(app), path="/", secure=_is_https(), httponly=True)
            return
        token = staff.remember_browser(the_school(), token, dict(session), now=now())
        response.set_cookie(
            self.get_cookie_name(app), token, path="/", secure=_is_https(), httponly=True, samesite="Lax"
        )

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask hands it over
        """With `__Host-` browsers refuse the cookie from a subdomain or over plain HTTP (RFC 6265bis, 4.1.3.2)."""
        return "__Host-voicebox" if _is_https() else "voicebox"


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
    """Sign in. SignInRefused is answered below."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in/sign_in.html", form=form, refused=False)
    staff_id = staff.sign_in(the_school(), form.account.data or "", form.password.data or "", now=now())
    session.clear()
    session["staff_id"] = staff_id
    return redirect(url_for("pilots.home"))


@bp.post("/<language>/desk/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, in the browser and on the server."""
    session.clear()
    return redirect(url_for(".sign_in"))


@bp.errorhandler(SignInRefused)
def refuse(_refused: SignInRefused) -> ResponseReturnValue:
    """One sentence for a wrong account, a wrong password and an account that is pausing."""
    return render_template("sign_in/sign_in.html", form=SignInForm(), refused=True), 401


def _enter_desk() -> ResponseReturnValue | None:
    desk = _DESK.match(request.path)
    if desk is None:
        return None
    if desk["language"] not in offered(Catalogue.STAFF):
        abort(404)
    speak(desk["language"], Catalogue.STAFF)
    staff_id = session.get("staff_id")
    g.account = staff.account_of(the_school(), staff_id) if staff_id else None
    if g.account is not None:
        g.school = at_school_of(the_school(), g.account, session.get("school_id"))
    if g.account is None and request.blueprint != bp.name:
        return redirect(url_for("sign_in.sign_in"))
    return None


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    # `_enter_desk` reads it from the address, so that the desk's views need not carry it.
    if values and _DESK.match(request.path):
        values.pop("language", None)


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    expected = current_app.url_map.is_endpoint_expecting(endpoint, "language")
    if expected and "language" not in values and _DESK.match(request.path):
        values["language"] = language_now().code


def _can(action: str) -> bool:
    """For templates that leave out what an operation would refuse; the operation is what refuses."""
    return g.get("account") is not None and reach(Action(action), signed_in().roles) is not None


def _is_https() -> bool:
    return the_school().settings.is_https


def _note_change(changed: CallbackDict[str, Any]) -> None:
    if isinstance(changed, DeskSession):
        changed.modified = True
