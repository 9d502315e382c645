"""Rooms at the desk: making one, giving it more places, closing it. How many of them are used is never told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Room, Round, StaffMember
from feedback.operations.answers.kiosk import written
from feedback.operations.answers.one_envelope import cap
from feedback.operations.answers.slips import note_printed, slips_to_print
from feedback.operations.errors import NotFound, NotReady, TooManyPlaces, WrongState
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.privacy.slips import new_code

#: Places of one room. Fewer than the least would tell of one child whether it has answered.
LEAST_PLACES, MOST_PLACES = 5, 300
#: Seconds for which nothing may be touched before a device asks whether somebody is there; the first is the usual one.
PAUSES = (90, 180, 300, 600)
#: The usual one for six- to eight-year-olds.
PAUSE_OF_THE_YOUNG = 180


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """What staff decide about a room. `group` is the code of one of the round's groups, None for any child."""

    name: str
    places: int
    group: str | None = None
    pause_seconds: int = PAUSES[0]

    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing or wrong, in the order of the form."""
        checks = {
            "name": 0 < len(self.name.strip()) <= 80,
            "places": LEAST_PLACES <= self.places <= MOST_PLACES,
            "pause": self.pause_seconds in PAUSES,
        }
        return tuple(name for name, fine in checks.items() if not fine)


@dataclass(frozen=True, slots=True)
class RoomShown:
    """A room as staff may see it."""

    code: str
    name: str
    group: str | None
    places: int
    pause_seconds: int
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Rooms:
    """A round's rooms, and how many places more rooms may have (None: nothing limits them), by group where known."""

    rooms: tuple[RoomShown, ...]
    limit: int | None
    groups: dict[str, int]

    def left(self, group: str | None = None) -> int:
        """How many places a new room may have."""
        whole = MOST_PLACES if self.limit is None else min(self.limit, MOST_PLACES)
        return min(whole, self.groups.get(group or "", whole))


def rooms_of(school: School, by: StaffMember, round_id: str, *, now: datetime) -> Rooms:
    """The rooms of an open round; WrongState where none can be made now."""
    with reading(school.engine) as session:
        return _rooms(session, _open_round(session, by, round_id, now))


def make_room(school: School, by: StaffMember, round_id: str, plan: RoomPlan, *, now: datetime) -> str:
    """A new room's code. Its places count like printed slips: together no more than the group and its spares.

    NotReady with the codes of `RoomPlan.missing`, NotFound for a group the round has not, TooManyPlaces, WrongState.
    """
    if missing := plan.missing():
        raise NotReady(*missing)
    with writing(school.engine) as session:
        round_ = _open_round(session, by, round_id, now)
        if plan.group is not None and plan.group not in {each["code"] for each in round_.groups}:
            raise NotFound(round_id)
        _give_places(session, round_, plan.group, plan.places)
        room = Room(
            code=new_code(),
            round_id=round_id,
            name=plan.name.strip(),
            group=plan.group,
            places=plan.places,
            places_left=written(plan.places),
            pause_seconds=plan.pause_seconds,
        )
        session.add(room)
        record(session, now, by.account, "room_made", round_id, places=plan.places)
        return room.code


def widen_room(school: School, by: StaffMember, round_id: str, code: str, more: int, *, now: datetime) -> None:
    """Give a room more places; as `make_room`, and WrongState for one that was closed."""
    if not 1 <= more <= MOST_PLACES:
        raise NotReady("places")
    with writing(school.engine) as session:
        room = _find(session, by, round_id, code, now)
        if room.closed:
            raise WrongState("room_closed")
        _give_places(session, session.get_one(Round, round_id), room.group, more)
        room.places += more
        room.places_left = written(int(room.places_left) + more)
        record(session, now, by.account, "room_widened", round_id, places=more)


def close_room(school: School, by: StaffMember, round_id: str, code: str, *, now: datetime) -> None:
    """Nobody answers in it any more. Its places are not given back, for that would tell how many were used."""
    with writing(school.engine) as session:
        room = _find(session, by, round_id, code, now)
        if not room.closed:
            room.closed = True
            record(session, now, by.account, "room_closed", round_id)


def _open_round(session: Session, by: StaffMember, round_id: str, now: datetime) -> Round:
    round_ = find_round(session, round_id)
    allow(by, Action.PRINT_SLIPS, round_)
    if round_.imported or round_.state != "open" or now >= round_.closes_at:
        raise WrongState(round_.state)
    return round_


def _find(session: Session, by: StaffMember, round_id: str, code: str, now: datetime) -> Room:
    _open_round(session, by, round_id, now)
    room = session.get(Room, code)
    if room is None or room.round_id != round_id:
        raise NotFound(code)
    return room


def _give_places(session: Session, round_: Round, group: str | None, places: int) -> None:
    left = _rooms(session, round_).left(group)
    if places > left:
        raise TooManyPlaces(round_.id, left)
    if round_.slips:
        note_printed(round_, group, places)


def _rooms(session: Session, round_: Round) -> Rooms:
    found = session.scalars(select(Room).where(Room.round_id == round_.id).order_by(Room.name, Room.code))
    rooms = tuple(
        RoomShown(room.code, room.name, room.group, room.places, room.pause_seconds, room.closed) for room in found
    )
    if round_.slips:
        slips = slips_to_print(session, round_)
        return Rooms(rooms, slips.left(), slips.groups)
    # Without slips the box itself is capped; rooms have no more places than it.
    limit = None if round_.group_size is None else max(cap(round_.group_size) - _given(session, round_, None), 0)
    groups = {
        each["code"]: max(cap(each["size"]) - _given(session, round_, each["code"]), 0)
        for each in round_.groups
        if each.get("size")
    }
    return Rooms(rooms, limit, groups)


def _given(session: Session, round_: Round, group: str | None) -> int:
    places = select(func.sum(Room.places)).where(Room.round_id == round_.id)
    return session.scalar(places if group is None else places.where(Room.group == group)) or 0
