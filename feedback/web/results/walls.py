"""A pilot at a glance: the dashboard for its team, and the improvement wall for everybody who walks past it."""

from flask import Blueprint, render_template

from feedback.operations.evidence.dashboard import dashboard_of
from feedback.operations.evidence.pilot_evidence import monday_of
from feedback.operations.results.wall import wall_of
from feedback.spoken import language_now
from feedback.web.place import signed_in, the_school
from feedback.web.results.summary import words_in

bp = Blueprint("walls", __name__, url_prefix="/<language>/desk/pilots/<pilot_id>")


@bp.get("/dashboard")
def dashboard(pilot_id: str) -> str:
    """Who answered, what decides, waves, use and costs; from frozen releases and the book."""
    found = dashboard_of(the_school(), signed_in(), pilot_id)
    words = {each.round.id: words_in(each.instrument) for each in found.voices}
    return render_template("wall/dashboard.html", pilot=found.pilot, found=found, words=words, monday_of=monday_of)


@bp.get("/wall")
def wall(pilot_id: str) -> str:
    """A page to hang up: the public's figures only."""
    found = wall_of(the_school(), signed_in(), pilot_id, language_now().code)
    return render_template("wall/wall.html", pilot=found.pilot, wall=found, words_in=words_in)
