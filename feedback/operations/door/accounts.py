"""The accounts of the school's staff, as an administrator keeps them: no page shows more of a person than this."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from feedback.db import reading, writing
from feedback.models import OneTimeLink, Passkey, StaffMember
from feedback.operations.door.sessions import end_sign_ins
from feedback.operations.door.staff_accounts import keeps, kept_account, last_ones
from feedback.operations.errors import NotReady, SecondPersonNeeded
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action, reach


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account as the list shows it."""

    id: str
    account: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    is_disabled: bool
    has_password: bool
    has_factor: bool


def accounts(school: School, by: StaffMember) -> list[KnownAccount]:
    """All accounts for an administrator, other officers' for an officer; by name. NotPermitted."""
    officers_only = reach(Action.KEEP_ACCOUNTS, by.roles) is None
    if officers_only:
        allow(by, Action.HELP_OFFICERS)
    with reading(school.engine) as session:
        asked = select(StaffMember).order_by(StaffMember.account)
        if officers_only:
            asked = asked.where(StaffMember.is_officer, StaffMember.id != by.id)
        with_key = set(session.scalars(select(Passkey.staff_id)))
        return [
            KnownAccount(
                id=member.id,
                account=member.account,
                roles=tuple(sorted(member.roles)),
                languages=tuple(member.languages),
                is_disabled=member.is_disabled,
                has_password=member.password_hash.startswith("$"),
                has_factor=member.app_key is not None or member.id in with_key,
            )
            for member in session.scalars(asked)
            if keeps(by, member)
        ]


def disable(school: School, by: StaffMember, staff_id: str, *, now: datetime) -> None:
    """Nobody signs in with the account from now on, and whoever is, is out.

    SecondPersonNeeded for oneself; NotReady("last_officer") or ("last_administrator") where a school would have none.
    """
    allow(by, Action.KEEP_ACCOUNTS)
    if by.id == staff_id:
        raise SecondPersonNeeded(staff_id)
    with writing(school.engine) as session:
        member = kept_account(session, by, staff_id)
        if last := last_ones(session, member, frozenset()):
            raise NotReady(*last)
        member.is_disabled = True
        end_sign_ins(session, staff_id)
        session.execute(delete(OneTimeLink).where(OneTimeLink.staff_id == staff_id))
        record(session, now, by.account, "account_disabled", staff_id)


def enable(school: School, by: StaffMember, staff_id: str, *, now: datetime) -> None:
    """The account may be used again, with the password and the second step it had."""
    allow(by, Action.KEEP_ACCOUNTS)
    with writing(school.engine) as session:
        kept_account(session, by, staff_id).is_disabled = False
        record(session, now, by.account, "account_enabled", staff_id)
