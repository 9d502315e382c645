"""Proofs from a page: the officer starts one, the worker does it, and the page looks again until it has ended."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback import jobs
from feedback.operations.audit.proof_runs import WHATS, ask_for_run, proof_runs
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import N_, DeskForm, OneOfField
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("proof_runs", __name__, url_prefix="/<language>/desk/proofs/run")

#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4


class ProofForm(DeskForm):
    """Which proof?"""

    what = OneOfField(choices=list[Any](WHATS), sentence=N_("Choose what to check."))


@bp.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """What goes on, the last results, and a new run."""
    runs = proof_runs(the_school(), signed_in(), now=now())
    if request.method == "POST":
        allow(signed_in(), Action.RUN_PROOFS)
    form = ProofForm()
    if form.validate_on_submit():
        run_id = ask_for_run(the_school(), signed_in(), form.what.data, now=now())
        jobs.ask_for_beside(the_school().settings.instance, "proof-run", run_id)
        return redirect(url_for(".show"))
    goes_on = next((run for run in runs if run.waits), None)
    looks = goes_on is not None and "still" not in request.args
    page = render_template("officer/proof_runs.html", form=form, runs=runs, goes_on=goes_on, looks=looks)
    answer = make_response(page, 422 if form.problems() else 200)
    if looks:
        # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
        answer.headers["Refresh"] = f"{_LOOK_AGAIN}; url={url_for('.show')}"
    return answer
