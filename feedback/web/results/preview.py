"""A draft round's report with made-up answers, so that a school sees what it will learn before it asks anybody."""

from flask import Blueprint, render_template

from feedback.operations.results.preview import preview_of
from feedback.operations.results.read_release import headline_cells
from feedback.web.place import signed_in, the_school
from feedback.web.results.summary import words_in

bp = Blueprint("preview", __name__, url_prefix="/<language>/desk")


@bp.get("/rounds/<round_id>/preview")
def show(round_id: str) -> str:
    """The report, and the list of what it will hide."""
    preview = preview_of(the_school(), signed_in(), round_id)
    return render_template(
        "preview/show.html",
        report=preview.report,
        round=preview.status.round,
        summary=preview.report.summary,
        headlines=headline_cells(preview.report.summary),
        # Nothing to advise: nobody has said anything.
        next_steps={},
        **words_in(preview.status.instrument),
    )
