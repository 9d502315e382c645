"""Reflecting at the desk: the four questions, what the team answered, what a crowd said, and what to try next."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.pilots import ideas, reflect
from feedback.operations.pilots.book import entries_of
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.pilots.reflect import QUESTIONS, TeamsAnswers
from feedback.privacy.permissions import Action, reach
from feedback.web.pilots.forms_thinking import IdeaForm, ReflectionForm
from feedback.web.pilots.voices import spoken_of
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("reflect", __name__, url_prefix="/<language>/desk")


@bp.get("/pilots/<pilot_id>/reflect")
def show(pilot_id: str) -> ResponseReturnValue:
    """One's own answers, and under each question everybody's."""
    team = reflect.teams_answers(the_school(), signed_in(), pilot_id)
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    return _page(pilot, team, ReflectionForm(formdata=None, data=_begun(pilot, team)))


@bp.post("/pilots/<pilot_id>/reflections")
def answer(pilot_id: str) -> ResponseReturnValue:
    """Keep one's own answers."""
    team = reflect.teams_answers(the_school(), signed_in(), pilot_id)
    form = ReflectionForm()
    if form.validate_on_submit():
        try:
            reflect.reflect(the_school(), signed_in(), pilot_id, form.entry(), form.role.data or "", now=now())
            flash(gettext("Your answers are kept. You can change them until the decision."))
            return redirect(url_for(".show", pilot_id=pilot_id))
        except NotReady as refused:
            form.blame_missing(refused.missing)
    return _page(pilot_for(the_school(), signed_in(), pilot_id), team, form)


@bp.route("/pilots/<pilot_id>/ideas", methods=["GET", "POST"])
def ideas_page(pilot_id: str) -> ResponseReturnValue:
    """What a class or a role says should be tried next."""
    found = entries_of(the_school(), signed_in(), pilot_id, "idea")
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    form = IdeaForm()
    if form.validate_on_submit():
        ideas.note_idea(the_school(), signed_in(), pilot_id, form.entry(), now=now())
        flash(gettext("The idea is kept."))
        return redirect(url_for(".ideas_page", pilot_id=pilot_id))
    page = render_template("thinking/ideas.html", pilot=pilot, form=form, ideas=found)
    return page, 422 if request.method == "POST" else 200


def _page(pilot: Any, team: TeamsAnswers, form: ReflectionForm) -> ResponseReturnValue:
    spoken = spoken_of(pilot.id)
    page = render_template(
        "thinking/reflect.html",
        pilot=pilot,
        form=form,
        team=team,
        questions=QUESTIONS,
        may_answer=pilot.state in reflect.OPEN_IN,
        decides=[each for each in spoken if each.voices.criterion],
        crowd=[each for each in spoken if each.voices.crowd_speaks],
    )
    return page, 422 if form.problems() else 200


def _begun(pilot: Any, team: TeamsAnswers) -> dict[str, Any]:
    """What the form begins with: one's answers so far, or the hypothesis under the second question."""
    if team.mine:
        return {**team.mine.body, "role": team.mine.role}
    return {"intended": _expected(pilot.hypothesis), "role": _role_of(pilot)}


def _expected(hypothesis: dict[str, str]) -> str:
    return gettext("If %(change)s, then %(result)s, by %(date)s, because %(reason)s.", **hypothesis)


def _role_of(pilot: Any) -> str:
    if pilot.owner_id == signed_in().id:
        return str(pilot.owner_role)
    return gettext("Pilot lead") if reach(Action.DECIDE, signed_in().roles) else gettext("Teacher")
