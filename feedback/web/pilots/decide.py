"""Deciding at the desk: the decision as a page to read and print, the form, and the checklist of a pilot that stops."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.evidence import decide, exit_list
from feedback.operations.evidence.citable import BESIDE, Citable, citable, key_of
from feedback.operations.evidence.pilot_voices import verdict_of
from feedback.operations.pilots.book import entries_of
from feedback.operations.pilots.entries.thought import PilotDecision
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.pilots.forms_decide import DecisionForm
from feedback.web.pilots.forms_thinking import StepForm, step_form
from feedback.web.pilots.voices import Spoken, link_if_there, spoken_of
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("decide", __name__, url_prefix="/<language>/desk")


@bp.get("/pilots/<pilot_id>/decision")
def show(pilot_id: str) -> str:
    """What was decided, on what, and what ends; before that, what is still needed."""
    return _decided(pilot_id, {})


@bp.route("/pilots/<pilot_id>/decide", methods=["GET", "POST"])
def make(pilot_id: str) -> ResponseReturnValue:
    """The form of a decision; it says what is missing, and where to add it."""
    allow(signed_in(), Action.DECIDE)
    before = decide.decisions_of(the_school(), signed_in(), pilot_id)
    spoken = spoken_of(pilot_id)
    evidence, verdict = _evidence(pilot_id, spoken), verdict_of([each.voices for each in spoken])
    form = _form(evidence["there"], has_verdict=verdict is not None, again=bool(before))
    if form.validate_on_submit():
        try:
            said = form.entry({key: each.cited for key, each in evidence["there"].items()})
            decide.decide(the_school(), signed_in(), pilot_id, said, exit_steps=_what_ends(), now=now())
            flash(gettext("The decision is kept."))
            return redirect(url_for(".show", pilot_id=pilot_id))
        except NotReady as refused:
            form.blame_missing(refused.missing)
    page = render_template(
        "thinking/decide.html",
        pilot=pilot_for(the_school(), signed_in(), pilot_id),
        form=form,
        before=before,
        verdict=verdict,
        reflections=entries_of(the_school(), signed_in(), pilot_id, "reflection"),
        today=today(),
        to_observe=link_if_there("evidence.observe", "evidence.observe", pilot_id),
        **evidence,
    )
    return page, 422 if form.problems() else 200


@bp.post("/exit-steps/<entry_id>")
def settle(entry_id: str) -> ResponseReturnValue:
    """Whose an exit step is, by when, and whether it is done."""
    step = exit_list.exit_step_for(the_school(), signed_in(), entry_id)
    form = StepForm(prefix=entry_id)
    if form.validate_on_submit():
        exit_list.settle_exit_step(the_school(), signed_in(), entry_id, form.settled(), now=now())
        flash(gettext("The step is saved."))
        return redirect(url_for(".show", pilot_id=step.pilot_id, _anchor=f"step-{entry_id}"))
    return _decided(step.pilot_id, {entry_id: form}), 422


def _decided(pilot_id: str, sent: Mapping[str, StepForm]) -> str:
    """The decision's page; `sent` are forms of exit steps that could not be kept."""
    decisions = decide.decisions_of(the_school(), signed_in(), pilot_id)
    steps = exit_list.exit_steps_of(the_school(), signed_in(), pilot_id)
    spoken = spoken_of(pilot_id)
    return render_template(
        "thinking/decision.html",
        pilot=pilot_for(the_school(), signed_in(), pilot_id),
        decisions=[(entry, PilotDecision.model_validate(entry.body)) for entry in decisions],
        steps=[(step, sent.get(step.id) or step_form(step)) for step in steps],
        reflections=entries_of(the_school(), signed_in(), pilot_id, "reflection"),
        verdict=verdict_of([each.voices for each in spoken]),
        key_of=key_of,
        today=today(),
        run_again=link_if_there("pilot_life.again", "pilots.show", pilot_id),
        **_evidence(pilot_id, spoken),
    )


def _form(there: Mapping[str, Citable], *, has_verdict: bool, again: bool) -> DecisionForm:
    form = DecisionForm()
    form.fit(has_verdict=has_verdict, again=again)
    form.cited.offer(key for key, each in there.items() if each.cited.source == "survey")
    form.beside.offer(key for key, each in there.items() if each.cited.source != "survey")
    return form


def _evidence(pilot_id: str, spoken: Sequence[Spoken]) -> dict[str, Any]:
    """What can be cited, by its key, and the words of the rounds that its findings are from, by the round's id."""
    noted = entries_of(the_school(), signed_in(), pilot_id, *BESIDE)
    there = citable([each.voices for each in spoken], noted, language_now().code)
    return {"there": there, "heard": {each.voices.round.id: each for each in spoken}}


def _what_ends() -> tuple[str, ...]:
    """What every pilot that stops has to settle, beside its own exit plan (domain.md, row 6)."""
    return (
        gettext("What ends, and on which day: everybody who uses it knows."),
        gettext("Families and students are told that it ends, and why."),
        gettext("The data in the tool are saved for the school or deleted, and the supplier confirms it."),
        gettext("Licences are ended, and devices and things are given back."),
    )
