"""Where somebody is signed in, and ending it. No address and no browser is known, so none is shown."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import SignIn, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import IDLE, LONGEST, allow
from feedback.privacy.permissions import Action


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """A browser that is signed in: since which day, when it was last seen (UTC, naive), whether it is this one."""

    id: str
    begun_on: date
    seen_at: datetime
    is_this: bool


def own_sign_ins(school: School, by: StaffMember, token: str | None, *, now: datetime) -> list[OpenSignIn]:
    """Where this account is signed in, this browser first; `token` is this browser's."""
    with reading(school.engine) as session:
        rows = session.scalars(select(SignIn).where(SignIn.staff_id == by.id, SignIn.seen_at >= now - IDLE))
        found = [
            OpenSignIn(row.id, school.settings.day_of(row.begun_at), row.seen_at, row.token_hash == _hash(token))
            for row in rows
            if now < row.begun_at + LONGEST
        ]
    return sorted(found, key=lambda one: (not one.is_this, one.begun_on, one.id))


def end_sign_in(school: School, by: StaffMember, sign_in_id: str, *, now: datetime) -> None:
    """End one of one's own. NotFound for somebody else's."""
    with writing(school.engine) as session:
        gone = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.staff_id == by.id).returning(SignIn.id)
        if session.scalar(gone) is None:
            raise NotFound(sign_in_id)
        record(session, now, by.account, "sign_ins_ended", by.id)


def end_others(school: School, by: StaffMember, token: str | None, *, now: datetime) -> None:
    """End all of one's own but this browser's."""
    with writing(school.engine) as session:
        end_sign_ins(session, by.id, but=token)
        record(session, now, by.account, "sign_ins_ended", by.id)


def end_all_of(school: School, by: StaffMember, staff_id: str, *, now: datetime) -> None:
    """An administrator ends wherever an account is signed in. NotPermitted or NotFound."""
    allow(by, Action.KEEP_ACCOUNTS)
    with writing(school.engine) as session:
        if session.get(StaffMember, staff_id) is None:
            raise NotFound(staff_id)
        end_sign_ins(session, staff_id)
        record(session, now, by.account, "sign_ins_ended", staff_id)


def end_sign_ins(session: Session, staff_id: str, *, but: str | None = None) -> None:
    """End where an account is signed in, inside the caller's transaction: its roles, password or state changed.

    `but` is the token of a browser that stays.
    """
    session.execute(delete(SignIn).where(SignIn.staff_id == staff_id, SignIn.token_hash != _hash(but)))


def _hash(token: str | None) -> str:
    return sha256(token.encode()).hexdigest() if token else ""
