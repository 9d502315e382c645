"""The page of retention: what is due, overdue and held; holds; deleting before the day; and the job that deletes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback import jobs
from feedback.i18n import gettext
from feedback.operations import two_people
from feedback.operations.audit.last_drill import last_drill
from feedback.operations.errors import NotFound
from feedback.operations.retention import holds
from feedback.operations.retention.certificates import certificates
from feedback.operations.retention.delete_early import ask_to_delete, deletable, delete_early
from feedback.operations.retention.layer_words import LAYER_NAMES, STARTS
from feedback.operations.retention.retention_status import dry_run, retention_status, what_can_be_held
from feedback.operations.rounds.course import round_for
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.audit.forms_retention import EarlyForm, HoldForm, WhyForm
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("retention", __name__, url_prefix="/<language>/desk/retention")


@bp.app_template_filter("layer_words")
def layer_words(layer: str) -> str:
    """What a layer is called."""
    return gettext(LAYER_NAMES[layer])


@bp.app_template_filter("start_words")
def start_words(starts: str) -> str:
    """From when its days count."""
    return gettext(STARTS[starts])


@bp.get("/")
def show() -> str:
    """Everything that is kept, by the day on which it goes."""
    return _page()


@bp.get("/dry-run")
def try_it() -> str:
    """What a purge would delete today; it deletes nothing."""
    return render_template("officer/dry_run.html", found=dry_run(the_school(), signed_in(), today=today()))


@bp.get("/schedule")
def schedule() -> str:
    """Every layer with its days, its ground and who answers for it."""
    status = retention_status(the_school(), signed_in(), today=today())
    return render_template("officer/schedule.html", status=status)


@bp.post("/purge")
def purge() -> ResponseReturnValue:
    """Ask the worker to delete what is due, and to end what was begun."""
    allow(signed_in(), Action.PURGE)
    _ask_the_worker()
    return redirect(url_for(".show"))


@bp.route("/hold", methods=["GET", "POST"])
def hold() -> ResponseReturnValue:
    """Place a hold."""
    form, offered = HoldForm(), what_can_be_held(the_school(), signed_in())
    everything = ("all:", gettext("Everything"))
    form.on.choices = [everything, *((f"{scope}:{id_}", _called(scope, title)) for scope, id_, title in offered)]
    if form.validate_on_submit():
        scope, _, object_id = form.on.data.partition(":")
        said = {"reason": form.reason.data or "", "basis": form.basis.data or ""}
        holds.place_hold(the_school(), signed_in(), scope, object_id, **said, now=now())
        flash(gettext("The hold stands. Nothing of it is deleted until two people take it off."))
        return redirect(url_for(".show"))
    return render_template("officer/hold.html", form=form), 422 if form.problems() else 200


@bp.route("/holds/<hold_id>/ask", methods=["GET", "POST"])
def ask_to_lift(hold_id: str) -> ResponseReturnValue:
    """Ask for a second person's yes to take a hold off."""
    allow(signed_in(), Action.PURGE)
    if hold_id not in {hold.id for hold in holds.standing_holds(the_school(), signed_in())}:
        raise NotFound(hold_id)
    form = WhyForm()
    if form.validate_on_submit():
        holds.ask_to_lift(the_school(), signed_in(), hold_id, reason=form.reason.data or "", now=now())
        flash(gettext("It waits for somebody else’s yes."))
        return redirect(url_for(".show"))
    return render_template("officer/lift.html", form=form, hold_id=hold_id), 422 if form.problems() else 200


@bp.post("/holds/<hold_id>/lift")
def lift(hold_id: str) -> ResponseReturnValue:
    """Take off what a second person agreed to."""
    holds.lift_hold(the_school(), signed_in(), hold_id, now=now())
    flash(gettext("The hold is off. What is due is deleted again."))
    return redirect(url_for(".show"))


@bp.route("/rounds/<round_id>/early", methods=["GET", "POST"])
def early(round_id: str) -> ResponseReturnValue:
    """Ask for a second person's yes to delete something before its day."""
    round_ = round_for(the_school(), signed_in(), round_id, Action.SEE_RETENTION).round
    form = EarlyForm()
    form.layers.offer(deletable(round_))
    if form.validate_on_submit():
        layers = form.layers.data or []
        ask_to_delete(the_school(), signed_in(), round_id, layers, reason=form.reason.data or "", now=now())
        flash(gettext("It waits for somebody else’s yes."))
        return redirect(url_for(".show"))
    return render_template("officer/early.html", form=form, round=round_), 422 if form.problems() else 200


@bp.post("/agreed/<approval_id>")
def delete_agreed(approval_id: str) -> ResponseReturnValue:
    """Begin what a second person agreed to; the worker ends it."""
    asked = two_people.find_agreed(the_school(), signed_in(), approval_id, two_people.Deed.DELETE_EARLY, now=now())
    delete_early(the_school(), signed_in(), asked.object_id, asked.facts["layers"], now=now())
    _ask_the_worker()
    return redirect(url_for(".show"))


def _page() -> str:
    school, by = the_school(), signed_in()
    status = retention_status(school, by, today=today())
    requests = [each for each in two_people.open_requests(school, by, now=now()) if each.is_mine]
    return render_template(
        "officer/retention.html",
        status=status,
        certificates=certificates(school, by),
        holds=holds.standing_holds(school, by),
        asked={each.object_id: each for each in requests if each.deed == two_people.Deed.LIFT_HOLD},
        agreed=[each for each in requests if each.deed == two_people.Deed.DELETE_EARLY],
        drill=last_drill(school),
        form=DeskForm(),
    )


def _ask_the_worker() -> None:
    jobs.ask_for(the_school().settings.instance, "purge")
    flash(gettext("The computer deletes it now. Each deletion gets a certificate, in a minute or two."))


def _called(scope: str, title: str) -> str:
    return gettext("Pilot: %(title)s", title=title) if scope == "pilot" else gettext("Round: %(title)s", title=title)
