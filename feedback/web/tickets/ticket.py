"""Exit tickets: making one, opening it for today, its board and its trend; and the code that a class comes in by."""

from io import BytesIO

import segno
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback.i18n import Catalogue, gettext, speak, speaking
from feedback.operations.errors import LanguageUnsigned, NotFound, NotReady
from feedback.operations.pilots.pilot import pilots_of
from feedback.operations.results.ticket_trend import story_of
from feedback.operations.rounds.ask_my_class import standing_pilot
from feedback.operations.rounds.course import DEFAULT_K
from feedback.operations.rounds.ticket_door import behind
from feedback.operations.rounds.tickets import (
    MOST_QUESTIONS,
    TicketNow,
    make_ticket,
    open_today,
    ticket_for,
    tickets_of,
)
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import language_now, languages_now
from feedback.web.offered import offered_to_students, on_shelves
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.respondents.round_pages import speak_the_language_of_the_address
from feedback.web.results.summary import words_in
from feedback.web.rounds.forms_asking import asking
from feedback.web.tickets.forms_ticket import TERM, TicketForm

bp = Blueprint("tickets", __name__, url_prefix="/<language>/desk")
door = Blueprint("ticket_door", __name__)
door.before_request(speak_the_language_of_the_address)


@bp.record_once
def _with_the_door(state: BlueprintSetupState) -> None:
    state.app.register_blueprint(door)


@door.get("/<language>/t/<code>")
def come_in(language: str, code: str) -> ResponseReturnValue:
    """On to the round that is open now, or a page that says that none is. Nothing is kept of who came."""
    found = behind(the_school(), code, language, now=now())
    if found.open_code is not None:
        return redirect(url_for("respond.ask", language=languages_now(), code=found.open_code), 303)
    return make_response(render_template("public/not_now.html", heard=found.heard_code, languages=found.languages))


@bp.get("/tickets/")
def index() -> str:
    """The exit tickets that this account may open."""
    allow(signed_in(), Action.ASK_MY_CLASS)
    return render_template("tickets/index.html", tickets=tickets_of(the_school(), signed_in(), now=now()))


@bp.get("/tickets/new/")
def choose() -> str:
    """Which instrument's questions?"""
    allow(signed_in(), Action.ASK_MY_CLASS)
    facts = {"pilot": _pilot_asked_in(), "standing": standing_pilot(the_school())}
    return render_template("tickets/choose.html", shelves=on_shelves(offered_to_students()), **facts)


@bp.route("/tickets/new/<instrument>", methods=["GET", "POST"])
def create(instrument: str) -> ResponseReturnValue:
    """Which class, which three questions, until when."""
    allow(signed_in(), Action.ASK_MY_CLASS)
    started = {"k": DEFAULT_K, "promise_days": 7, "ends_on": today() + TERM}
    form: TicketForm = asking(TicketForm, instrument, hears_writing=False, **started)
    if form.instrument.audience != "students":
        raise NotFound(instrument)
    if not form.is_submitted():
        form.asked.data = (form.asked.data or [])[:MOST_QUESTIONS]
    if form.validate_on_submit():
        try:
            plan = form.plan(_pilot_asked_in())
            made = make_ticket(the_school(), signed_in(), plan, now=now())
            flash(gettext("The exit ticket is ready. Its code stays the same for the whole term."))
            return redirect(url_for(".show", ticket_id=made))
        except LanguageUnsigned as unsigned:
            form.blame_unsigned(unsigned.languages)
        except NotReady as refused:
            form.blame_missing(refused.missing)
    return render_template("tickets/make.html", form=form), 422 if form.problems() else 200


@bp.get("/tickets/<ticket_id>")
def show(ticket_id: str) -> str:
    """Its code, today's opening, and what the class said week by week."""
    story = story_of(the_school(), signed_in(), ticket_id, now=now())
    words = words_in(story.at.instrument)
    return render_template("tickets/show.html", story=story, at=story.at, address=_address, **words)


@bp.post("/tickets/<ticket_id>/open")
def open_(ticket_id: str) -> ResponseReturnValue:
    """Today's round: a new one, or the one that was opened today."""
    return redirect(url_for("rounds.show", round_id=open_today(the_school(), signed_in(), ticket_id, now=now())))


@bp.get("/tickets/<ticket_id>/board")
def board(ticket_id: str) -> str:
    """A sheet for the board, in the ticket's own languages."""
    at = ticket_for(the_school(), signed_in(), ticket_id, now=now())
    sheets = [(spoken, _sheet(at, spoken)) for spoken in at.ticket.languages]
    return render_template("tickets/board.html", at=at, sheets=sheets)


@bp.get("/tickets/<ticket_id>/qr/<spoken>.svg")
def qr(ticket_id: str, spoken: str) -> Response:
    """The ticket's address in one of its languages as a QR code."""
    at = ticket_for(the_school(), signed_in(), ticket_id, now=now())
    if spoken not in at.ticket.languages:
        raise NotFound(ticket_id)
    drawn = BytesIO()
    # White around and behind, also on a dark page: many readers of QR codes need it.
    code = segno.make_qr(_address(at, spoken), error="m")
    code.save(drawn, kind="svg", scale=8, border=4, light="#fff", omitsize=True)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def _pilot_asked_in() -> str | None:
    """The pilot that the form was opened from; None is the standing one."""
    named = request.args.get("pilot")
    found = [each.id for each in pilots_of(the_school(), signed_in()) if each.id == named]
    if named and not found:
        raise NotFound(named)
    return found[0] if found else None


def _sheet(at: TicketNow, spoken: str) -> Markup:
    desk = language_now().code
    picture = url_for(".qr", language=desk, ticket_id=at.ticket.id, spoken=spoken)
    with speaking(spoken, Catalogue.RESPONDENT):
        school_name, address = the_school().settings.school_name, _address(at, spoken).partition("://")[2]
        said = render_template("public/board.html", at=at, school_name=school_name, address=address, qr=picture)
    speak(desk, Catalogue.STAFF)
    return Markup(said)  # noqa: S704 - rendered by a template of ours a line above


def _address(at: TicketNow, spoken: str) -> str:
    path = url_for("ticket_door.come_in", language=spoken, code=at.ticket.code)
    return the_school().settings.public_address + path
