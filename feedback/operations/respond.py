"""A respondent submits: seal at once, one insert, and a receipt that only the respondent has."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import Envelope, Round
from feedback.operations.errors import AnswersTooLong, BoxFull, NothingAnswered, RoundClosed, StorageUnavailable
from feedback.operations.publish import Asked
from feedback.operations.school import School
from feedback.privacy.box import FORMAT, Box, EnvelopeTooLarge, seal
from feedback.privacy.receipts import envelope_id, receipt_of
from forms.questions.base import Answer

#: Spare envelopes a capped round takes beyond its group's size, in percent.
SPARE_PERCENT = 10


def accept(school: School, asked: Asked, form_key: str, answers: Mapping[str, Answer], *, now: datetime) -> str:
    """Put the answers into the round's box; the receipt, "dddd dddd dddd dddd".

    The same form key gives the same envelope and the same receipt, however often and however late it is sent while
    the round is open. Raises NothingAnswered, AnswersTooLong, RoundClosed, BoxFull or StorageUnavailable; then
    nothing was stored.
    """
    if not answers:
        raise NothingAnswered(asked.code)
    pepper = school.keystore.pepper(asked.round_id)
    receipt = receipt_of(form_key, pepper)
    envelope = Envelope(
        id=envelope_id(receipt, pepper),
        round_id=asked.round_id,
        format=FORMAT,
        sealed=_seal(school, asked, answers),
    )
    try:
        with writing(school.engine) as session:
            _drop_into_box(session, envelope, now)
    except OperationalError as unavailable:
        raise StorageUnavailable(asked.code) from unavailable
    return receipt


def cap(group_size: int) -> int:
    """How many envelopes a round for a group of this size takes."""
    return group_size + -(-group_size * SPARE_PERCENT // 100)


def _seal(school: School, asked: Asked, answers: Mapping[str, Answer]) -> bytes:
    contents = {"answers": dict(answers), "group": asked.group}
    try:
        return seal(contents, school.keystore.public_key(asked.round_id), Box(asked.round_id, asked.instrument_sha256))
    except EnvelopeTooLarge as too_large:
        raise AnswersTooLong(asked.code) from too_large


def _drop_into_box(session: Session, envelope: Envelope, now: datetime) -> None:
    if session.get(Envelope, (envelope.round_id, envelope.id)) is not None:
        return
    round_ = session.get_one(Round, envelope.round_id)
    # Asked again inside the transaction that writes: the round may have been closed since the form was opened.
    if round_.state != "open" or now >= round_.closes_at:
        raise RoundClosed(round_.code)
    if round_.group_size is not None and envelopes_in_box(session, round_.id) >= cap(round_.group_size):
        raise BoxFull(round_.code)
    session.add(envelope)


def envelopes_in_box(session: Session, round_id: str) -> int:
    """How many envelopes wait. For the cap and the count only: no page ever shows it."""
    return session.scalar(select(func.count()).select_from(Envelope).where(Envelope.round_id == round_id)) or 0
