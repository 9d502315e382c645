"""A respondent submits: seal at once, one insert, and a receipt that only the respondent has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from feedback.db import reading, writing_together
from feedback.models import WITHDRAWN, Envelope, Round, Slip
from feedback.operations.errors import (
    AnswersTooLong,
    BoxFull,
    NothingAnswered,
    RoundClosed,
    SlipUnknown,
    Withdrawn,
)
from feedback.operations.publish import Asked
from feedback.operations.school import School
from feedback.operations.storage import storing
from feedback.privacy.box import FORMAT, Box, EnvelopeTooLarge, seal
from feedback.privacy.receipts import envelope_id, receipt_of
from feedback.privacy.slips import normal, tag
from forms.questions.base import Answer

#: Spare envelopes a capped round takes, and spare slips it prints, beyond its group's size, in percent.
SPARE_PERCENT = 10
#: Envelopes that a capped round ever takes, with those taken out again: this many times its cap.
_PLACES = 2
#: Looked up in place of a mistyped slip; it has no check letter, so nobody's slip is this one.
_NOBODYS = "0000-0000-00"


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What lets an envelope in: its slip's tag (None in a round without slips), and the group it is sealed with."""

    tag: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answers are in the box: `receipt` is "dddd dddd dddd dddd", `again` whether they were there before."""

    receipt: str
    again: bool


def accept(
    school: School, asked: Asked, form_key: str, answers: Mapping[str, Answer], *, slip: str = "", now: datetime
) -> Accepted:
    """Put the answers into the round's box; the receipt.

    The same form key gives the same envelope and the same receipt, however often and however late it is sent while
    the round is open. `slip` is what was typed, needed in a round with slips: there nothing but the slips caps the
    box, so that a right one is never refused. Whether it is right is told by using it, and in no other way: else
    whoever printed the sheet could watch who has answered.

    Raises NothingAnswered, AnswersTooLong, SlipUnknown, RoundClosed, BoxFull, Withdrawn or StorageUnavailable; then
    nothing was stored and no slip was used.
    """
    if not answers:
        raise NothingAnswered(asked.code)
    return put_into_box(school, asked, form_key, lambda group: _seal(school, asked, answers, group), slip=slip, now=now)


def put_into_box(
    school: School, asked: Asked, form_key: str, seal_for: Callable[[str | None], bytes], *, slip: str, now: datetime
) -> Accepted:
    """Put one envelope into the round's box, whoever sealed it: `seal_for` is given the group it is sealed with."""
    with storing(school, asked.code):
        pepper = school.keystore.pepper(asked.round_id)
        receipt = receipt_of(form_key, pepper)
        id_ = envelope_id(receipt, pepper)
        ticket = _Ticket(None, asked.group)
        if asked.slips:
            with reading(school.engine) as session:
                # First of all, because the slip of an envelope that is sent again was used by that very envelope.
                if _is_in_box(session, asked, id_):
                    return Accepted(receipt, again=True)
                # Before the slip is looked at: words that are too long must not find out whether it was used.
                seal_for(max(asked.groups, key=len, default=None))
                ticket = _find_ticket(session, asked, slip, pepper)
        # Nobody waits in the line of writers while this is sealed.
        envelope = Envelope(id=id_, round_id=asked.round_id, format=FORMAT, sealed=seal_for(ticket.group))
        is_new = writing_together(school.engine, lambda session: _drop_into_box(session, asked, envelope, ticket, now))
    return Accepted(receipt, again=not is_new)


def cap(group_size: int) -> int:
    """How many envelopes a round for a group of this size takes."""
    return group_size + -(-group_size * SPARE_PERCENT // 100)


def envelopes_in_box(session: Session, round_id: str) -> int:
    """How many envelopes wait, without those taken out. For the cap and the count only: no page ever shows it."""
    waiting = select(func.count()).select_from(Envelope)
    return session.scalar(waiting.where(Envelope.round_id == round_id, Envelope.format != WITHDRAWN)) or 0


def _is_full(session: Session, round_id: str, group_size: int) -> bool:
    """With places kept for envelopes that were taken out, so that nobody fills the disk by sending and taking out."""
    places = session.scalar(select(func.count()).select_from(Envelope).where(Envelope.round_id == round_id)) or 0
    most = cap(group_size)
    return envelopes_in_box(session, round_id) >= most or places >= _PLACES * most


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


def _seal(school: School, asked: Asked, answers: Mapping[str, Answer], group: str | None) -> bytes:
    contents = {"answers": dict(answers), "group": group}
    try:
        return seal(contents, school.keystore.public_key(asked.round_id), Box(asked.round_id, asked.instrument_sha256))
    except EnvelopeTooLarge as too_large:
        raise AnswersTooLong(asked.code) from too_large


def _drop_into_box(session: Session, asked: Asked, envelope: Envelope, ticket: _Ticket, now: datetime) -> bool:
    """Whether it was not there yet."""
    if _is_in_box(session, asked, envelope.id):
        return False
    round_ = session.get_one(Round, envelope.round_id)
    # Asked again inside the transaction that writes: the round may have been closed since the form was opened.
    if round_.state != "open" or now >= round_.closes_at:
        raise RoundClosed(round_.code)
    if ticket.tag is not None:
        _use(session, asked, ticket.tag)
    elif round_.group_size is not None and _is_full(session, round_.id, round_.group_size):
        raise BoxFull(round_.code)
    session.add(envelope)
    return True


def _use(session: Session, asked: Asked, slip_tag: str) -> None:
    # In place: a used slip's row must stay where it is in the file, or its order would be the envelopes' (L4).
    unused = update(Slip).where(Slip.round_id == asked.round_id, Slip.tag == slip_tag, Slip.used.is_(False))
    if session.connection().execute(unused.values(used=True)).rowcount != 1:
        raise SlipUnknown(asked.code)
