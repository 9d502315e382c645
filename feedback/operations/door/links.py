"""Links that a person hands over and that are used once: they set a password or lead to a new second step, never both.

An administrator makes them, for an officer's second step another officer; nobody makes one for themselves. A new
password leaves the second step as it is, a new second step asks for the password.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import OneTimeLink, StaffMember
from feedback.operations.door.factors import forget_factors
from feedback.operations.door.sessions import end_sign_ins
from feedback.operations.errors import NotFound, NotPermitted, NotReady, SecondPersonNeeded
from feedback.operations.proving import prove_password
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow, refuse_unfit
from feedback.privacy.passwords import hash_password, weaknesses
from feedback.privacy.permissions import ROLES, Action, reach


class Kind(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - a kind of link
    FACTOR = "factor"


LASTS = {Kind.INVITATION: timedelta(hours=72), Kind.PASSWORD: timedelta(hours=2), Kind.FACTOR: timedelta(hours=2)}
#: Roles that an administrator alone gives nobody: `voicebox staff add` makes these accounts.
NOT_BY_INVITATION = frozenset({"officer", "administrator"})
_NO_PASSWORD = "none"  # noqa: S105 - no hash, so that nothing fits it


def invite(
    school: School,
    by: StaffMember,
    account: str,
    roles: Collection[str],
    *,
    languages: Collection[str] = (),
    now: datetime,
) -> str:
    """The token of an invitation for a new account with these roles. NotReady as `add_staff`, or NotPermitted."""
    allow(by, Action.KEEP_ACCOUNTS)
    name = account.strip().lower()
    if NOT_BY_INVITATION & set(roles):
        raise NotPermitted(Action.KEEP_ACCOUNTS)
    refuse_unfit(school, name, roles, languages)
    with writing(school.engine) as session:
        if session.scalar(select(StaffMember).where(StaffMember.account == name)):
            raise NotReady("account_taken")
        has = {f"is_{role}": role in roles for role in ROLES}
        member = StaffMember(account=name, password_hash=_NO_PASSWORD, languages=sorted(set(languages)), **has)
        session.add(member)
        session.flush()
        record(session, now, by.account, "account_invited", member.id, roles=sorted(roles))
        return _new_link(session, member, Kind.INVITATION, now)


def make_link(school: School, by: StaffMember, staff_id: str, *, now: datetime, renew_factor: bool = False) -> str:
    """The token of a link for a new password (an invitation again, where none was set), or for a new second step.

    NotPermitted; NotFound; SecondPersonNeeded for oneself, and for an officer's second step unless by an officer.
    """
    with writing(school.engine) as session:
        member = session.get(StaffMember, staff_id)
        if member is None:
            raise NotFound(staff_id)
        _allow_link(by, member, renew_factor)
        kind = Kind.FACTOR if renew_factor else Kind.PASSWORD
        if member.password_hash == _NO_PASSWORD:
            kind = Kind.INVITATION
        record(session, now, by.account, "link_made", member.id, kind=kind.value)
        return _new_link(session, member, kind, now)


def console_link(school: School, account: str, *, now: datetime, renew_factor: bool = False) -> str:
    """As `make_link`, for whoever runs the computer: where no second person is left to make one. NotFound."""
    with writing(school.engine) as session:
        member = session.scalar(select(StaffMember).where(StaffMember.account == account.strip().lower()))
        if member is None:
            raise NotFound(account)
        kind = Kind.FACTOR if renew_factor else Kind.PASSWORD
        record(session, now, "console", "link_made", member.id, kind=kind.value)
        return _new_link(session, member, kind, now)


def link_kind(school: School, token: str, *, now: datetime) -> tuple[Kind, str]:
    """What the link is for, and the account's name; NotFound where it was used, is too old, or never was."""
    with reading(school.engine) as session:
        link, member = _found(session, token, now)
        return Kind(link.kind), member.account


def set_password(school: School, token: str, password: str, *, now: datetime) -> str:
    """The account's new password; the account's id. Signs nobody in, and ends where it was signed in.

    NotFound as `link_kind`, NotReady as `privacy.passwords.weaknesses`.
    """
    kind, account = link_kind(school, token, now=now)
    if kind is Kind.FACTOR:
        raise NotFound(kind)
    wrong = weaknesses(password, account, school.settings.school_name)
    if wrong:
        raise NotReady(*wrong)
    # Outside the transaction, because hashing is slow on purpose.
    hashed = hash_password(password)
    with writing(school.engine) as session:
        _link, member = _found(session, token, now)
        member.password_hash = hashed
        _use(session, member, "password_set", now)
        return member.id


def begin_new_factor(school: School, token: str, password: str, *, now: datetime) -> str:
    """The old second steps are gone, and the next sign-in sets up a new one; the account's id.

    NotFound as `link_kind`, SignInRefused for a wrong password, which counts.
    """
    with reading(school.engine) as session:
        link, member = _found(session, token, now)
        if link.kind != Kind.FACTOR:
            raise NotFound(link.kind)
        session.expunge_all()
    prove_password(school, member, password, now=now, action=None)
    with writing(school.engine) as session:
        _link, member = _found(session, token, now)
        forget_factors(session, member)
        record(session, now, member.account, "factor_removed", member.id, factor="all")
        _use(session, member, "link_used", now)
        return member.id


def _allow_link(by: StaffMember, member: StaffMember, renew_factor: bool) -> None:
    if renew_factor and member.is_officer:
        if reach(Action.HELP_OFFICERS, by.roles) is None and reach(Action.KEEP_ACCOUNTS, by.roles) is not None:
            raise SecondPersonNeeded(member.id)
        allow(by, Action.HELP_OFFICERS)
    else:
        allow(by, Action.KEEP_ACCOUNTS)
    if by.id == member.id:
        raise SecondPersonNeeded(member.id)


def _new_link(session: Session, member: StaffMember, kind: Kind, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(delete(OneTimeLink).where((OneTimeLink.staff_id == member.id) | (OneTimeLink.expires_at <= now)))
    session.add(OneTimeLink(token_hash=_hash(token), staff_id=member.id, kind=kind, expires_at=now + LASTS[kind]))
    return token


def _found(session: Session, token: str, now: datetime) -> tuple[OneTimeLink, StaffMember]:
    link = session.get(OneTimeLink, _hash(token))
    # One that lasts longer than any can was made while the clock was wrong.
    if link is None or not now < link.expires_at <= now + LASTS[Kind(link.kind)]:
        raise NotFound("link")
    member = session.get_one(StaffMember, link.staff_id)
    if member.is_disabled:
        raise NotFound("link")
    return link, member


def _use(session: Session, member: StaffMember, action: str, now: datetime) -> None:
    session.execute(delete(OneTimeLink).where(OneTimeLink.staff_id == member.id))
    end_sign_ins(session, member.id)
    record(session, now, member.account, action, member.id)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
