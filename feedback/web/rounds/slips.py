"""Slips at the desk: how many are left, the sheet that exists in one answer only, and the second person's yes."""

from datetime import UTC
from urllib.parse import urlsplit

import segno
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback.i18n import Catalogue, gettext, speak, speaking
from feedback.languages import LANGUAGES
from feedback.operations.answers import slips
from feedback.operations.answers.slips import MOST_AT_ONCE, SlipsLeft
from feedback.operations.errors import TooManySlips
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.rounds.forms_slips import MoreSlipsForm, SheetForm

bp = Blueprint("slips", __name__, url_prefix="/<language>/desk")

#: Up to this many languages ten slips fit on a page, with more of them eight.
_MOST_LANGUAGES_OF_TEN = 3


@bp.get("/rounds/<round_id>/slips")
def show(round_id: str) -> str:
    """How many slips are printed and left, and what somebody asked for."""
    left = _left(round_id)
    return _page(round_id, left, _next_sheet(round_id, left), MoreSlipsForm())


@bp.post("/rounds/<round_id>/slips")
def print_sheet(round_id: str) -> ResponseReturnValue:
    """The sheet. Its codes are in this answer and nowhere else, so there is no page to come back to."""
    left, form = _left(round_id), SheetForm()
    status = _round(round_id)
    form.offer_groups(each["code"] for each in status.round.groups)
    if not form.validate_on_submit():
        return _page(round_id, left, form, MoreSlipsForm()), 422
    number, group, after = form.number(), form.group.data or None, form.after.data
    try:
        codes = slips.print_slips(the_school(), signed_in(), round_id, number, group=group, after=after, now=now())
    except TooManySlips as refused:
        form.blame_left(refused.left)
        return _page(round_id, left, form, MoreSlipsForm()), 422
    return _sheet(status, group, codes)


@bp.post("/rounds/<round_id>/slips/more")
def ask_for_more(round_id: str) -> ResponseReturnValue:
    """Ask for slips beyond the group and its spares."""
    left, form = _left(round_id), MoreSlipsForm()
    if not form.validate_on_submit():
        return _page(round_id, left, _next_sheet(round_id, left), form), 422
    slips.ask_for_more(the_school(), signed_in(), round_id, form.number(), now=now())
    flash(gettext("You asked for more slips. Now a second person has to say yes, on this page."))
    return redirect(url_for(".show", round_id=round_id))


@bp.post("/rounds/<round_id>/slips/more/<request_id>")
def approve_more(round_id: str, request_id: str) -> ResponseReturnValue:
    """The second person says yes."""
    slips.approve_more(the_school(), signed_in(), round_id, request_id, now=now())
    flash(gettext("You said yes. These slips can be printed now."))
    return redirect(url_for(".show", round_id=round_id))


def _next_sheet(round_id: str, left: SlipsLeft) -> SheetForm:
    """Filled with what will be wanted: all that is left, for the first group that has slips left."""
    groups = [each["code"] for each in _round(round_id).round.groups]
    group = next((each for each in groups if left.left(each)), "")
    fitting = min(left.left(group), MOST_AT_ONCE)
    return SheetForm(formdata=None, data={"slips": fitting or None, "group": group, "after": left.printed})


def _page(round_id: str, left: SlipsLeft, form: SheetForm, more: MoreSlipsForm) -> str:
    status = _round(round_id)
    form.offer_groups(each["code"] for each in status.round.groups)
    return render_template("slips/slips.html", round=status.round, left=left, form=form, more=more)


def _sheet(status: RoundStatus, group: str | None, codes: tuple[str, ...]) -> str:
    round_ = status.round
    typed = _address(round_.languages[0], round_.code)
    scanned = _address(round_.languages[0], round_.code, group)
    # One text for all slips, in all languages: no slip tells which language its owner reads.
    desk = language_now().code
    words = [(spoken, _words(status, spoken)) for spoken in round_.languages if spoken in LANGUAGES]
    speak(desk, Catalogue.STAFF)
    return render_template(
        "slips/sheet.html",
        round=round_,
        group=next((each for each in round_.groups if each["code"] == group), None),
        words=words,
        # Nobody types the scheme, nor the group: the slip knows it.
        address=urlsplit(typed).netloc + urlsplit(typed).path,
        # After "#", so that the slip reaches no server, log or referrer before it is sent.
        slips=[(code, _qr(f"{scanned}#{code}")) for code in codes],
    )


def _address(language: str, code: str, group: str | None = None) -> str:
    return the_school().settings.public_address + url_for("respond.ask", language=language, code=code, group=group)


def _words(status: RoundStatus, spoken: str) -> Markup:
    last_day = status.round.closes_at.replace(tzinfo=UTC).astimezone(the_school().settings.zone).date()
    with speaking(spoken, Catalogue.RESPONDENT):
        said = render_template("public/slip.html", last_day=last_day)
    return Markup(said)  # noqa: S704 - rendered by a template of ours a line above


def _qr(address: str) -> Markup:
    drawn = segno.make_qr(address, error="m").svg_inline(border=2, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno: squares and no text


def _left(round_id: str) -> SlipsLeft:
    return slips.slips_left(the_school(), signed_in(), round_id, now=now())


def _round(round_id: str) -> RoundStatus:
    return round_for(the_school(), signed_in(), round_id)
