"""How a pilot's thing is used: the log of a minute a week, costs, tools, and files with use or test results."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from feedback.i18n import gettext, translations_now
from feedback.operations.evidence.import_evidence import import_evidence
from feedback.operations.evidence.pilot_evidence import monday_of
from feedback.operations.evidence.read_evidence import Understood, read_evidence
from feedback.operations.evidence.refused import SENTENCES, EvidenceRefused
from feedback.operations.evidence.why_not import REASONS, say_why_not
from feedback.operations.pilots.entries.seen import Assessment, Usage
from feedback.spoken import amount
from feedback.web.forms_desk import N_
from feedback.web.pilots.brought_in import kept, known, page
from feedback.web.pilots.forms_evidence import CostForm, DoseForm, FileForm
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("use", __name__, url_prefix="/<language>/desk/pilots/<pilot_id>")
bp.add_app_template_filter(amount)

#: Bytes of a file on the page: what was understood of it has to fit into one form again. The console takes more.
MOST_BYTES = 100_000
_SHAPES: dict[str, type[Usage | Assessment]] = {"usage": Usage, "assessment": Assessment}


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that was refused, in the language of the page."""

    line: int
    why: str


@bp.route("/use", methods=["GET", "POST"])
def show(pilot_id: str) -> ResponseReturnValue:
    """The log, planned beside actual, and this week's line."""
    pilot, beside = known(pilot_id)
    form = DoseForm()
    form.offer_weeks(today())
    if not form.validate_on_submit():
        return page("evidence/use.html", form, pilot, dose=beside.dose)
    names = ("week", "group", "sessions", "minutes", "departures", "supports")
    return kept(pilot, "dose", {name: form[name].data for name in names}, gettext("Thank you: it is kept."), "use.show")


@bp.route("/costs", methods=["GET", "POST"])
def costs(pilot_id: str) -> ResponseReturnValue:
    """What it costs, and for each active pupil."""
    pilot, beside = known(pilot_id)
    form = CostForm()
    if not form.validate_on_submit():
        return page("evidence/costs.html", form, pilot, costs=beside.costs)
    body = {name: form[name].data for name in ("what", "sort", "amount")}
    return kept(pilot, "cost", body, gettext("The cost is kept."), "use.costs")


@bp.get("/tools")
def tools(pilot_id: str) -> str:
    """The tools that are used least, and why."""
    pilot, beside = known(pilot_id)
    return render_template("evidence/tools.html", pilot=pilot, usage=beside.usage, reasons=REASONS)


@bp.post("/tools/why")
def why_not(pilot_id: str) -> ResponseReturnValue:
    """One tap."""
    tool, why = request.form.get("tool", ""), request.form.get("why", "")
    say_why_not(the_school(), signed_in(), pilot_id, tool, why, now=now())
    flash(gettext("Thank you: it is counted. Nobody sees who said it."))
    return redirect(url_for(".tools", pilot_id=pilot_id))


@bp.route("/evidence/file", methods=["GET", "POST"])
def read_file(pilot_id: str) -> ResponseReturnValue:
    """A file: what was understood of it, before anything is kept."""
    pilot, _beside = known(pilot_id)
    form = FileForm()
    if not form.validate_on_submit():
        return page("evidence/file.html", form, pilot, wrong=())
    given = form.file.data
    body = given.read(MOST_BYTES + 1) if isinstance(given, FileStorage) else b""
    try:
        read = read_evidence(body, form.kind.data, most_bytes=MOST_BYTES)
    except EvidenceRefused as refused:
        form.refuse(N_("Nothing was kept from this file."))
        return page("evidence/file.html", form, pilot, wrong=_in_words(refused))
    rows = json.dumps([entry.model_dump(mode="json") for entry in read.entries], separators=(",", ":"))
    return render_template("evidence/understood.html", pilot=pilot, read=read, rows=rows, monday_of=monday_of)


@bp.post("/evidence/file/keep")
def keep_file(pilot_id: str) -> ResponseReturnValue:
    """Keep what was understood."""
    known(pilot_id)
    rows = import_evidence(the_school(), signed_in(), pilot_id, _understood(), now=now())
    told = translations_now().ngettext("%(rows)s row is kept.", "%(rows)s rows are kept.", rows)
    flash(told % {"rows": rows})
    return redirect(url_for("evidence.show", pilot_id=pilot_id))


def _in_words(refused: EvidenceRefused) -> list[WrongLine]:
    return [WrongLine(each.line, gettext(SENTENCES[each.code]) % each.values) for each in refused.refusals]


def _understood() -> Understood:
    """What the page before this one had read, checked again as it comes back."""
    kind = request.form.get("kind", "")
    try:
        rows: list[dict[str, Any]] = json.loads(request.form.get("rows", ""))
        return Understood(kind, tuple(_SHAPES[kind].model_validate(row) for row in rows))
    except (ValueError, KeyError, TypeError, ValidationError) as unreadable:
        raise BadRequest from unreadable
