"""Roll-ups at the desk: choosing rounds that asked the same, and what they say together."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.roll_up import FEWEST_IN_A_DISTRICT, LARGEST_PART, Kind
from feedback.operations.errors import NotReady, NotSummed
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.results.read_release import headline_cells
from feedback.operations.results.roll_ups import LONGEST_NAME, read_roll_up, roll_up, roll_ups_of
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.results.summary import words_in

if TYPE_CHECKING:
    from feedback.models import Pilot, Round

bp = Blueprint("roll_ups", __name__, url_prefix="/<language>/desk")


@bp.get("/pilots/<pilot_id>/roll-ups")
def choose(pilot_id: str) -> str:
    """The pilot's roll-ups, and its rounds to make one of."""
    return _page(pilot_id)


@bp.post("/pilots/<pilot_id>/roll-ups")
def make(pilot_id: str) -> ResponseReturnValue:
    """Sum the rounds that were ticked."""
    mine = {each.id for each in _pilot(pilot_id).rounds}
    typed = request.form
    kind = Kind.DISTRICT if typed.get("kind") == "district" else Kind.SCHOOL
    made = roll_up(
        the_school(),
        signed_in(),
        mine.intersection(typed.getlist("round")),
        typed.get("name", ""),
        kind,
        schools={name.removeprefix("school-"): said for name, said in typed.items() if name.startswith("school-")},
        today=today(),
        now=now(),
    )
    return redirect(url_for(".show", roll_up_id=made))


@bp.get("/roll-ups/<roll_up_id>")
def show(roll_up_id: str) -> str:
    """What the rounds say together."""
    found = read_roll_up(the_school(), signed_in(), roll_up_id)
    return render_template(
        "roll_ups/show.html",
        found=found,
        summary=found.summary,
        headlines=headline_cells(found.summary),
        **words_in(found.instrument),
    )


@bp.errorhandler(NotSummed)
@bp.errorhandler(NotReady)
def say_why(refused: NotSummed | NotReady) -> ResponseReturnValue:
    """The page once more, with the reason on top and everything as it was typed."""
    return _page((request.view_args or {})["pilot_id"], refused), 422


def _page(pilot_id: str, refused: NotSummed | NotReady | None = None) -> str:
    pilot = _pilot(pilot_id)
    return render_template(
        "roll_ups/choose.html",
        pilot=pilot,
        rounds=[each for each in pilot.rounds if _has_figures(each)],
        made=roll_ups_of(the_school(), signed_in(), pilot_id),
        why=refused.why if isinstance(refused, NotSummed) else "no_name" if refused else "",
        names=refused.names if isinstance(refused, NotSummed) else (),
        typed=request.form,
        longest=LONGEST_NAME,
        fewest=FEWEST_IN_A_DISTRICT,
        largest=LARGEST_PART,
    )


def _pilot(pilot_id: str) -> "Pilot":
    # First, so that an account that may not do this learns nothing of the pilot.
    allow(signed_in(), Action.ROLL_UP)
    return pilot_for(the_school(), signed_in(), pilot_id)


def _has_figures(round_: "Round") -> bool:
    return round_.state == "scrubbed" and round_.tallies_purged_on is None
