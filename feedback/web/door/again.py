"""Asking again who somebody is, before something that must not happen at a desk whose owner went for coffee."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from feedback.operations.door.factors import factors_of, prove_code
from feedback.operations.errors import SignInRefused
from feedback.operations.proving import prove_password
from feedback.web.forms_desk import N_, DeskForm, LineField
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("again", __name__, url_prefix="/<language>/desk")

#: How long a proof holds before a page is shown; and how long its form may take to be filled in, so that what was
#: typed is never lost on the way through another page.
FRESH, FILLED_IN = timedelta(minutes=5), timedelta(minutes=20)
#: Pages of the desk only, whatever is in the address (CWE-601).
_WITHIN = re.compile(r"/[A-Za-z-]{2,12}/desk/[A-Za-z0-9_./-]*(\?[A-Za-z0-9_.=&%+-]*)?\Z")


class AgainForm(DeskForm):
    """The password, or a code: one of them is enough."""

    password = PasswordField()
    code = LineField(longest=40)


def reauthenticated() -> bool:
    """Whether the person has shown who they are in the last five minutes (twenty, for sending a form)."""
    proved = session.get("proved_at")
    if not proved:
        return False
    since = now() - datetime.fromisoformat(proved)
    return timedelta(0) <= since <= (FRESH if request.method == "GET" else FILLED_IN)


def to_ask_again() -> ResponseReturnValue:
    """Lead to the page that asks who somebody is and leads back here (a form: to the page it was on)."""
    back = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("again.ask", to=back or None))


P = ParamSpec("P")


def needs_proof(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """For views of sensitive things: asked before the page is shown. Put it below `@bp.get` and `@bp.post`."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if reauthenticated() else to_ask_again()

    return asked


@bp.route("/again", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask, and lead back."""
    form = AgainForm()
    if form.validate_on_submit():
        try:
            _prove(form)
        except SignInRefused:
            form.blame("password", N_("This did not work. Check the password or the code, or wait a few minutes."))
        else:
            note_proof()
            return redirect(way_back())
    page = render_template("door/again.html", form=form, factors=factors_of(the_school(), signed_in().id))
    return page, 401 if form.errors else 200


def note_proof() -> None:
    """The person has just shown who they are."""
    session["proved_at"] = now().isoformat()


def way_back() -> str:
    """The page of the desk that sent somebody here; the first one for any other address."""
    to = request.args.get("to", "")
    return to if _WITHIN.match(to) and "//" not in to else url_for("pilots.home")


def _prove(form: AgainForm) -> None:
    if form.code.data:
        prove_code(the_school(), signed_in().id, form.code.data, now=now(), action="proved_again")
    else:
        prove_password(the_school(), signed_in(), form.password.data or "", now=now(), action="proved_again")
