"""Rooms at the desk: an address for devices that go from hand to hand, good for as many children as staff say."""

import segno
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback.i18n import gettext
from feedback.operations.answers import rooms
from feedback.operations.answers.rooms import LEAST_PLACES, MOST_PLACES, PAUSE_OF_THE_YOUNG, PAUSES, Rooms
from feedback.operations.errors import TooManyPlaces
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.web.place import now, signed_in, the_school
from feedback.web.rounds.forms_rooms import MorePlacesForm, RoomForm

bp = Blueprint("rooms", __name__, url_prefix="/<language>/desk")


@bp.get("/rounds/<round_id>/rooms")
def show(round_id: str) -> str:
    """The rooms of a round with their addresses, and one more to make."""
    status, found = _round(round_id), _rooms(round_id)
    return _page(status, found, _next_room(status, found), MorePlacesForm())


@bp.post("/rounds/<round_id>/rooms")
def make(round_id: str) -> ResponseReturnValue:
    """Make a room."""
    status, found, form = _round(round_id), _rooms(round_id), RoomForm()
    form.offer_groups(each["code"] for each in status.round.groups)
    if form.validate_on_submit():
        try:
            rooms.make_room(the_school(), signed_in(), round_id, form.plan(), now=now())
            flash(gettext("The room is ready. Open its address on every device."))
            return redirect(url_for(".show", round_id=round_id))
        except TooManyPlaces as refused:
            form.blame_left(refused.left)
    return _page(status, found, form, MorePlacesForm()), 422


@bp.post("/rounds/<round_id>/rooms/<room>/more")
def widen(round_id: str, room: str) -> ResponseReturnValue:
    """Give a room more places."""
    status, found, form = _round(round_id), _rooms(round_id), MorePlacesForm()
    if form.validate_on_submit():
        try:
            rooms.widen_room(the_school(), signed_in(), round_id, room, form.number(), now=now())
            flash(gettext("The room has more places now."))
            return redirect(url_for(".show", round_id=round_id))
        except TooManyPlaces as refused:
            form.blame_left(refused.left)
    return _page(status, found, _next_room(status, found), form, room), 422


@bp.post("/rounds/<round_id>/rooms/<room>/close")
def close(round_id: str, room: str) -> ResponseReturnValue:
    """Nobody answers in this room any more."""
    rooms.close_room(the_school(), signed_in(), round_id, room, now=now())
    flash(gettext("The room is closed."))
    return redirect(url_for(".show", round_id=round_id))


def _page(status: RoundStatus, found: Rooms, form: RoomForm, more: MorePlacesForm, wider: str = "") -> str:
    form.offer_groups(each["code"] for each in status.round.groups)
    return render_template(
        "rooms/rooms.html",
        round=status.round,
        found=found,
        form=form,
        more=more,
        wider=wider,
        least=LEAST_PLACES,
        address=lambda code: _address(status, code),
        qr=lambda code: _qr(_address(status, code)),
    )


def _next_room(status: RoundStatus, found: Rooms) -> RoomForm:
    """Filled with what will be wanted: the whole group, and more time for the young."""
    pause = PAUSE_OF_THE_YOUNG if status.instrument.ages == "6-8" else PAUSES[0]
    size = min(status.round.group_size or MOST_PLACES, found.left())
    return RoomForm(formdata=None, data={"places": size if status.round.group_size else None, "pause": str(pause)})


def _address(status: RoundStatus, room: str) -> str:
    path = url_for("kiosk.ask", language=status.round.languages[0], room=room)
    return the_school().settings.public_address + path


def _qr(address: str) -> Markup:
    drawn = segno.make_qr(address, error="m").svg_inline(border=2, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno: squares and no text


def _rooms(round_id: str) -> Rooms:
    return rooms.rooms_of(the_school(), signed_in(), round_id, now=now())


def _round(round_id: str) -> RoundStatus:
    return round_for(the_school(), signed_in(), round_id)
