"""The log of incidents, with the clock of 72 hours and the text that goes to the authority."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.audit import incidents as log
from feedback.operations.audit.incidents import IncidentSeen, NewIncident
from feedback.operations.audit.registers.incident_log import BAND_NAMES, NOTE_NAMES
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.audit.forms_incident import IncidentForm, IncidentNoteForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("incidents", __name__, url_prefix="/<language>/desk/incidents")

_HOUR, _DAY = 3600, 24


@bp.app_template_global("incident_bands")
def bands() -> dict[str, str]:
    """How many people, by code, in the words that the register of incidents has too."""
    return {code: gettext(name) for code, name in BAND_NAMES.items()}


@bp.app_template_global("incident_notes")
def notes() -> dict[str, str]:
    """What can be added to an incident, by code, likewise."""
    return {code: gettext(name) for code, name in NOTE_NAMES.items()}


@bp.app_template_filter("clock_parts")
def clock_parts(left: timedelta) -> tuple[int, int, bool]:
    """(days, hours, whether it is late) of what is left, or of what it is late by; hours are begun ones."""
    is_late = left < timedelta()
    seconds = abs(left) // timedelta(seconds=1)
    hours = seconds // _HOUR
    return hours // _DAY, hours % _DAY, is_late


@bp.get("/")
def index() -> str:
    """All of them, open ones first."""
    return render_template("officer/incidents.html", found=log.incidents(the_school(), signed_in()), now=now())


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Write one down."""
    allow(signed_in(), Action.SEE_INCIDENTS)
    form = IncidentForm()
    if form.validate_on_submit():
        new = NewIncident(
            found_at=form.moment(),
            what=form.what.data or "",
            data=form.data_kinds.data or "",
            people=form.people.data,
            measures=form.measures.data or "",
        )
        incident_id = log.note_incident(the_school(), signed_in(), new, now=now())
        flash(gettext("The incident is written down. The clock runs."))
        return redirect(url_for(".show", incident_id=incident_id))
    return render_template("officer/incident_new.html", form=form), 422 if form.problems() else 200


@bp.route("/<incident_id>", methods=["GET", "POST"])
def show(incident_id: str) -> ResponseReturnValue:
    """One of them, what was added, and adding more."""
    seen = log.incident(the_school(), signed_in(), incident_id)
    form = IncidentNoteForm()
    if form.validate_on_submit():
        words, kind = form.words.data or "", form.kind.data
        log.add_to_incident(the_school(), signed_in(), incident_id, kind, words, at=form.moment(), now=now())
        flash(gettext("It is added. What stands here is never changed."))
        return redirect(url_for(".show", incident_id=incident_id))
    return _page(seen, form), 422 if form.problems() else 200


def _page(seen: IncidentSeen, form: IncidentNoteForm) -> str:
    return render_template("officer/incident.html", seen=seen, form=form, now=now())
