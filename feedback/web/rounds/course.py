"""Rounds at the desk: planning, opening and ending one, its links and hand-outs; and "ask my class"."""

from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

import segno
from babel.dates import format_date, format_time, get_datetime_format
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback import jobs
from feedback.i18n import Catalogue, gettext, speak, speaking
from feedback.operations.errors import LanguageUnsigned, NotFound, NoticeRunning, NotReady
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.rounds import course as rounds
from feedback.operations.rounds.ask_my_class import ask_my_class, standing_pilot
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.operations.rounds.may_open import may_open
from feedback.operations.rounds.newer_version import newer_than, use_newest
from feedback.operations.staff import allow
from feedback.operations.workshop.instruments import asks_children_to_write
from feedback.operations.workshop.language_gate import gate_of, leave_out_unsigned
from feedback.operations.workshop.round_form import corrections_of
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.offered import offered_forms, offered_to_students, on_shelves
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.rounds.forms_asking import ClassForm, asking
from feedback.web.rounds.forms_opening import OpeningForm
from feedback.web.rounds.forms_round import round_form
from forms.questions.base import Measure

bp = Blueprint("rounds", __name__, url_prefix="/<language>/desk")


@bp.app_template_filter("moment")
def moment(value: datetime) -> str:
    """A UTC moment of the database on the school's clock, in words of the page's language."""
    on_the_clock = value.replace(tzinfo=UTC).astimezone(the_school().settings.zone)
    locale = language_now().locale
    # Babel's own long format would name seconds and the zone; CLDR says how this locale puts a day and a time together.
    together = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    day, hour = format_date(on_the_clock, "long", locale=locale), format_time(on_the_clock, "short", locale=locale)
    return together.replace("{1}", day).replace("{0}", hour)


@bp.get("/ask-my-class/")
def choose_for_my_class() -> str:
    """Which instrument? One click."""
    allow(signed_in(), Action.ASK_MY_CLASS)
    standing, shelves = standing_pilot(the_school()), on_shelves(offered_to_students())
    return render_template("rounds/choose.html", shelves=shelves, pilot=None, standing=standing)


@bp.route("/ask-my-class/<instrument>", methods=["GET", "POST"])
def ask_class(instrument: str) -> ResponseReturnValue:
    """Which class, when, and then the round is open."""
    allow(signed_in(), Action.ASK_MY_CLASS)
    form: ClassForm = asking(ClassForm, instrument, hears_writing=False, day=today())
    # Families have no class session; they are asked in a round of a pilot.
    if form.instrument.audience != "students":
        abort(404)
    if form.validate_on_submit():
        try:
            round_id = ask_my_class(the_school(), signed_in(), form.question(), now=now())
            return redirect(url_for(".show", round_id=round_id))
        except LanguageUnsigned as unsigned:
            form.blame_unsigned(unsigned.languages)
        except NotReady as refused:
            form.blame_missing(refused.missing)
    return render_template("rounds/ask_my_class.html", form=form), 422 if form.problems() else 200


@bp.get("/pilots/<pilot_id>/rounds/new/")
def choose(pilot_id: str) -> str:
    """Which instrument does the pilot's new round ask?"""
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    allow(signed_in(), Action.CHANGE_ROUNDS, pilot)
    return render_template("rounds/choose.html", shelves=on_shelves(offered_forms()), pilot=pilot)


@bp.route("/pilots/<pilot_id>/rounds/new/<instrument>", methods=["GET", "POST"])
def plan(pilot_id: str, instrument: str) -> ResponseReturnValue:
    """Plan a round: nothing is asked before it is opened."""
    pilot = pilot_for(the_school(), signed_in(), pilot_id)
    allow(signed_in(), Action.CHANGE_ROUNDS, pilot)
    form = round_form(instrument)
    if form.validate_on_submit():
        try:
            round_id = rounds.plan_round(the_school(), signed_in(), pilot_id, form.plan(), now=now())
            flash(gettext("The round is planned. Nobody is asked before you open it."))
            return redirect(url_for(".show", round_id=round_id))
        except NotReady as refused:
            form.blame_missing(refused.missing)
    page = render_template("rounds/plan.html", form=form, pilot=pilot, zone=the_school().settings.time_zone)
    return page, 422 if form.problems() else 200


@bp.get("/rounds/<round_id>")
def show(round_id: str, opening: OpeningForm | None = None) -> str:
    """One round: its state in words, its links. Nothing here depends on any single submission."""
    status = round_for(the_school(), signed_in(), round_id)
    return render_template(
        "rounds/show.html",
        status=status,
        round=status.round,
        asks_for_words=any(question.measure is Measure.TEXT for question in status.instrument.questions),
        needs_readers=asks_children_to_write(status.instrument) and not status.round.imported,
        gate=gate_of(the_school(), status.round),
        lawful=may_open(the_school(), status.round, now=now()),
        opening=opening or OpeningForm(formdata=None),
        address=_address,
        now=now(),
        newer=newer_than(the_school(), status.round),
        corrections=corrections_of(status.round),
    )


@bp.post("/rounds/<round_id>/newest-version")
def use_newer(round_id: str) -> ResponseReturnValue:
    """Let a draft ask the newest version of its form."""
    number = use_newest(the_school(), signed_in(), round_id, now=now())
    flash(gettext("This round asks version %(number)s now.", number=number))
    return redirect(url_for(".show", round_id=round_id))


@bp.post("/rounds/<round_id>/open")
def open_(round_id: str) -> ResponseReturnValue:
    """Let respondents in, or say which words nobody has signed."""
    form = OpeningForm()
    if form.validate():
        try:
            reason = form.unchecked_because.data or ""
            rounds.open_round(the_school(), signed_in(), round_id, unchecked_because=reason, now=now())
            return redirect(url_for(".show", round_id=round_id))
        except LanguageUnsigned as unsigned:
            form.blame_unsigned(unsigned.languages)
        except NoticeRunning:
            pass  # the page says from which day on
    return show(round_id, form), 409


@bp.post("/rounds/<round_id>/signed-languages")
def leave_out(round_id: str) -> ResponseReturnValue:
    """Ask a draft in its signed languages only."""
    leave_out_unsigned(the_school(), signed_in(), round_id, now=now())
    flash(gettext("The round asks in its signed languages only."))
    return redirect(url_for(".show", round_id=round_id))


@bp.post("/rounds/<round_id>/discard")
def discard(round_id: str) -> ResponseReturnValue:
    """Throw away a draft."""
    pilot_id = round_for(the_school(), signed_in(), round_id).round.pilot_id
    rounds.discard_round(the_school(), signed_in(), round_id, now=now())
    return redirect(url_for("pilots.show", pilot_id=pilot_id))


@bp.post("/rounds/<round_id>/finish")
def finish(round_id: str) -> ResponseReturnValue:
    """Everyone has finished: no more envelopes, and the count begins."""
    rounds.close_round(the_school(), signed_in(), round_id, now=now())
    jobs.ask_for(the_school().settings.instance, "finish-round", round_id)
    return redirect(url_for("results.show", round_id=round_id))


@bp.get("/rounds/<round_id>/qr/<spoken>.svg")
def qr(round_id: str, spoken: str) -> Response:
    """The round's link in one of its languages as a QR code, or one group's link with `?group=`."""
    status = round_for(the_school(), signed_in(), round_id)
    group = request.args.get("group")
    if spoken not in status.round.languages or group not in (None, *(each["code"] for each in status.round.groups)):
        raise NotFound(round_id)
    drawn = BytesIO()
    # White around and behind, also on a dark page: many readers of QR codes need it.
    address = _address(status, spoken, group)
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff", omitsize=True)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@bp.get("/rounds/<round_id>/hand-out")
def hand_out(round_id: str) -> str:
    """A sheet to print: link, QR code and the address to type, in the round's own languages."""
    status = round_for(the_school(), signed_in(), round_id)
    group = next((each for each in status.round.groups if each["code"] == request.args.get("group")), None)
    sheets = [(spoken, _sheet(status, spoken, group["code"] if group else None)) for spoken in status.round.languages]
    return render_template("rounds/hand_out.html", round=status.round, group=group, sheets=sheets)


def _sheet(status: RoundStatus, spoken: str, group: str | None) -> Markup:
    desk = language_now().code
    address = _address(status, spoken, group)
    with speaking(spoken, Catalogue.RESPONDENT):
        said = render_template(
            "public/hand_out.html",
            round=status.round,
            last_day=status.round.closes_at.replace(tzinfo=UTC).astimezone(the_school().settings.zone).date(),
            school_name=the_school().settings.school_name,
            # What has to be typed: nobody types the scheme.
            address=urlsplit(address).netloc + urlsplit(address).path,
            qr=url_for("rounds.qr", language=desk, round_id=status.round.id, spoken=spoken, group=group),
        )
    speak(desk, Catalogue.STAFF)
    return Markup(said)  # noqa: S704 - rendered by a template of ours a line above


def _address(status: RoundStatus, spoken: str, group: str | None = None) -> str:
    path = url_for("respond.ask", language=spoken, code=status.round.code, group=group)
    return the_school().settings.public_address + path
