"""Reports of months for the privacy officer: the list, each as a page, and each as a PDF from the worker."""

from datetime import date

from babel.dates import format_skeleton
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback import jobs
from feedback.i18n import Catalogue, offered
from feedback.operations.audit.month_reports import ask_for_month, month_file, month_state, months, read_month
from feedback.operations.reports.kinds.kind import ON_SCREEN
from feedback.operations.reports.kinds.month import MONTH
from feedback.spoken import language_now
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("months", __name__, url_prefix="/<language>/desk/months")

#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4


@bp.app_template_filter("month_name")
def month_name(first: date) -> str:
    """A month with its year, in words of the page's language."""
    return str(format_skeleton("yMMMM", first, locale=language_now().locale))


@bp.get("/")
def index() -> str:
    """The months that are over."""
    return render_template("officer/month/index.html", months=months(the_school(), signed_in(), now=now()))


@bp.route("/<about>", methods=["GET", "POST"])
def show(about: str) -> ResponseReturnValue:
    """The report of a month; POST asks the worker for the PDF in the language of the page."""
    page = read_month(the_school(), signed_in(), about, now=now())
    spoken = language_now().code
    if request.method == "POST":
        ask_for_month(the_school(), signed_in(), about, spoken, now=now())
        jobs.ask_for(the_school().settings.instance, "make-month", about, spoken)
        return redirect(url_for(".show", about=about))
    state = month_state(the_school(), signed_in(), about, spoken)
    facts = MONTH.variables(page, ON_SCREEN)
    answer = make_response(
        render_template("officer/month/show.html", state=state, about=about, form=DeskForm(), **facts)
    )
    if state == "asked" and "still" not in request.args:
        # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
        answer.headers["Refresh"] = f"{_LOOK_AGAIN}; url={url_for('.show', about=about)}"
    return answer


@bp.get("/<about>-<spoken>.pdf")
def download(about: str, spoken: str) -> Response:
    """The PDF as it was rendered."""
    if spoken not in offered(Catalogue.STAFF):
        abort(404)
    answer = Response(month_file(the_school(), signed_in(), about, spoken), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"voicebox-month-{about}-{spoken}.pdf")
    return answer
