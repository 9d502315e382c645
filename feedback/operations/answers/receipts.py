"""What a receipt can do until the count: say that its envelope is in the box, and take it out. It never shows answers.

Wrong receipts cost the same work as right ones, whatever is wrong with them: always one HMAC and one look-up.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import NotScrubbed, reading, scrub, writing
from feedback.models import WITHDRAWN, Chore, Envelope, Round, Slip
from feedback.operations.answers.parts import take_back_parts
from feedback.operations.answers.publish import clock_is_believed, find_round
from feedback.operations.answers.slips import put_in
from feedback.operations.answers.storage import storage_errors, storing
from feedback.operations.errors import StorageUnavailable
from feedback.operations.rounds.series import WAITING, counted_with
from feedback.operations.school import School
from feedback.privacy.receipts import envelope_id, normal
from feedback.privacy.slips import new_code, tag

#: Names of chores that say "bytes of a withdrawn envelope may still be in a file".
_UNCLEAN = "unclean "
_NO_DAY = date(1970, 1, 1)
_leave_it_to_the_worker: tuple[type[Exception], ...] = (NotScrubbed, *storage_errors)


class State(StrEnum):
    """What a receipt's page may say. From the beginning of the count on, every receipt is told the same."""

    IN_THE_BOX = "in_the_box"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    COUNTING = "counting"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Held:
    """What a receipt holds."""

    state: State


def look(school: School, code: str, typed: str, *, now: datetime) -> Held:  # noqa: ARG001 - the contract of all three
    """What the receipt as typed holds in this round. RoundUnknown or StorageUnavailable."""
    with storing(school, code), reading(school.engine) as session:
        round_ = find_round(session, code)
        if not _is_before_the_count(session, round_):
            # A count that was begun may still find too few voices, and the box be shut or opened once more.
            is_counting = counted_with(session, round_).state == "counting"
            return Held(State.COUNTING if is_counting else State.OVER)
        envelope = _find(school, session, round_, typed)
        if envelope is None:
            return Held(State.UNKNOWN)
        return Held(State.WITHDRAWN if envelope.format == WITHDRAWN else State.IN_THE_BOX)


def withdraw(school: School, code: str, typed: str, *, now: datetime, fresh: str | None = None) -> str | None:
    """Take the receipt's envelope out of the box; the code of a fresh slip where an answer can be put in anew.

    `fresh` is the slip to give, a `slips.new_code()`: whoever sends the same request again, because the reply was
    lost, is shown the same slip again, and nobody else is. A wrong receipt, or one of a round that is over, changes
    nothing. RoundUnknown or StorageUnavailable.

    What was in the envelope is in no row from then on, and in no file of the database within a minute or two, when
    the worker has cleaned up: rewriting a file takes seconds, and anybody with a link could ask for it all day. Sealed
    backups keep the sealed envelope until they expire (after 14 days, unless set otherwise); the ledger keeps it from
    coming back out of one, and the count destroys the key that opens it. What of it lies in the reading queue goes with
    it, unless its reader has already asked somebody to help.
    """
    with storing(school, code):
        with reading(school.engine) as session:
            round_ = find_round(session, code)
            pepper = _pepper(school, session, round_)
            held = _find(school, session, round_, typed) if pepper else None
            if held is None or pepper is None:
                return None
            slip = _slip_to_give(session, held, fresh, pepper)
        slip_tag = tag(slip, None, pepper)
        if held.format != WITHDRAWN:
            facts = {"slip": slip_tag} if _gives_slips(school, round_, now) else {}
            # First the ledger: from now on no old backup can put this envelope back. With the slip's tag, so that
            # nobody who is cut off between this line and the next ends up without envelope and slip.
            school.keystore.note("withdrawn", round=round_.id, envelope=_hashed(held.id), **facts)
        with writing(school.engine) as session:
            return slip if _take_out(school, session, held.round_id, held.id, slip_tag, now) else None


def forget_withdrawn(
    school: School,
    session: Session,
    round_id: str,
    hashed: Collection[str],
    slips: Mapping[str, str] | None = None,
) -> int:
    """Take out every envelope of the round whose id's SHA-256 is in the set; how many. For the ledger's entries.

    `slips` maps such a hash to the tag of the slip that was to be given for it ("" for none): it lets somebody in, if
    the round is open.
    """
    waiting = session.scalars(select(Envelope).where(Envelope.round_id == round_id, Envelope.format != WITHDRAWN))
    revived = [envelope for envelope in waiting if _hashed(envelope.id) in hashed]
    for envelope in revived:
        _empty(envelope)
    take_back_parts(school, session, revived)
    tags = {(slips or {}).get(_hashed(envelope.id), "") for envelope in revived} - {""}
    if tags and session.get_one(Round, round_id).state == "open":
        known = set(session.scalars(select(Slip.tag).where(Slip.round_id == round_id)))
        put_in(session, round_id, sorted(tags - known))
    return len(revived)


def clean_after_withdrawals(school: School) -> bool:
    """Rewrite the files once for all envelopes taken out since the last time; whether nothing is left. Repeatable.

    The worker does it every minute, and never a request.
    """
    with reading(school.engine) as session:
        chores = list(session.scalars(select(Chore.name).where(Chore.name.startswith(_UNCLEAN))))
    return _clean(school, chores)


def _is_before_the_count(session: Session, round_: Round) -> bool:
    return counted_with(session, round_).state in WAITING


def _pepper(school: School, session: Session, round_: Round) -> bytes | None:
    return school.keystore.pepper(round_.id) if _is_before_the_count(session, round_) else None


def _find(school: School, session: Session, round_: Round, typed: str) -> Envelope | None:
    id_ = envelope_id(normal(typed), school.keystore.pepper(round_.id))
    return session.get(Envelope, (round_.id, id_))


def _slip_to_give(session: Session, held: Envelope, fresh: str | None, pepper: bytes) -> str:
    slip = fresh or new_code()
    # Of no group: which one was sealed in the envelope nobody knows. The link it is typed at will say.
    is_anothers = session.get(Slip, (held.round_id, tag(slip, None, pepper))) is not None and held.format != WITHDRAWN
    return new_code() if is_anothers else slip


def _gives_slips(school: School, round_: Round, now: datetime) -> bool:
    """StorageUnavailable where the round is over by a clock that is not believed: the slip would be lost for good."""
    if round_.slips and round_.state == "open" and now >= round_.closes_at and not clock_is_believed(school, now):
        raise StorageUnavailable(round_.code)
    return _takes_slips(round_, now)


def _takes_slips(round_: Round, now: datetime) -> bool:
    return round_.slips and round_.state == "open" and now < round_.closes_at


def _take_out(school: School, session: Session, round_id: str, id_: str, slip_tag: str, now: datetime) -> bool:
    """Whether the slip with this tag lets somebody in from now on, or did before."""
    round_ = session.get_one(Round, round_id)
    envelope = session.get(Envelope, (round_id, id_))
    # Asked again inside the transaction that writes: the count may have begun, or the same request come twice.
    if envelope is None or not _is_before_the_count(session, round_):
        return False
    if envelope.format == WITHDRAWN:
        return session.get(Slip, (round_id, slip_tag)) is not None
    _empty(envelope)
    take_back_parts(school, session, [envelope])
    session.add(Chore(name=_UNCLEAN + secrets.token_hex(4), done_on=_NO_DAY))
    if not _takes_slips(round_, now):
        return False
    put_in(session, round_id, [slip_tag])
    return True


def _empty(envelope: Envelope) -> None:
    envelope.format, envelope.sealed, envelope.sealed_for_reading = WITHDRAWN, b"", None


def _clean(school: School, chores: list[str]) -> bool:
    if not chores:
        return True
    try:
        # The whole file, not only the freed pages: SQLite leaves stale copies of a row behind where it splits a page,
        # which secure_delete does not reach (seen in 3 of 4,000 envelopes).
        scrub(school.engine, tries=1)
        with writing(school.engine) as session:
            session.execute(delete(Chore).where(Chore.name.in_(chores)))
    except _leave_it_to_the_worker:
        return False
    except Exception as failed:
        # Emptying goes past SQLAlchemy, so its errors are the driver's own.
        if isinstance(failed, school.engine.dialect.loaded_dbapi.Error):
            return False
        raise
    return True


def _hashed(id_: str) -> str:
    return sha256(id_.encode()).hexdigest()
