"""A respondent submits: seal at once, one insert, and a receipt that only the respondent has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing_together
from feedback.models import WITHDRAWN, Envelope, Slip
from feedback.operations.answers.one_envelope import Ticket, drop_into_box
from feedback.operations.answers.publish import Asked
from feedback.operations.answers.storage import storing
from feedback.operations.errors import (
    AnswersTooLong,
    NothingAnswered,
    SlipUnknown,
    Withdrawn,
)
from feedback.operations.school import School
from feedback.privacy.box import PAPER, EnvelopeTooLarge, Sealed, seal, seal_words
from feedback.privacy.receipts import envelope_id, receipt_of
from feedback.privacy.slips import normal, tag
from forms.questions.base import Answer

#: Looked up in place of a mistyped slip; it has no check letter, so nobody's slip is this one.
_NOBODYS = "0000-0000-00"


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
    seal_for = partial(_seal, school, asked, answers, mode=mode)
    return put_into_box(school, asked, form_key, seal_for, slip=slip, room=room, on_paper=mode == PAPER, now=now)


def put_into_box(
    school: School,
    asked: Asked,
    form_key: str,
    seal_for: Callable[[str | None], Sealed],
    *,
    slip: str,
    room: str | None = None,
    on_paper: bool = False,
    now: datetime,
) -> Accepted:
    """Put one envelope into the round's box, whoever sealed it: `seal_for` is given the group it is sealed with."""
    with storing(school, asked.code):
        pepper = school.keystore.pepper(asked.round_id)
        receipt = receipt_of(form_key, pepper)
        id_ = envelope_id(receipt, pepper)
        ticket = Ticket(None, asked.group, room)
        if asked.slips and room is None:
            with reading(school.engine) as session:
                # First of all, because the slip of an envelope that is sent again was used by that very envelope.
                if _is_in_box(session, asked, id_):
                    return Accepted(receipt, again=True)
                # Before the slip is looked at: words that are too long must not find out whether it was used.
                seal_for(max(asked.groups, key=len, default=None))
                ticket = _find_ticket(session, asked, slip, pepper)
        # Nobody waits in the line of writers while this is sealed.
        sealed = seal_for(ticket.group)
        drop = partial(drop_into_box, asked=asked, id_=id_, sealed=sealed, ticket=ticket, now=now, on_paper=on_paper)
        is_new = writing_together(school.engine, drop)
    return Accepted(receipt, again=not is_new)


def envelopes_in_box(session: Session, round_id: str) -> int:
    """How many envelopes wait, without those taken out. For the cap and the count only: no page ever shows it."""
    waiting = select(func.count()).select_from(Envelope)
    return session.scalar(waiting.where(Envelope.round_id == round_id, Envelope.format != WITHDRAWN)) or 0


def _is_in_box(session: Session, asked: Asked, id_: str) -> bool:
    kept = session.scalar(select(Envelope.format).where(Envelope.round_id == asked.round_id, Envelope.id == id_))
    if kept == WITHDRAWN:
        raise Withdrawn(asked.code)
    return kept is not None


def _find_ticket(session: Session, asked: Asked, typed: str, pepper: bytes) -> Ticket:
    """The slip decides the group: a right one typed at another group's link is still right."""
    code = normal(typed) or _NOBODYS
    # Always all of them, so that neither a wrong slip nor a wrong link takes another time (privacy.md, L17).
    groups = {tag(code, group, pepper): group for group in (None, *asked.groups)}
    unused = select(Slip.tag).where(Slip.round_id == asked.round_id, Slip.tag.in_(groups), Slip.used.is_(False))
    found = session.scalar(unused)
    if found is None:
        raise SlipUnknown(asked.code)
    return Ticket(found, groups[found] or asked.group)


def _seal(
    school: School, asked: Asked, answers: Mapping[str, Answer], group: str | None, mode: str | None = None
) -> Sealed:
    contents = {"answers": dict(answers), "group": group, **({"mode": mode} if mode else {})}
    try:
        envelope = seal(contents, school.keystore.public_key(asked.round_id), asked.box)
    except EnvelopeTooLarge as too_large:
        raise AnswersTooLong(asked.code) from too_large
    return Sealed(envelope, words_part(school, asked, len(envelope), answers))


def words_part(
    school: School, asked: Asked, size: int, answers: Mapping[str, Answer] = MappingProxyType({})
) -> bytes | None:
    """What was written, sealed to the round's reading queue, as large as the envelope; None where the round has none.

    Also where nothing was written: else the part would tell who wrote.
    """
    if not asked.read_languages:
        return None
    words = {id_: answers[id_] for id_ in asked.texts if id_ in answers}
    return seal_words(words, school.keystore.queue.public(asked.round_id), asked.box, size)
