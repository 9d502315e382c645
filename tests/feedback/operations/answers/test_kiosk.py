"""A room as its children meet it: a place for each, none for a retry, and nothing that tells how many are left."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from feedback.models import Envelope, Room, Round
from feedback.operations.answers import kiosk
from feedback.operations.answers.kiosk import Entered, enter, was_sent, written
from feedback.operations.answers.respond import Accepted, accept
from feedback.operations.answers.shake import shake
from feedback.operations.errors import AnswersTooLong, BoxFull, RoomClosed, RoomFull, RoomUnknown, RoundClosed
from feedback.operations.school import School
from feedback.privacy.box import Box, open_envelope
from feedback.privacy.receipts import new_form_key
from feedback.privacy.slips import new_code
from tests.desk import fill_and_count
from tests.factories import NOW, a_room, a_round
from tests.feedback.privacy.test_slip_places import cells_of

YES = {"again": "yes"}
_GROUPS = [{"code": "AB12", "name": "3A", "size": 10}]


def _enter(school: School, room: str) -> Entered:
    return enter(school, room, "en", now=NOW)


def _send(school: School, entered: Entered, key: str | None = None) -> Accepted:
    return accept(school, entered.asked, key or new_form_key(), YES, room=entered.room, now=NOW)


def _left(school: School) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Room.places_left)))


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


@pytest.mark.parametrize("slips", [True, False])
def test_each_child_takes_a_place_and_needs_no_slip(school: School, slips: bool) -> None:
    room = a_room(school, a_round(school, slips=slips), places=2)
    entered = _enter(school, room.lower().replace("-", " "))
    for _ in range(2):
        _send(school, entered)
    assert (_left(school), _envelopes(school)) == (["0000"], 2)
    with pytest.raises(RoomFull):
        _send(school, entered)
    assert (_left(school), _envelopes(school)) == (["0000"], 2)


def test_a_form_that_is_sent_again_takes_no_second_place_even_when_the_room_is_full_or_closed(school: School) -> None:
    room = a_room(school, a_round(school), places=1)
    entered, key = _enter(school, room), new_form_key()
    assert not was_sent(school, entered.asked, key)
    first = _send(school, entered, key)
    assert was_sent(school, entered.asked, key)
    assert _send(school, entered, key) == Accepted(first.receipt, again=True)
    with Session(school.engine) as session, session.begin():
        session.execute(update(Room).values(closed=True))
    assert _send(school, _enter(school, room), key) == Accepted(first.receipt, again=True)
    assert (_left(school), _envelopes(school)) == (["0000"], 1)


def test_nobody_answers_in_a_room_that_is_closed_unknown_or_of_another_round(school: School) -> None:
    closed = _enter(school, a_room(school, a_round(school), closed=True))
    assert closed.is_closed
    with pytest.raises(RoomClosed):
        _send(school, closed)
    for unknown in (new_code(), "not a room", ""):
        with pytest.raises(RoomUnknown):
            _enter(school, unknown)
    here, elsewhere = a_room(school, a_round(school)), _enter(school, a_room(school, a_round(school)))
    with pytest.raises(RoomClosed):
        accept(school, elsewhere.asked, new_form_key(), YES, room=here, now=NOW)
    assert _envelopes(school) == 0


def test_no_place_is_taken_where_nothing_is_stored(school: School) -> None:
    entered = _enter(school, a_room(school, a_round(school), places=7))
    with pytest.raises(RoundClosed):
        accept(school, entered.asked, new_form_key(), YES, room=entered.room, now=NOW + timedelta(days=30))
    with pytest.raises(AnswersTooLong):
        accept(school, entered.asked, new_form_key(), {"wish": "w" * 70_000}, room=entered.room, now=NOW)
    assert _left(school) == ["0007"]


def test_a_box_without_slips_is_capped_whatever_its_rooms_hold(school: School) -> None:
    entered = _enter(school, a_room(school, a_round(school, group_size=10, k=5), places=20))
    for _ in range(11):
        _send(school, entered)
    with pytest.raises(BoxFull):
        _send(school, entered)
    assert _left(school) == ["0009"]
    # Where slips are needed, places were counted with them, and none is refused.
    with_slips = _enter(school, a_room(school, a_round(school, group_size=10, k=5, slips=True), places=20))
    for _ in range(12):
        _send(school, with_slips)


def test_the_rooms_group_is_sealed_into_its_envelopes(school: School) -> None:
    round_ = a_round(school, groups=_GROUPS)
    _send(school, _enter(school, a_room(school, round_, group="AB12")))
    with Session(school.engine) as session:
        envelope = session.scalars(select(Envelope)).one()
        sha256 = session.get_one(Round, round_.id).instrument.sha256
    opened = open_envelope(envelope.sealed, school.keystore.box_key(round_.id), Box(round_.id, sha256))
    assert opened == {"answers": YES, "group": "AB12"}


def _send_at_once(school: School, entered: Entered, children: int) -> int:
    accepted: list[Accepted] = []

    def send() -> None:
        try:
            accepted.append(_send(school, entered))
        except RoomFull:
            return

    senders = [threading.Thread(target=send) for _ in range(children)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return len(accepted)


def test_of_thirty_children_at_once_as_many_get_in_as_there_are_places(school: School) -> None:
    entered = _enter(school, a_room(school, a_round(school, group_size=60), places=12))
    assert _send_at_once(school, entered, 30) == 12
    assert (_left(school), _envelopes(school)) == (["0000"], 12)


def test_were_the_places_counted_before_writing_more_children_would_get_in(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control: without the question inside the transaction.
    monkeypatch.setattr("feedback.operations.answers.one_envelope.take_place", lambda *_: None)
    entered = _enter(school, a_room(school, a_round(school, group_size=60), places=12))
    assert _send_at_once(school, entered, 30) == 30


def _fill(school: School) -> tuple[object, object]:
    rooms = [a_room(school, a_round(school, group_size=200), places=101) for _ in range(12)]
    before = cells_of(school, "room")
    for room in rooms:
        for _ in range(3):
            _send(school, _enter(school, room))
    return before, cells_of(school, "room")


def test_taking_places_moves_no_room_in_the_file(school_in_a_file: School) -> None:
    # From 101 to 98: as a number it would need another width from 99 on, as four digits it never does.
    before, after = _fill(school_in_a_file)
    assert before == after
    assert set(_left(school_in_a_file)) == {"0098"}


def test_were_places_written_without_their_zeros_rooms_would_move(
    school_in_a_file: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control.
    with school_in_a_file.engine.begin() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'room'")).scalar_one()
        connection.execute(text("DROP TABLE room"))
        connection.execute(text(made.replace("length(places_left) = 4", "1")))
    monkeypatch.setattr(kiosk, "written", str)
    before, after = _fill(school_in_a_file)
    assert before != after


def test_a_shake_changes_no_room_and_a_count_leaves_none(school: School) -> None:
    round_ = a_round(school, k=5)
    _send(school, _enter(school, a_room(school, round_, places=9)))
    shake(school, now=NOW)
    assert _left(school) == ["0008"]
    fill_and_count(school, round_, *[YES] * 9)
    assert _left(school) == []


def test_places_are_always_as_wide() -> None:
    assert [written(places) for places in (0, 7, 25, 300)] == ["0000", "0007", "0025", "0300"]
