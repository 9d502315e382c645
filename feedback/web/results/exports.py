"""Taking a release away as a file: the team's or everybody's, as a spreadsheet, tables or JSON."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from analysis.summary import Reader
from feedback.operations.results.export.files import Format
from feedback.operations.results.export.make import hand_over
from feedback.operations.results.read_release import latest
from feedback.operations.rounds.course import round_for
from feedback.privacy.permissions import Action
from feedback.web.door.again import needs_proof
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("exports", __name__, url_prefix="/<language>/desk/rounds/<round_id>/results/export")


@bp.get("")
@needs_proof
def show(round_id: str) -> ResponseReturnValue:
    """What there is to take away, for whom, and what is not in it."""
    released = latest(the_school(), signed_in(), round_id)
    status = round_for(the_school(), signed_in(), round_id, Action.SEE_RELEASES)
    return render_template(
        "results/export.html",
        round=status.round,
        released=released,
        readers=[reader.value for reader in Reader],
        formats=[format_.value for format_ in Format],
    )


@bp.get("/<any(team, public):reader>.<any(xlsx, csv, json):format_>")
@needs_proof
def download(round_id: str, reader: str, format_: str) -> ResponseReturnValue:
    """The file."""
    file = hand_over(the_school(), signed_in(), round_id, Reader(reader), Format(format_), now=now())
    answer = Response(file.body, mimetype=file.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer
