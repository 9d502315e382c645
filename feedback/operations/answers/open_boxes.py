"""Opening boxes where the keystore has a passphrase: the privacy officer types it, and sees no answer."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from feedback.db import reading, writing
from feedback.models import Round, StaffMember
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.handover import hand_over
from feedback.privacy.keeper import PassphraseWrong
from feedback.privacy.passwords import LONGEST_PAUSE, pause_after
from feedback.privacy.permissions import Action


def is_waiting(school: School, round_: Round) -> bool:
    """Whether the round is closed and nobody opens its box before the officer has typed the passphrase."""
    return round_.state in ("closed", "counting") and school.keystore.has_passphrase


def waiting_boxes(school: School, by: StaffMember) -> list[Round]:
    """The rounds that wait for the officer, with their pilots, detached; those that closed first come first."""
    allow(by, Action.OPEN_BOXES)
    with reading(school.engine) as session:
        closed = select(Round).where(Round.state.in_(("closed", "counting"))).order_by(Round.closes_at, Round.id)
        found = list(session.scalars(closed.options(joinedload(Round.pilot))))
        session.expunge_all()
    return [round_ for round_ in found if is_waiting(school, round_)]


def give_passphrase(
    school: School, by: StaffMember, round_ids: Collection[str], typed: str, *, now: datetime
) -> dict[str, str]:
    """For each of these rounds that waits: the passphrase, sealed to the worker that runs now.

    PassphraseWrong where it does not fit, or where the account pauses after wrong ones as it does for signing in;
    WorkerAway where nobody is there to take it.
    """
    waiting = [round_.id for round_ in waiting_boxes(school, by) if round_.id in round_ids]
    # Sealed first, so that without a worker no try is counted; and checked outside of any transaction that writes,
    # because it is slow on purpose.
    sealed = {round_id: hand_over(typed, round_id, school.settings.instance) for round_id in waiting}
    fits = school.keystore.keeper.is_passphrase(typed)
    with writing(school.engine) as session:
        account = session.get_one(StaffMember, by.id)
        pausing = account.locked_until is not None and now < account.locked_until <= now + LONGEST_PAUSE
        if not pausing:
            account.failed_sign_ins = 0 if fits else account.failed_sign_ins + 1
            account.locked_until = None if fits else pause_after(account.failed_sign_ins, now)
            for round_id in waiting:
                record(session, now, by.account, "box_released" if fits else "passphrase_wrong", round_id)
    # Raised outside, so that the failure just counted is not rolled back.
    if pausing or not fits:
        raise PassphraseWrong
    return sealed
