"""A pilot's plan page (who is asked what, the team, milestones) and its calendar, as a page and as a file."""

from datetime import date

from babel.dates import format_skeleton
from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, gettext, offered
from feedback.operations.errors import NotFound
from feedback.operations.pilots import book
from feedback.operations.pilots.book import Entry, NewEntry
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.pilots.pilot_calendar import CalendarDay, as_ics, calendar_of
from feedback.operations.pilots.plan import SEATS, criteria_of, plan_page
from feedback.privacy.permissions import Action, reach
from feedback.spoken import language_now
from feedback.web.offered import form_named, form_names, offered_forms
from feedback.web.pilots.day_sentences import sentence
from feedback.web.pilots.forms_plan import PLAN_FORMS, PlanForm, filled
from feedback.web.place import now, signed_in, the_school, today
from forms.library import by_readers
from forms.wording import say

bp = Blueprint("pilot_plan", __name__, url_prefix="/<language>/desk")


@bp.app_template_filter("iso_day")
def iso_day(written: str) -> date:
    """A day of an entry's JSON."""
    return date.fromisoformat(written)


@bp.app_template_filter("month")
def month(value: date) -> str:
    """A month and its year, in words of the page's language."""
    return str(format_skeleton("yMMMM", value, locale=language_now().locale))


bp.add_app_template_global(form_names, "form_names")


@bp.get("/pilots/<pilot_id>/plan")
def show(pilot_id: str) -> str:
    """Who is asked what and when, who is on the team, and what is missing."""
    page = plan_page(the_school(), signed_in(), pilot_id)
    return render_template(
        "pilot_plan/show.html",
        page=page,
        pilot=page.pilot,
        seats=SEATS,
        criteria=criteria_of(page.pilot),
        instrument_of=form_named,
        may_write=reach(Action.WRITE_BOOK, signed_in().roles) is not None,
        today=today(),
    )


@bp.route("/pilots/<pilot_id>/plan/<kind>/new", methods=["GET", "POST"])
def add(pilot_id: str, kind: str) -> ResponseReturnValue:
    """A new line, seat or day."""
    form = _form(kind)
    book.entries_of(the_school(), signed_in(), pilot_id, kind)
    if not form.validate_on_submit():
        return _show_form(form, pilot_id, kind)
    new = NewEntry(kind, form.body(), role=form.signed_as())
    book.write_entry(the_school(), signed_in(), pilot_id, new, now=now())
    return redirect(url_for(".show", pilot_id=pilot_id, _anchor=kind))


@bp.route("/pilots/<pilot_id>/plan/<kind>/<entry_id>", methods=["GET", "POST"])
def change(pilot_id: str, kind: str, entry_id: str) -> ResponseReturnValue:
    """Change one."""
    entry = _entry(pilot_id, kind, entry_id)
    form = _form(kind, entry)
    if not form.validate_on_submit():
        return _show_form(form, pilot_id, kind, entry)
    book.change_entry(the_school(), signed_in(), entry_id, body=form.body(), role=form.signed_as(), now=now())
    return redirect(url_for(".show", pilot_id=pilot_id, _anchor=kind))


@bp.post("/pilots/<pilot_id>/plan/<kind>/<entry_id>/strike")
def strike(pilot_id: str, kind: str, entry_id: str) -> ResponseReturnValue:
    """Take one out."""
    entry = _entry(pilot_id, kind, entry_id)
    book.strike_entry(the_school(), signed_in(), entry.id, now=now())
    flash(gettext("It is taken out."))
    return redirect(url_for(".show", pilot_id=pilot_id, _anchor=kind))


@bp.get("/pilots/<pilot_id>/calendar")
def calendar(pilot_id: str) -> str:
    """Every day of the pilot, month by month."""
    pilot, days = calendar_of(the_school(), signed_in(), pilot_id)
    months: dict[date, list[tuple[CalendarDay, str]]] = {}
    for each in days:
        months.setdefault(each.day.replace(day=1), []).append((each, sentence(each)))
    return render_template("pilot_plan/calendar.html", pilot=pilot, months=months, today=today())


@bp.get("/pilots/<pilot_id>/calendar.ics")
def calendar_file(pilot_id: str) -> Response:
    """The same days for a calendar program."""
    pilot, days = calendar_of(the_school(), signed_in(), pilot_id)
    name = say({code: said["title"] for code, said in pilot.words.items()}, language_now().code)[0]
    file = as_ics(name, pilot.starts_on, [(each, sentence(each)) for each in days])
    answer = Response(file, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=pilot.ics"
    return answer


def _entry(pilot_id: str, kind: str, entry_id: str) -> Entry:
    entry = book.entry_for(the_school(), signed_in(), entry_id)
    if (entry.pilot_id, entry.kind) != (pilot_id, kind) or kind not in PLAN_FORMS:
        raise NotFound(entry_id)
    return entry


def _form(kind: str, entry: Entry | None = None) -> PlanForm:
    if kind not in PLAN_FORMS:
        raise NotFound(kind)
    return filled(kind, entry.body if entry else {}, entry.role if entry else "", offered(Catalogue.RESPONDENT))


def _show_form(form: PlanForm, pilot_id: str, kind: str, entry: Entry | None = None) -> ResponseReturnValue:
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    page = render_template(
        "pilot_plan/form.html",
        form=form,
        pilot=pilot,
        kind=kind,
        entry=entry,
        library=by_readers(each.instrument for each in offered_forms()),
    )
    return page, 422 if form.problems() else 200
