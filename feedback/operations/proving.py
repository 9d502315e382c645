"""Somebody proves who they are; wrong tries of any kind count, per account, and lead to a pause."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import StaffMember
from feedback.operations.errors import SignInRefused
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.passwords import LONGEST_PAUSE, is_password, pause_after

#: Looks at what was typed or sent, inside the transaction: what fitted ("app", "recovery", ...), or None.
Check = Callable[[Session, StaffMember], str | None]


def prove(school: School, staff_id: str, check: Check, *, now: datetime, action: str | None) -> str:
    """What fitted. SignInRefused where nothing did, or while the account pauses or is disabled.

    `action` goes into the audit log and ends the counting of wrong tries. None is for a first of two steps: it ends
    nothing, or whoever knows a password could try codes for ever.
    """
    with writing(school.engine) as session:
        kept = session.get(StaffMember, staff_id)
        fitted = None
        if kept is not None and not kept.is_disabled and not is_pausing(kept, now):
            fitted = check(session, kept)
            _count(session, kept, fitted, now, action)
    # Raised outside, so that the failure just counted is not rolled back.
    if fitted is None:
        raise SignInRefused
    return fitted


def prove_password(school: School, member: StaffMember, password: str, *, now: datetime, action: str | None) -> None:
    """SignInRefused where this is not the account's password; otherwise as `prove`."""
    # Outside any transaction that writes, because hashing is slow on purpose and respondents must not wait for it.
    fits = is_password(password, member.password_hash)
    prove(school, member.id, lambda _session, _kept: "password" if fits else None, now=now, action=action)


def is_pausing(member: StaffMember, now: datetime) -> bool:
    """Whether no try is taken; a pause that ends further away was begun while the clock was wrong."""
    return member.locked_until is not None and now < member.locked_until <= now + LONGEST_PAUSE


def _count(session: Session, kept: StaffMember, fitted: str | None, now: datetime, action: str | None) -> None:
    if fitted is None:
        kept.failed_sign_ins += 1
        kept.locked_until = pause_after(kept.failed_sign_ins, now)
        record(session, now, kept.account, "sign_in_failed", kept.id)
    elif action is not None:
        kept.failed_sign_ins = 0
        kept.locked_until = None
        record(session, now, kept.account, action, kept.id, by=fitted)
