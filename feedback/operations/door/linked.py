"""Whoever signs in by the school's own service: a person there, and the account here that is linked to them.

A person is the pair of issuer and subject, never an e-mail address, which may be given to somebody else. Apart from
`provider`, which asks the service, because that takes libraries that only a school with such a service needs.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from feedback.db import reading, writing
from feedback.models import StaffMember
from feedback.operations.errors import NotReady, SignInRefused
from feedback.operations.proving import prove
from feedback.operations.record import record
from feedback.operations.school import School


class ProviderRefused(Exception):
    """The service did not answer, or what it said does not hold. Nobody is signed in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is for the service, and whether it has seen two steps."""

    issuer: str
    subject: str
    has_two_steps: bool


def sign_in_person(school: School, person: Person, *, now: datetime) -> str:
    """The id of the account linked to this person, who is signed in if the service has seen two steps.

    SignInRefused where there is none, or it is pausing or disabled.
    """
    with reading(school.engine) as session:
        linked = (StaffMember.provider_issuer == person.issuer, StaffMember.provider_subject == person.subject)
        staff_id = session.scalar(select(StaffMember.id).where(*linked))
    if staff_id is None:
        raise SignInRefused
    action = "signed_in" if person.has_two_steps else None
    prove(school, staff_id, lambda _session, _kept: "provider", now=now, action=action)
    return staff_id


def link(school: School, by: StaffMember, person: Person, *, now: datetime) -> None:
    """From now on this person signs in as this account. NotReady("linked_elsewhere")."""
    with writing(school.engine) as session:
        linked = (StaffMember.provider_issuer == person.issuer, StaffMember.provider_subject == person.subject)
        if session.scalar(select(StaffMember.id).where(*linked, StaffMember.id != by.id)):
            raise NotReady("linked_elsewhere")
        member = session.get_one(StaffMember, by.id)
        member.provider_issuer, member.provider_subject = person.issuer, person.subject
        record(session, now, by.account, "provider_linked", by.id)


def unlink(school: School, by: StaffMember, *, now: datetime) -> None:
    """The service opens this account no more."""
    with writing(school.engine) as session:
        member = session.get_one(StaffMember, by.id)
        member.provider_issuer = member.provider_subject = None
        record(session, now, by.account, "provider_unlinked", by.id)
