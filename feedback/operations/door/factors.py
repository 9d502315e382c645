"""The second step of signing in: an authenticator app, passkeys, and codes for the day on which both are gone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Passkey, RecoveryCode, StaffMember
from feedback.operations.errors import NotReady
from feedback.operations.proving import prove
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.door_key import DoorKey
from feedback.privacy.key_files import KeyFiles
from feedback.privacy.second_factor import (
    digits_of,
    new_app_key,
    new_recovery_codes,
    plain_recovery_code,
    step_of,
)


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey as its owner's list shows it."""

    id: str
    name: str
    added_on: date


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has beside its password."""

    app: bool
    passkeys: tuple[KnownPasskey, ...]
    recovery_codes: int

    @property
    def any(self) -> bool:
        """Whether there is a second step at all; recovery codes alone are none."""
        return self.app or bool(self.passkeys)


def factors_of(school: School, staff_id: str) -> Factors:
    """The second steps of this account; none for an account that is gone."""
    with reading(school.engine) as session:
        member = session.get(StaffMember, staff_id)
        keys = session.scalars(
            select(Passkey).where(Passkey.staff_id == staff_id).order_by(Passkey.added_on, Passkey.id)
        )
        return Factors(
            app=member is not None and member.app_key is not None,
            passkeys=tuple(KnownPasskey(key.id, key.name, key.added_on) for key in keys),
            recovery_codes=_left(session, staff_id),
        )


def prove_code(school: School, staff_id: str, typed: str, *, now: datetime, action: str) -> str:
    """ "app" or "recovery", whichever the code is; it is used up by this. SignInRefused as `prove` says."""
    return prove(
        school, staff_id, lambda session, kept: _fitting(school, session, kept, typed, now), now=now, action=action
    )


def begin_app(school: School, staff_id: str) -> str:
    """A new app key, sealed, to be kept in the browser's session until the app has shown a code of it."""
    return door_key(school).seal(new_app_key().encode(), staff_id).hex()


def app_key_of(school: School, staff_id: str, sealed: str) -> str | None:
    """The key in clear, for its owner's screen; None where it was begun by another account."""
    opened = door_key(school).open(bytes.fromhex(sealed), staff_id)
    return opened.decode() if opened is not None else None


def set_app(school: School, staff_id: str, sealed: str, typed: str, *, now: datetime) -> tuple[str, ...]:
    """The app with this key is the second step from now on, in place of one there was; new recovery codes.

    NotReady("code") where the code typed is not what the app shows.
    """
    key, digits = app_key_of(school, staff_id, sealed), digits_of(typed)
    step = step_of(key, digits, now, newest_used=0) if key and digits else None
    if step is None:
        raise NotReady("code")
    with writing(school.engine) as session:
        member = session.get_one(StaffMember, staff_id)
        member.app_key = bytes.fromhex(sealed)
        member.app_step = step
        record(session, now, member.account, "factor_set", member.id, factor="app")
        return renew_recovery_codes(school, session, member)


def give_app(school: School, staff_id: str, *, now: datetime) -> str:
    """An app key for an account of the sample school, in clear, to be told where it is started."""
    key = new_app_key()
    with writing(school.engine) as session:
        member = session.get_one(StaffMember, staff_id)
        member.app_key = door_key(school).seal(key.encode(), staff_id)
        record(session, now, "console", "factor_set", member.id, factor="app")
    return key


def remove_app(school: School, by: StaffMember, *, now: datetime) -> None:
    """Sign in without the app from now on. NotReady("last_factor") where no passkey is left."""
    with writing(school.engine) as session:
        member = session.get_one(StaffMember, by.id)
        if session.scalar(select(Passkey.id).where(Passkey.staff_id == by.id).limit(1)) is None:
            raise NotReady("last_factor")
        member.app_key, member.app_step = None, 0
        record(session, now, member.account, "factor_removed", member.id, factor="app")


def new_codes(school: School, by: StaffMember, *, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones are worth nothing from now on."""
    with writing(school.engine) as session:
        member = session.get_one(StaffMember, by.id)
        record(session, now, member.account, "factor_set", member.id, factor="recovery")
        return renew_recovery_codes(school, session, member)


def renew_recovery_codes(school: School, session: Session, member: StaffMember) -> tuple[str, ...]:
    """Ten new recovery codes instead of those there were, inside the caller's transaction."""
    codes = new_recovery_codes()
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == member.id))
    door = door_key(school)
    session.add_all(
        RecoveryCode(staff_id=member.id, code_hash=door.mark(plain_recovery_code(code), member.id)) for code in codes
    )
    return codes


def forget_factors(session: Session, member: StaffMember) -> None:
    """Every second step of the account goes, inside the caller's transaction."""
    member.app_key, member.app_step = None, 0
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == member.id))
    session.execute(delete(Passkey).where(Passkey.staff_id == member.id))


def door_key(school: School) -> DoorKey:
    """The key that keeps second steps, outside the database."""
    return DoorKey(KeyFiles(school.keystore.folder))


def _fitting(school: School, session: Session, member: StaffMember, typed: str, now: datetime) -> str | None:
    digits = digits_of(typed)
    if digits is None:
        return "recovery" if _use_recovery_code(school, session, member, typed, now) else None
    key = app_key_of(school, member.id, member.app_key.hex()) if member.app_key else None
    step = step_of(key, digits, now, newest_used=member.app_step) if key else None
    if step is None:
        return None
    member.app_step = step
    return "app"


def _use_recovery_code(school: School, session: Session, member: StaffMember, typed: str, now: datetime) -> bool:
    marked = door_key(school).mark(plain_recovery_code(typed), member.id)
    found = session.scalar(
        select(RecoveryCode).where(RecoveryCode.staff_id == member.id, RecoveryCode.code_hash == marked)
    )
    if found is None:
        return False
    session.delete(found)
    session.flush()
    record(session, now, member.account, "recovery_used", member.id, left=_left(session, member.id))
    return True


def _left(session: Session, staff_id: str) -> int:
    counted = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.staff_id == staff_id)
    return session.scalar(counted) or 0
