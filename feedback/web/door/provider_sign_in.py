"""Signing in by the school's own service, and linking one's account to it while signed in."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import translations_now
from feedback.languages import SOURCE
from feedback.operations.door.linked import Person, ProviderRefused, link, sign_in_person
from feedback.operations.errors import NotFound, NotReady, SignInRefused
from feedback.web.door.again import reauthenticated, to_ask_again
from feedback.web.door.desk_sessions import go_half_way, sign_in_as
from feedback.web.forms_desk import N_
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("provider_sign_in", __name__, url_prefix="/<language>/desk/provider")


@bp.app_template_global("has_provider")
def has_provider() -> bool:
    """Whether the school has a service of its own to sign in by."""
    return bool(the_school().settings.oidc_issuer)


@bp.get("/")
def go() -> ResponseReturnValue:
    """Lead to the service. By a link, because no form of ours may be sent anywhere else."""
    if not has_provider():
        raise NotFound("provider")
    if session.get("staff_id") and not reauthenticated():
        return to_ask_again()
    from feedback.operations.door.provider import begin  # noqa: PLC0415 - brings libraries that few schools need

    address, session["provider"] = begin(the_school().settings, _back())
    return redirect(address)


@bp.get("/back")
def back() -> ResponseReturnValue:
    """Who comes back is signed in, goes on to the second step, or is linked from now on."""
    if not has_provider():
        raise NotFound("provider")
    from feedback.operations.door.provider import finish  # noqa: PLC0415 - brings libraries that few schools need

    kept = session.pop("provider", {})
    person = finish(the_school().settings, kept, request.args, _back(), now=now())
    if session.get("staff_id"):
        return _link(person)
    staff_id = sign_in_person(the_school(), person, now=now())
    if not person.has_two_steps:
        go_half_way(staff_id)
        return redirect(url_for("second_step.code"))
    sign_in_as(staff_id)
    return redirect(url_for("pilots.home"))


@bp.errorhandler(ProviderRefused)
@bp.errorhandler(SignInRefused)
def refuse(_refused: Exception) -> ResponseReturnValue:
    """One page for all that does not work, with ways out."""
    return render_template("door/provider_refused.html"), 401


def _link(person: Person) -> ResponseReturnValue:
    try:
        link(the_school(), signed_in(), person, now=now())
    except NotReady:
        flash(translations_now().gettext(N_("This person of the school’s service belongs to another account here.")))
    return redirect(url_for("own_sign_in.show"))


def _back() -> str:
    # One address in every language, because services insist on the exact one.
    return the_school().settings.public_address + url_for(".back", language=SOURCE)
