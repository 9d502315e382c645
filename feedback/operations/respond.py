"""A respondent submits: seal at once, one insert, and a receipt that only the respondent has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, LargeBinary, bindparam, case, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from feedback.db import reading, writing_together
from feedback.models import WITHDRAWN, Envelope, Round, Slip
from feedback.operations.errors import (
    AnswersTooLong,
    BoxFull,
    NothingAnswered,
    RoundClosed,
    RoundUnknown,
    SlipUnknown,
    Withdrawn,
)
from feedback.operations.kiosk import take_place
from feedback.operations.publish import Asked
from feedback.operations.school import School
from feedback.operations.storage import storing
from feedback.privacy.box import FORMAT, PAPER, Box, EnvelopeTooLarge, seal
from feedback.privacy.receipts import envelope_id, receipt_of
from feedback.privacy.slips import normal, tag
from forms.questions.base import Answer

#: Spare envelopes a capped round takes, and spare slips it prints, beyond its group's size, in percent.
SPARE_PERCENT = 10
#: Envelopes that a capped round ever takes, with those taken out again: this many times its cap.
_PLACES = 2
#: Looked up in place of a mistyped slip; it has no check letter, so nobody's slip is this one.
_NOBODYS = "0000-0000-00"

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
_PUT_IN_WHERE_THERE_IS_ROOM = insert(Envelope).from_select(
    ["round_id", "id", "format", "sealed"],
    select(Round.id, bindparam("id"), literal(FORMAT), bindparam("sealed", type_=LargeBinary)).where(
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
)
_PLACES_TAKEN = select(func.count(), func.sum(case((Envelope.format == WITHDRAWN, 1), else_=0))).where(
    Envelope.round_id == bindparam("round_id")
)


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What lets an envelope in: its slip's tag, its room's code or nothing; and the group it is sealed with."""

    tag: str | None
    group: str | None
    room: str | None = None

    @property
    def takes_nothing(self) -> bool:
        """Whether neither a slip nor a place is used by it."""
        return self.tag is None and self.room is None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answers are in the box: `receipt` is "dddd dddd dddd dddd", `again` whether they were there before."""

    receipt: str
    again: bool


def accept(
    school: School,
    asked: Asked,
    form_key: str,
    answers: Mapping[str, Answer],
    *,
    slip: str = "",
    room: str | None = None,
    mode: str | None = None,
    now: datetime,
) -> Accepted:
    """Put the answers into the round's box; the receipt.

    The same form key gives the same envelope and the same receipt, however often and however late it is sent while
    the round is open. `slip` is what was typed, needed in a round with slips: there nothing but the slips caps the
    box, so that a right one is never refused. Whether it is right is told by using it, and in no other way: else
    whoever printed the sheet could watch who has answered. `room` is the code of a room instead (`kiosk.enter`), which
    has a place less for each new envelope. `mode` is `privacy.box.PAPER` for a sheet that staff type in: it is sealed
    with the answers, and the box takes it until the round's last day for paper.

    Raises NothingAnswered, AnswersTooLong, SlipUnknown, RoomFull, RoomClosed, RoundClosed, BoxFull, Withdrawn or
    StorageUnavailable; then nothing was stored, and no slip and no place was used.
    """
    if not answers:
        raise NothingAnswered(asked.code)
    with storing(school, asked.code):
        pepper = school.keystore.pepper(asked.round_id)
        receipt = receipt_of(form_key, pepper)
        id_ = envelope_id(receipt, pepper)
        ticket = _Ticket(None, asked.group, room)
        if asked.slips and room is None:
            with reading(school.engine) as session:
                # First of all, because the slip of an envelope that is sent again was used by that very envelope.
                if _is_in_box(session, asked, id_):
                    return Accepted(receipt, again=True)
                # Before the slip is looked at: words that are too long must not find out whether it was used.
                _seal(school, asked, answers, max(asked.groups, key=len, default=None), mode)
                ticket = _find_ticket(session, asked, slip, pepper)
        # Nobody waits in the line of writers while this is sealed.
        sealed, on_paper = _seal(school, asked, answers, ticket.group, mode), mode == PAPER
        drop = partial(_drop_into_box, asked=asked, id_=id_, sealed=sealed, ticket=ticket, now=now, on_paper=on_paper)
        is_new = writing_together(school.engine, drop)
    return Accepted(receipt, again=not is_new)


def cap(group_size: int) -> int:
    """How many envelopes a round for a group of this size takes."""
    return group_size + -(-group_size * SPARE_PERCENT // 100)


def envelopes_in_box(session: Session, round_id: str) -> int:
    """How many envelopes wait, without those taken out. For the cap and the count only: no page ever shows it."""
    waiting = select(func.count()).select_from(Envelope)
    return session.scalar(waiting.where(Envelope.round_id == round_id, Envelope.format != WITHDRAWN)) or 0


def _is_in_box(session: Session, asked: Asked, id_: str) -> bool:
    kept = session.scalar(select(Envelope.format).where(Envelope.round_id == asked.round_id, Envelope.id == id_))
    if kept == WITHDRAWN:
        raise Withdrawn(asked.code)
    return kept is not None


def _find_ticket(session: Session, asked: Asked, typed: str, pepper: bytes) -> _Ticket:
    """The slip decides the group: a right one typed at another group's link is still right."""
    code = normal(typed) or _NOBODYS
    # Always all of them, so that neither a wrong slip nor a wrong link takes another time (privacy.md, L17).
    groups = {tag(code, group, pepper): group for group in (None, *asked.groups)}
    unused = select(Slip.tag).where(Slip.round_id == asked.round_id, Slip.tag.in_(groups), Slip.used.is_(False))
    found = session.scalar(unused)
    if found is None:
        raise SlipUnknown(asked.code)
    return _Ticket(found, groups[found] or asked.group)


def _seal(
    school: School, asked: Asked, answers: Mapping[str, Answer], group: str | None, mode: str | None = None
) -> bytes:
    contents = {"answers": dict(answers), "group": group, **({"mode": mode} if mode else {})}
    try:
        return seal(contents, school.keystore.public_key(asked.round_id), Box(asked.round_id, asked.instrument_sha256))
    except EnvelopeTooLarge as too_large:
        raise AnswersTooLong(asked.code) from too_large


def _drop_into_box(
    connection: Connection,
    *,
    asked: Asked,
    id_: str,
    sealed: bytes,
    ticket: _Ticket,
    now: datetime,
    on_paper: bool = False,
) -> bool:
    """Whether it was not there yet."""
    place = {"round_id": asked.round_id, "id": id_}
    usual = {**place, "sealed": sealed, "now": now}
    if ticket.takes_nothing and connection.execute(_PUT_IN_WHERE_THERE_IS_ROOM, usual).rowcount == 1:
        return True
    # Something stands in the way, or a slip or a place has to be used.
    if not _may_be_put_in(connection, asked, place, now, on_paper=on_paper):
        return False
    if ticket.room is not None:
        take_place(connection, asked.round_id, ticket.room)
    elif ticket.tag is not None:
        _use(connection, asked, ticket.tag)
    connection.execute(insert(Envelope), {**place, "format": FORMAT, "sealed": sealed})
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
