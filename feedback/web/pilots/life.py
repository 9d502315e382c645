"""What moves a pilot on: a second person's yes, freezing, thinking it over, putting it away, and running it again."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.evidence import freeze_pilot
from feedback.operations.pilots import life as pilot_life
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.pilots.run_again import run_again
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.pilots import pilot as pilots
from feedback.web.pilots.forms_plan import AgainForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("pilot_life", __name__, url_prefix="/<language>/desk")


@bp.post("/pilots/<pilot_id>/approve")
def approve(pilot_id: str) -> ResponseReturnValue:
    """The privacy officer says yes."""
    pilot_life.approve(the_school(), signed_in(), pilot_id, now=now())
    flash(gettext("You approved this pilot. Its first round can open now."))
    return redirect(url_for("pilots.show", pilot_id=pilot_id))


@bp.post("/pilots/<pilot_id>/freeze")
def freeze(pilot_id: str) -> ResponseReturnValue:
    """End the collecting."""
    freeze_pilot.freeze(the_school(), signed_in(), pilot_id, now=now())
    flash(gettext("The evidence is frozen. Everybody reads the same figures from now on."))
    return redirect(url_for("pilots.show", pilot_id=pilot_id))


@bp.post("/pilots/<pilot_id>/archive")
def archive(pilot_id: str) -> ResponseReturnValue:
    """Put a decided pilot away, or withdraw a plan."""
    pilot_life.archive(the_school(), signed_in(), pilot_id, now=now())
    flash(gettext("The pilot is put away."))
    return redirect(url_for("pilots.show", pilot_id=pilot_id))


@bp.post("/pilots/<pilot_id>/again")
def again(pilot_id: str) -> ResponseReturnValue:
    """The whole plan once more, as a draft."""
    allow(signed_in(), Action.CHANGE_PILOTS, pilot_for(the_school(), signed_in(), pilot_id))
    form = AgainForm()
    if not form.validate_on_submit() or form.first_day.data is None:
        return pilots.show(pilot_id, form), 422
    new_id = run_again(the_school(), signed_in(), pilot_id, form.first_day.data, now=now())
    flash(gettext("This is the new draft. Look through its plan and its rounds; then it waits for the officer’s yes."))
    return redirect(url_for("pilots.show", pilot_id=new_id))
