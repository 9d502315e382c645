"""A pilot's cycles at the desk: plan, do, study beside the frozen figures, act, and on to the next one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.evidence.pilot_voices import questions_of
from feedback.operations.pilots import cycles
from feedback.operations.pilots.cycles import MOST_PREDICTIONS
from feedback.operations.pilots.pilot import pilot_for
from feedback.spoken import language_now
from feedback.web.pilots.forms_cycle import WholeCycleForm, typed
from feedback.web.pilots.voices import Spoken, spoken_of
from feedback.web.place import now, signed_in, the_school
from forms.piping import in_full
from forms.wording import say

bp = Blueprint("cycles", __name__, url_prefix="/<language>/desk")


@bp.get("/pilots/<pilot_id>/cycles")
def index(pilot_id: str) -> str:
    """The cycles so far."""
    found = cycles.cycles_of(the_school(), signed_in(), pilot_id)
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    return render_template("thinking/cycles.html", pilot=pilot, cycles=found)


@bp.post("/pilots/<pilot_id>/cycles")
def begin(pilot_id: str) -> ResponseReturnValue:
    """The first cycle, or the next one, with what the last one hands on."""
    made = cycles.begin_cycle(the_school(), signed_in(), pilot_id, now=now())
    return redirect(url_for(".show", entry_id=made))


@bp.route("/cycles/<entry_id>", methods=["GET", "POST"])
def show(entry_id: str) -> ResponseReturnValue:
    """One cycle, all four parts on one page."""
    cycle = cycles.cycle_for(the_school(), signed_in(), entry_id)
    asked = _asked(cycle.pilot_id)
    form = WholeCycleForm(data=typed(cycle.body, list(asked)))
    form.offer_questions(list(asked))
    if form.validate_on_submit():
        try:
            cycles.change_cycle(the_school(), signed_in(), entry_id, form.entry(), now=now())
            flash(gettext("The cycle is saved."))
            return redirect(url_for(".show", entry_id=entry_id))
        except NotReady as refused:
            form.blame_missing(refused.missing)
    page = render_template(
        "thinking/cycle.html",
        pilot=pilot_for(the_school(), signed_in(), cycle.pilot_id),
        cycle=cycle,
        form=form,
        asked=asked,
        heard=_heard(spoken_of(cycle.pilot_id)),
        places=range(MOST_PREDICTIONS),
    )
    return page, 422 if form.problems() else 200


def _asked(pilot_id: str) -> dict[str, tuple[str, str]]:
    """Id -> (text, its language) of every question that a round of the pilot asks, or will ask."""
    found = questions_of(the_school(), signed_in(), pilot_id)
    return {question.id: say(in_full(question), language_now().code) for question in found}


def _heard(spoken: list[Spoken]) -> dict[str, Spoken]:
    """Question -> the last released round that asked it."""
    return {question.question: each for each in reversed(spoken) for question in each.voices.released.summary.questions}
