"""One envelope into one box, in the transaction that it shares with others: what lets it in, and what keeps it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, LargeBinary, bindparam, case, func, insert, or_, select, update

from feedback.models import WITHDRAWN, Envelope, Round, Slip
from feedback.operations.answers.kiosk import take_place
from feedback.operations.answers.publish import Asked
from feedback.operations.errors import BoxFull, RoundClosed, RoundUnknown, SlipUnknown, Withdrawn
from feedback.privacy.box import Sealed

#: Spare envelopes a capped round takes, and spare slips it prints, beyond its group's size, in percent.
SPARE_PERCENT = 10
#: Envelopes that a capped round ever takes, with those taken out again: this many times its cap.
_PLACES = 2
_KEPT = (
    select(Envelope.format)
    .where(Envelope.round_id == bindparam("round_id"), Envelope.id == bindparam("id"))
    .scalar_subquery()
)
#: The round as it is now, and the format of the envelope with this id (None: it is not there).
_ROUND_AND_ENVELOPE = select(
    Round.state,
    Round.closes_at,
    func.coalesce(Round.paper_until, Round.closes_at).label("shuts_at"),
    Round.group_size,
    _KEPT.label("kept"),
).where(Round.id == bindparam("round_id"))
_WITH_SPARES = Round.group_size + (Round.group_size * SPARE_PERCENT + 99) // 100
#: One statement for what nearly always happens: an open round, a new envelope, and room even if none was taken out.
_PUT_IN_WHERE_THERE_IS_ROOM = (
    insert(Envelope)
    .from_select(
        ["round_id", "id", "format", "sealed", "sealed_for_reading"],
        select(
            Round.id,
            bindparam("id"),
            bindparam("format", type_=Integer),
            bindparam("sealed", type_=LargeBinary),
            bindparam("sealed_for_reading", type_=LargeBinary),
        ).where(
            Round.id == bindparam("round_id"),
            Round.state == "open",
            Round.closes_at > bindparam("now"),
            _KEPT.is_(None),
            or_(
                Round.group_size.is_(None),
                select(func.count())
                .select_from(Envelope)
                .where(Envelope.round_id == bindparam("round_id"))
                .scalar_subquery()
                < _WITH_SPARES,
            ),
        ),
        # SQLAlchemy keeps it for updates only, and drivers differ in what they say afterwards.
    )
    .execution_options(preserve_rowcount=True)
)
_PLACES_TAKEN = select(func.count(), func.sum(case((Envelope.format == WITHDRAWN, 1), else_=0))).where(
    Envelope.round_id == bindparam("round_id")
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What lets an envelope in: its slip's tag, its room's code or nothing; and the group it is sealed with."""

    tag: str | None
    group: str | None
    room: str | None = None

    @property
    def takes_nothing(self) -> bool:
        """Whether neither a slip nor a place is used by it."""
        return self.tag is None and self.room is None


def cap(group_size: int) -> int:
    """How many envelopes a round for a group of this size takes."""
    return group_size + -(-group_size * SPARE_PERCENT // 100)


def drop_into_box(
    connection: Connection,
    *,
    asked: Asked,
    id_: str,
    sealed: Sealed,
    ticket: Ticket,
    now: datetime,
    on_paper: bool = False,
) -> bool:
    """Store it; whether it was not there yet. RoundUnknown, Withdrawn, RoundClosed, BoxFull, SlipUnknown, RoomFull."""
    place = {"round_id": asked.round_id, "id": id_}
    row = {**place, "format": sealed.format, "sealed": sealed.envelope, "sealed_for_reading": sealed.words}
    if ticket.takes_nothing and connection.execute(_PUT_IN_WHERE_THERE_IS_ROOM, {**row, "now": now}).rowcount == 1:
        return True
    # Something stands in the way, or a slip or a place has to be used.
    if not _may_be_put_in(connection, asked, place, now, on_paper=on_paper):
        return False
    if ticket.room is not None:
        take_place(connection, asked.round_id, ticket.room)
    elif ticket.tag is not None:
        _use(connection, asked, ticket.tag)
    connection.execute(insert(Envelope), row)
    return True


def _may_be_put_in(
    connection: Connection, asked: Asked, place: Mapping[str, str], now: datetime, *, on_paper: bool
) -> bool:
    """Whether the envelope is not there yet; raises what else keeps it out."""
    there = connection.execute(_ROUND_AND_ENVELOPE, place).one_or_none()
    if there is None:
        raise RoundUnknown(asked.code)
    if there.kept == WITHDRAWN:
        raise Withdrawn(asked.code)
    if there.kept is not None:
        return False
    # Asked inside the transaction that writes: the round may have been closed since the form was opened.
    if there.state != "open" or now >= (there.shuts_at if on_paper else there.closes_at):
        raise RoundClosed(asked.code)
    # Where slips are needed nothing but those, and the places of rooms, which count as printed, caps the box.
    if not asked.slips and there.group_size is not None:
        _refuse_if_full(connection, asked, there.group_size)
    return True


def _refuse_if_full(connection: Connection, asked: Asked, group_size: int) -> None:
    """With places kept for envelopes that were taken out, so that nobody fills the disk by sending and taking out."""
    places, taken_out = connection.execute(_PLACES_TAKEN, {"round_id": asked.round_id}).one()
    most = cap(group_size)
    if places - (taken_out or 0) >= most or places >= _PLACES * most:
        raise BoxFull(asked.code)


def _use(connection: Connection, asked: Asked, slip_tag: str) -> None:
    # In place: a used slip's row must stay where it is in the file, or its order would be the envelopes' (L4).
    unused = update(Slip).where(Slip.round_id == asked.round_id, Slip.tag == slip_tag, Slip.used.is_(False))
    if connection.execute(unused.values(used=True)).rowcount != 1:
        raise SlipUnknown(asked.code)
