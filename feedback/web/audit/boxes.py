"""The privacy officer's page: boxes that wait for the passphrase. No answer is ever shown here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from feedback import jobs
from feedback.operations.answers.open_boxes import give_passphrase, is_waiting, waiting_boxes
from feedback.privacy.handover import WorkerAway
from feedback.privacy.keeper import PassphraseWrong
from feedback.web.forms_desk import N_, DeskForm, Needed, SomeOfField
from feedback.web.place import now, signed_in, the_school

if TYPE_CHECKING:
    from feedback.models import Round

bp = Blueprint("officer", __name__, url_prefix="/<language>/desk")

#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4


@bp.app_template_test("waiting_for_officer")
def waiting_for_officer(round_: Round) -> bool:
    """Whether a round is closed and its box waits for the passphrase."""
    return is_waiting(the_school(), round_)


class BoxesForm(DeskForm):
    """The passphrase, and which boxes may be opened with it."""

    rounds = SomeOfField(choices=[], validators=[Needed(N_("Choose at least one box."))])
    passphrase = PasswordField(validators=[Needed(N_("Type the passphrase."))])


@bp.get("/boxes/")
def boxes() -> ResponseReturnValue:
    """What waits; and what is being counted, which the page looks for again by itself unless it was told not to."""
    page, counting = _page(BoxesForm())
    if not counting or "still" in request.args:
        return page
    # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
    answer = make_response(page)
    answer.headers["Refresh"] = f"{_LOOK_AGAIN}; url={url_for('.boxes', asked=request.args.getlist('asked'))}"
    return answer


@bp.post("/boxes/")
def open_boxes() -> ResponseReturnValue:
    """Hand the passphrase to the worker, which counts the boxes that were chosen."""
    form = BoxesForm()
    form.rounds.offer(round_.id for round_ in waiting_boxes(the_school(), signed_in()))
    if not form.validate_on_submit():
        return _page(form)[0], 422
    chosen, typed = form.rounds.data or [], form.passphrase.data or ""
    sealed = give_passphrase(the_school(), signed_in(), chosen, typed, now=now())
    for round_id, passphrase in sealed.items():
        jobs.ask_to_open(the_school().settings.instance, round_id, passphrase)
    return redirect(url_for(".boxes", asked=list(sealed)))


@bp.errorhandler(PassphraseWrong)
def refuse(_refused: PassphraseWrong) -> ResponseReturnValue:
    """One sentence for a wrong passphrase and for an account that is pausing."""
    form = BoxesForm()
    form.blame("passphrase", N_("This did not work. Check the passphrase, or wait a few minutes and try again."))
    return _page(form)[0], 422


@bp.errorhandler(WorkerAway)
def nobody_there(_away: WorkerAway) -> ResponseReturnValue:
    """The passphrase would lie in the queue for nobody."""
    form = BoxesForm()
    form.refuse(N_("Nothing counts boxes at the moment. Try again in a minute, or ask whoever runs the computer."))
    answer = Response(_page(form)[0], 503)
    answer.headers["Retry-After"] = "60"
    return answer


def _page(form: BoxesForm) -> tuple[str, list[Round]]:
    asked = set(request.args.getlist("asked"))
    waiting = waiting_boxes(the_school(), signed_in())
    counting = [round_ for round_ in waiting if round_.id in asked]
    left = [round_ for round_ in waiting if round_.id not in asked]
    form.rounds.offer(round_.id for round_ in left)
    if not form.is_submitted():
        form.rounds.data = [round_.id for round_ in left]
    page = render_template(
        "officer/boxes.html",
        form=form,
        left=left,
        counting=counting,
        asked=sorted(asked),
        has_passphrase=the_school().keystore.has_passphrase,
    )
    return page, counting
