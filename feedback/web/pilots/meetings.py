"""Meetings about a pilot at the desk: planning a review, its agenda to print, notes, and the lesson log."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.pilots import meetings
from feedback.operations.pilots.book import Entry, entries_of
from feedback.operations.pilots.entries.thought import Review
from feedback.operations.pilots.pilot import pilot_for
from feedback.web.pilots.forms_thinking import MEETINGS, LessonForm, MeetingForm, NotesForm
from feedback.web.pilots.voices import Spoken, spoken_of
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("meetings", __name__, url_prefix="/<language>/desk")

_MINUTES, _LONGEST_LINE = 45, 200


@bp.route("/pilots/<pilot_id>/meetings", methods=["GET", "POST"])
def index(pilot_id: str) -> ResponseReturnValue:
    """What was planned and noted, and the lesson log, to which a line can be added."""
    found = entries_of(the_school(), signed_in(), pilot_id, *meetings.NOTES, "lesson")
    form = LessonForm()
    if form.validate_on_submit():
        meetings.learn(the_school(), signed_in(), pilot_id, form.entry(), now=now())
        flash(gettext("The lesson is kept."))
        return redirect(url_for(".index", pilot_id=pilot_id, _anchor="lessons"))
    page = render_template(
        "thinking/meetings.html",
        pilot=pilot_for(the_school(), signed_in(), pilot_id),
        held=[(entry, _day(entry)) for entry in reversed(found) if entry.kind != "lesson"],
        lessons=[entry for entry in found if entry.kind == "lesson"],
        form=form,
    )
    return page, 422 if form.problems() else 200


@bp.route("/pilots/<pilot_id>/meetings/new/<kind>", methods=["GET", "POST"])
def create(pilot_id: str, kind: str) -> ResponseReturnValue:
    """Plan a review, or note what a debrief, an after-action review or a data conversation came to."""
    if kind not in MEETINGS:
        abort(404)
    spoken = spoken_of(pilot_id)
    form: MeetingForm = MEETINGS[kind](data=_begun(spoken))
    if form.validate_on_submit():
        try:
            made = meetings.keep_notes(the_school(), signed_in(), pilot_id, kind, form.entry(), now=now())
            return redirect(url_for(".show", entry_id=made))
        except NotReady as refused:
            form.blame_missing(refused.missing)
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    page = render_template("thinking/new_meeting.html", pilot=pilot, kind=kind, form=form, spoken=spoken[:1])
    return page, 422 if form.problems() else 200


@bp.route("/meetings/<entry_id>", methods=["GET", "POST"])
def show(entry_id: str) -> ResponseReturnValue:
    """One meeting, to print: a review's agenda in time boxes and its notes, or what another one came to."""
    entry = meetings.meeting_for(the_school(), signed_in(), entry_id)
    form = NotesForm(data=entry.body)
    if form.validate_on_submit():
        meetings.note_review(the_school(), signed_in(), entry_id, form.notes.data or "", now=now())
        flash(gettext("The notes are kept."))
        return redirect(url_for(".show", entry_id=entry_id))
    page = render_template(
        "thinking/meeting.html",
        pilot=pilot_for(the_school(), signed_in(), entry.pilot_id),
        meeting=entry,
        day_of_it=_day(entry),
        boxes=meetings.time_boxes(Review.model_validate(entry.body)) if entry.kind == "review" else (),
        spoken=spoken_of(entry.pilot_id)[:1],
        form=form,
    )
    return page, 422 if form.problems() else 200


def _day(entry: Entry) -> date:
    """The day of a review, or the one on which the notes of another meeting were written."""
    return Review.model_validate(entry.body).day if entry.kind == "review" else entry.written_on


def _begun(spoken: list[Spoken]) -> dict[str, object]:
    """The agenda that a review begins with: the first findings of the last release, by question, and who does what."""
    findings = spoken[0].voices.released.summary.findings if spoken else ()
    # Without figures: they stand beside the agenda for as long as the release is kept, and no longer.
    asked = [spoken[0].questions[finding.question][0] for finding in findings]
    lines = [*(" ".join(text.split())[:_LONGEST_LINE] for text in asked), gettext("Who does what, by when?")]
    return {"day": today(), "minutes": _MINUTES, "agenda": "\n".join(lines)}
