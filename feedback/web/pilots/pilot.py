"""The desk's first page, and pilots: the list, one of them, making and changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, gettext, offered
from feedback.operations.audit.officer_home import officer_home
from feedback.operations.counting.reading_alarm import Alarm, alarm
from feedback.operations.counting.reading_queue import next_to_read, reads_anything
from feedback.operations.evidence.due import due_for
from feedback.operations.pilots import pilot as pilots
from feedback.operations.pilots.life import waiting_for_approval
from feedback.operations.pilots.plan import beside_the_plan
from feedback.operations.results.promises import promises_of
from feedback.operations.rounds.form_approvals import forms_waiting
from feedback.operations.rules import rules_wait_for
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.pilots.forms_criterion import criterion_question, library
from feedback.web.pilots.forms_pilot import PilotForm, pilot_form, typed
from feedback.web.pilots.forms_plan import AgainForm
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.workshop import translate

if TYPE_CHECKING:
    from feedback.models import Pilot

bp = Blueprint("pilots", __name__, url_prefix="/<language>/desk")

bp.add_app_template_global(library, "criteria_library")
bp.add_app_template_global(criterion_question, "criterion_question")


@bp.get("/")
def home() -> str:
    """What is due, and nothing else; for whoever only translates, what there is to translate."""
    if signed_in().roles == {"translator"}:
        return translate.home()
    return render_template(
        "pilots/home.html",
        due=due_for(the_school(), signed_in(), now=now()),
        queue=_queue(),
        promises=promises_of(the_school(), signed_in(), today()),
        approvals=_approvals(),
        forms_wait=forms_waiting(the_school(), signed_in(), now=now()),
        rules_wait=rules_wait_for(the_school(), signed_in(), now=now()),
        watch=officer_home(the_school(), signed_in(), now=now()),
        now=now(),
    )


@bp.get("/pilots/")
def index() -> str:
    """All pilots this account may see."""
    found = pilots.pilots_of(the_school(), signed_in())
    return render_template("pilots/index.html", pilots=found, today=today())


@bp.get("/pilots/<pilot_id>")
def show(pilot_id: str, again: AgainForm | None = None) -> str:
    """One pilot with its rounds, what was changed in it, and the one thing that comes next."""
    pilot = pilots.pilot_for(the_school(), signed_in(), pilot_id)
    return render_template(
        "pilots/show.html",
        pilot=pilot,
        rounds=pilot.rounds,
        question=criterion_question(pilot.criterion),
        beside=beside_the_plan(the_school(), signed_in(), pilot_id),
        again=again or AgainForm(),
        now=now(),
        languages=_languages(),
    )


@bp.route("/pilots/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A new pilot."""
    allow(signed_in(), Action.CHANGE_PILOTS)
    form = pilot_form(_languages())(data={"starts_on": today(), "target": 60, "minimum_voices": 10})
    form.offer_criteria()
    if form.asks_for_answers() or not form.validate_on_submit():
        return _show_form(form)
    pilot_id = pilots.create_pilot(the_school(), signed_in(), form.plan(), now=now())
    flash(gettext("The pilot is saved. Plan its first round; it can open when the privacy officer has said yes."))
    return redirect(url_for(".show", pilot_id=pilot_id))


@bp.route("/pilots/<pilot_id>/change", methods=["GET", "POST"])
def change(pilot_id: str) -> ResponseReturnValue:
    """Change a pilot; from its first opening on with a reason, which is shown beside both wordings."""
    pilot = pilots.pilot_for(the_school(), signed_in(), pilot_id)
    allow(signed_in(), Action.CHANGE_PILOTS, pilot)
    form = _form_of(pilot)
    if form.asks_for_answers() or not form.validate_on_submit():
        return _show_form(form, pilot)
    plan = form.plan(sample=pilot.sample)
    reason = form.reason.data or ""
    lapsed = pilots.change_pilot(the_school(), signed_in(), pilot_id, plan, now=now(), reason=reason)
    flash(gettext("The pilot is saved. It waits for a new yes.") if lapsed else gettext("The pilot is saved."))
    return redirect(url_for(".show", pilot_id=pilot_id))


def _form_of(pilot: Pilot) -> PilotForm:
    plan = pilots.plan_of(the_school(), signed_in(), pilot.id)
    form = pilot_form(_languages())(data=typed(plan))
    form.begin_with(plan, locked=pilot.criterion_hash is not None)
    form.offer_criteria()
    return form


def _show_form(form: PilotForm, pilot: Pilot | None = None) -> ResponseReturnValue:
    page = render_template("pilots/form.html", form=form, pilot=pilot, languages=_languages())
    return page, 422 if form.problems() else 200


def _languages() -> tuple[str, ...]:
    """The languages of the public, that of the page first."""
    return tuple(sorted(offered(Catalogue.RESPONDENT), key=lambda code: code != language_now().code))


def _approvals() -> list[Pilot]:
    return waiting_for_approval(the_school(), signed_in())


def _queue() -> dict[str, object]:
    """Of the reading queue: whether this account has something to read, and whom a lead or officer has to talk to."""
    roles = signed_in().roles
    reads = "reader" in roles and reads_anything(the_school(), signed_in())
    told = alarm(the_school(), today=today()) if roles & {"lead", "officer"} else Alarm()
    return {"waits": reads and next_to_read(the_school(), signed_in()) is not None, "alarm": told}
