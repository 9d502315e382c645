"""Which roles an account has. Who sees more afterwards needs a second person's yes; `door.accounts` does the rest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Approval, DistrictSchool, StaffMember
from feedback.operations import two_people
from feedback.operations.door.sessions import end_sign_ins
from feedback.operations.errors import NotFound, NotReady, SecondPersonNeeded
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.two_people import Deed
from feedback.privacy.permissions import ROLES, Action, apart

#: Roles that two people give: they see what people say, or decide who does.
GIVEN_BY_TWO = frozenset({"lead", "reader", "officer", "administrator"})
#: Roles of which every school keeps somebody, with the code of what is refused otherwise.
_LAST = {"officer": "last_officer", "administrator": "last_administrator"}


@dataclass(frozen=True, slots=True)
class AccountShown:
    """An account as whoever keeps accounts sees it. `of_district`: it works for all schools."""

    id: str
    account: str
    roles: frozenset[str]
    is_disabled: bool
    of_district: bool


def account_for(school: School, by: StaffMember, account_id: str) -> AccountShown:
    """One account; NotPermitted, NotFound."""
    allow(by, Action.KEEP_ACCOUNTS)
    with reading(school.engine) as session:
        found = kept_account(session, by, account_id)
        return AccountShown(found.id, found.account, found.roles, found.is_disabled, found.school_id is None)


def needs_two(before: Collection[str], after: Collection[str]) -> bool:
    """Whether these roles instead of those need a second person's yes."""
    return bool((set(after) - set(before)) & GIVEN_BY_TWO)


def ask_for_roles(
    school: School, by: StaffMember, account_id: str, roles: Collection[str], *, reason: str, now: datetime
) -> str:
    """Ask a second person for these roles; the id of what waits. The refusals of `change_roles`.

    SecondPersonNeeded where the same was asked for and nobody has said yes: nobody asks twice to get it.
    """
    with reading(school.engine) as session:
        facts = _checked(session, by, account_id, roles, reason)[1]
        same = select(Approval).where(
            Approval.deed == Deed.GIVE_ROLES, Approval.object_id == account_id, Approval.state == "asked"
        )
        if any(each.facts == facts for each in session.scalars(same)):
            raise SecondPersonNeeded(account_id)
    return two_people.ask(school, by, Deed.GIVE_ROLES, account_id, reason=reason, facts=facts, now=now)


def change_roles(
    school: School, by: StaffMember, account_id: str, roles: Collection[str], *, reason: str, now: datetime
) -> None:
    """Give the account these roles instead of its own.

    NotPermitted; NotFound; SecondPersonNeeded where it would see more and nobody else has said yes to exactly this.
    NotReady: "reason", "roles", "languages", "yourself", the codes of `permissions.apart`, and "last_officer" or
    "last_administrator" where nobody of that role would be left at a school.
    """
    with writing(school.engine) as session:
        member, facts = _checked(session, by, account_id, roles, reason)
        before = member.roles
        if needs_two(before, roles):
            two_people.use(session, Deed.GIVE_ROLES, account_id, facts, today=school.settings.day_of(now))
        for role in ROLES:
            setattr(member, f"is_{role}", role in roles)
        said = {"before": sorted(before), "after": sorted(roles), "reason": reason.strip()}
        # Whoever is signed in sees no more with the roles of before (ASVS 5.0, V7.4.2).
        end_sign_ins(session, member.id)
        record(session, now, by.account, "roles_changed", member.id, **said)


def kept_account(session: Session, by: StaffMember, account_id: str) -> StaffMember:
    """An account that this one may keep; NotFound."""
    member = session.get(StaffMember, account_id)
    if member is None or not keeps(by, member):
        raise NotFound(account_id)
    return member


def keeps(by: StaffMember, member: StaffMember) -> bool:
    """Whether this account may keep that one: the district's own are for the district's administrators only."""
    return by.school_id is None or member.school_id is not None


def _checked(
    session: Session, by: StaffMember, account_id: str, roles: Collection[str], reason: str
) -> tuple[StaffMember, dict[str, Any]]:
    """The account, and what exactly a second person says yes to."""
    allow(by, Action.KEEP_ACCOUNTS)
    member = kept_account(session, by, account_id)
    wrong = [*_unfit(by, member, reason), *apart(roles)]
    if not roles or not set(roles) <= set(ROLES):
        wrong.append("roles")
    if {"interpreter", "translator"} & set(roles) and not member.languages:
        wrong.append("languages")
    wrong.extend(last_ones(session, member, roles))
    if wrong:
        raise NotReady(*wrong)
    facts = {"before": sorted(member.roles), "roles": sorted(roles)}
    return member, facts | {"about": f"{member.account}: {', '.join(sorted(roles))}"}


def _unfit(by: StaffMember, member: StaffMember, reason: str) -> list[str]:
    wrong = [] if 0 < len(reason.strip()) <= two_people.LONGEST_REASON else ["reason"]
    # Nobody decides about oneself, not even to see less: then somebody else knows of it.
    return [*wrong, *(["yourself"] if by.id == member.id else [])]


def last_ones(session: Session, member: StaffMember, roles: Collection[str]) -> list[str]:
    """Codes of the roles that nobody would have at one of the account's schools, were these its roles."""
    if member.is_disabled:
        return []
    gone = [role for role in _LAST if role in member.roles and role not in roles]
    return [_LAST[role] for role in gone if not _has_others(session, member, role)]


def _has_others(session: Session, member: StaffMember, role: str) -> bool:
    schools = [member.school_id] if member.school_id else session.scalars(select(DistrictSchool.id)).all()
    others = select(StaffMember.id).where(
        getattr(StaffMember, f"is_{role}"), StaffMember.is_disabled.is_(False), StaffMember.id != member.id
    )
    everywhere = {"every_school": True}
    for school_id in schools:
        here = or_(StaffMember.school_id == school_id, StaffMember.school_id.is_(None))
        if session.scalar(others.where(here).limit(1), execution_options=everywhere) is None:
            return False
    return True
