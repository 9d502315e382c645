"""Rooms at the desk: within the group and its spares, together with printed slips, and never a word of what is used."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Room, StaffMember
from feedback.operations.answers.kiosk import enter
from feedback.operations.answers.respond import accept
from feedback.operations.answers.rooms import RoomPlan, RoomShown, close_room, make_room, rooms_of, widen_room
from feedback.operations.answers.slips import print_slips, slips_left
from feedback.operations.errors import (
    NotFound,
    NotPermitted,
    NotReady,
    RoomFull,
    TooManyPlaces,
    TooManySlips,
    WrongState,
)
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_round, a_staff_member

_GROUPS = [{"code": "AB12", "name": "3A", "size": 10}, {"code": "CD34", "name": "3B", "size": 15}]


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody who may make rooms."""
    return a_staff_member(school, "lead")


def _answer(school: School, room: str) -> None:
    entered = enter(school, room, "en", now=NOW)
    accept(school, entered.asked, new_form_key(), {"again": "yes"}, room=entered.room, now=NOW)


def test_rooms_and_printed_slips_share_the_group_and_its_spares(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, slips=True, group_size=25)  # and 3 to spare
    print_slips(school, lead, round_.id, 8, now=NOW)
    with pytest.raises(TooManyPlaces) as refused:
        make_room(school, lead, round_.id, RoomPlan("Library", 21), now=NOW)
    assert refused.value.left == 20
    make_room(school, lead, round_.id, RoomPlan("Library", 14), now=NOW)
    assert slips_left(school, lead, round_.id, now=NOW).left() == 6
    with pytest.raises(TooManySlips):
        print_slips(school, lead, round_.id, 7, now=NOW)
    print_slips(school, lead, round_.id, 6, now=NOW)


@pytest.mark.parametrize("slips", [True, False])
def test_a_groups_rooms_have_no_more_places_than_the_group_and_its_spares(
    school: School, lead: StaffMember, slips: bool
) -> None:
    round_ = a_round(school, slips=slips, group_size=25, groups=_GROUPS)
    make_room(school, lead, round_.id, RoomPlan("3A", 8, group="AB12"), now=NOW)
    found = rooms_of(school, lead, round_.id, now=NOW)
    assert (found.left("AB12"), found.left("CD34"), found.left()) == (3, 17, 20)
    with pytest.raises(TooManyPlaces):
        make_room(school, lead, round_.id, RoomPlan("3A again", 5, group="AB12"), now=NOW)
    with pytest.raises(NotFound):
        make_room(school, lead, round_.id, RoomPlan("3C", 5, group="EF56"), now=NOW)


def test_where_no_group_size_is_known_each_room_has_at_most_three_hundred_places(
    school: School, lead: StaffMember
) -> None:
    round_ = a_round(school, group_size=None, k=20)
    for _ in range(2):
        make_room(school, lead, round_.id, RoomPlan("Hall", 300), now=NOW)
    assert rooms_of(school, lead, round_.id, now=NOW).left() == 300


@pytest.mark.parametrize(
    ("plan", "missing"),
    [
        (RoomPlan(" ", 20), "name"),
        (RoomPlan("x" * 81, 20), "name"),
        (RoomPlan("Library", 4), "places"),
        (RoomPlan("Library", 301), "places"),
        (RoomPlan("Library", 20, pause_seconds=89), "pause"),
    ],
)
def test_a_room_is_for_several_children_and_lets_them_think(
    school: School, lead: StaffMember, plan: RoomPlan, missing: str
) -> None:
    with pytest.raises(NotReady) as refused:
        make_room(school, lead, a_round(school, group_size=None, k=20).id, plan, now=NOW)
    assert refused.value.missing == (missing,)


def test_a_full_room_takes_more_children_once_it_has_more_places(school: School, lead: StaffMember) -> None:
    round_ = a_round(school)
    room = make_room(school, lead, round_.id, RoomPlan("Library", 5), now=NOW)
    for _ in range(5):
        _answer(school, room)
    with pytest.raises(RoomFull):
        _answer(school, room)
    widen_room(school, lead, round_.id, room, 2, now=NOW)
    _answer(school, room)
    with Session(school.engine) as session:
        assert session.execute(select(Room.places, Room.places_left)).one() == (7, "0001")
    with pytest.raises(TooManyPlaces):
        widen_room(school, lead, round_.id, room, 22, now=NOW)
    with pytest.raises(NotReady):
        widen_room(school, lead, round_.id, room, 0, now=NOW)


def test_closing_a_room_gives_no_place_back_or_the_desk_could_tell_how_many_were_used(
    school: School, lead: StaffMember
) -> None:
    round_ = a_round(school, slips=True)
    room = make_room(school, lead, round_.id, RoomPlan("Library", 20), now=NOW)
    _answer(school, room)
    before = rooms_of(school, lead, round_.id, now=NOW).left()
    close_room(school, lead, round_.id, room, now=NOW)
    assert rooms_of(school, lead, round_.id, now=NOW).left() == before
    with pytest.raises(WrongState):
        widen_room(school, lead, round_.id, room, 1, now=NOW)


def test_what_the_desk_knows_of_a_room_does_not_change_when_children_answer(school: School, lead: StaffMember) -> None:
    round_ = a_round(school)
    room = make_room(school, lead, round_.id, RoomPlan("Library", 5), now=NOW)
    before = rooms_of(school, lead, round_.id, now=NOW)
    for _ in range(5):
        _answer(school, room)
    assert rooms_of(school, lead, round_.id, now=NOW) == before
    assert {field.name for field in fields(RoomShown)}.isdisjoint({"places_left", "left", "used"})


def test_rooms_are_for_rounds_that_are_open_and_for_those_who_may_print_slips(
    school: School, lead: StaffMember
) -> None:
    plan, others = RoomPlan("Library", 5), a_staff_member(school, "reader", account="reader@example.org")
    for state in ("draft", "closed"):
        with pytest.raises(WrongState):
            make_room(school, lead, a_round(school, state=state).id, plan, now=NOW)
    with pytest.raises(WrongState):
        make_room(school, lead, a_round(school).id, plan, now=NOW + timedelta(days=7))
    with pytest.raises(NotPermitted):
        make_room(school, others, a_round(school).id, plan, now=NOW)
    here, elsewhere = a_round(school), a_round(school)
    room = make_room(school, lead, here.id, plan, now=NOW)
    with pytest.raises(NotFound):
        close_room(school, lead, elsewhere.id, room, now=NOW)


def test_the_audit_log_notes_rooms_by_number_and_never_by_code(school: School, lead: StaffMember) -> None:
    round_ = a_round(school)
    room = make_room(school, lead, round_.id, RoomPlan("Library", 5), now=NOW)
    widen_room(school, lead, round_.id, room, 2, now=NOW)
    for _ in range(2):
        close_room(school, lead, round_.id, room, now=NOW)
    with Session(school.engine) as session:
        noted = [(entry.action, entry.object_id, entry.facts) for entry in session.scalars(select(AuditEntry))]
    assert noted == [
        ("room_made", round_.id, {"places": 5}),
        ("room_widened", round_.id, {"places": 2}),
        ("room_closed", round_.id, {}),
    ]
