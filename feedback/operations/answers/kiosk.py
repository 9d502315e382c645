"""A room as its children meet it: devices that go from hand to hand, and a place in the box for each child."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Envelope, Room, Round
from feedback.operations.answers.publish import Asked, describe, open_for_answers
from feedback.operations.answers.storage import storing
from feedback.operations.errors import RoomClosed, RoomFull, RoomUnknown
from feedback.operations.school import School
from feedback.privacy.receipts import envelope_id, receipt_of
from feedback.privacy.slips import normal

#: Digits of what is left; see `models.Room.places_left`.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Entered:
    """A room that was entered: what it asks, its code as it is stored, and how long a child may pause."""

    asked: Asked
    room: str
    pause_seconds: int
    is_closed: bool


def enter(school: School, typed: str, language: str, *, below: str | None = None, now: datetime) -> Entered:
    """The room with this code, and its open round; RoomUnknown, or what `open_for_answers` says of the round.

    Nobody is told before sending whether places are left: whoever made a room could otherwise watch how many have
    answered in it. A closed room is entered all the same, so that an envelope that is sent again is found in the box.
    """
    with reading(school.engine) as session:
        room = _find(session, typed)
        code = session.get_one(Round, room.round_id).code
        session.expunge_all()
    asked = open_for_answers(school, code, language, below=below, group=room.group, now=now)
    return Entered(asked, room.code, room.pause_seconds, room.closed)


def describe_room(school: School, typed: str, language: str) -> tuple[Asked, int]:
    """What the room's round is, whatever its state, and how long a child may pause; RoomUnknown or LanguageUnknown."""
    with reading(school.engine) as session:
        room = _find(session, typed)
        code, pause = session.get_one(Round, room.round_id).code, room.pause_seconds
    return describe(school, code, language)[0], pause


def was_sent(school: School, asked: Asked, form_key: str) -> bool:
    """Whether this form is in the box, or was and has been taken out. Then no page of it is ever shown again."""
    with storing(school, asked.code):
        pepper = school.keystore.pepper(asked.round_id)
        id_ = envelope_id(receipt_of(form_key, pepper), pepper)
        with reading(school.engine) as session:
            found = select(Envelope.format).where(Envelope.round_id == asked.round_id, Envelope.id == id_)
            return session.scalar(found) is not None


def take_place(connection: Connection, round_id: str, code: str) -> None:
    """One place fewer, in the transaction that stores the envelope; RoomClosed or RoomFull, and nothing is stored."""
    room = select(Room.places_left, Room.closed).where(Room.code == code, Room.round_id == round_id)
    found = connection.execute(room).one_or_none()
    if found is None or found.closed:
        raise RoomClosed(code)
    if not int(found.places_left):
        raise RoomFull(code)
    # In place, and only from what was read, should another process have come between.
    same = update(Room).where(Room.code == code, Room.places_left == found.places_left)
    if connection.execute(same.values(places_left=written(int(found.places_left) - 1))).rowcount != 1:
        raise RoomFull(code)


def written(places: int) -> str:
    """A number of places as it is stored, "0025": always as wide."""
    return f"{places:0{_DIGITS}d}"


def _find(session: Session, typed: str) -> Room:
    room = session.get(Room, normal(typed) or "")
    if room is None:
        raise RoomUnknown(typed)
    return room
