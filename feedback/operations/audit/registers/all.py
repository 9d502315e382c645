"""All registers there are, in the order in which an auditor asks for them, and how they are read and signed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.i18n import gettext
from feedback.models import SignOff, StaffMember
from feedback.operations.audit.registers import (
    access,
    accessibility,
    decisions,
    disclosure,
    dpia,
    incident_log,
    inventory,
    not_kept,
    processing,
    retention,
    six_facts,
)
from feedback.operations.audit.registers.kind import Maker, Register, Section, Statement
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import day

#: Name -> what makes it.
REGISTERS: dict[str, Maker] = {
    module.NAME: module.make
    for module in (
        processing,
        inventory,
        not_kept,
        dpia,
        decisions,
        disclosure,
        retention,
        access,
        incident_log,
        six_facts,
        accessibility,
    )
}
#: Those that the officer signs.
SIGNED = frozenset({dpia.NAME})
LONGEST_ROLE = 60


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, by role, and when. `holds` where the register still says what was signed."""

    role: str
    signed_on: date
    text_hash: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A register with the hash of its text, and its newest signature; None where it is not signed, or needs none."""

    register: Register
    text_hash: str
    signature: Signature | None


def make_register(session: Session, school: School, name: str, language: str) -> Made:
    """A register in the language that is spoken; one that is signed ends with its signature. NotFound."""
    if name not in REGISTERS:
        raise NotFound(name)
    register = REGISTERS[name](session, school, language)
    if name not in SIGNED:
        return Made(register, register.hash, None)
    signature = _signature(session, register)
    said = _said(signature)
    ended = replace(
        register,
        sections=(*register.sections, Section("signature", gettext("Signature"), (said, f"SHA-256: {register.hash}"))),
        statements=(*register.statements, Statement(said, "signature")),
    )
    return Made(ended, register.hash, signature)


def read_register(school: School, by: StaffMember, name: str, language: str) -> Made:
    """The same for an account. NotPermitted, NotFound."""
    allow(by, Action.SEE_REGISTERS)
    with reading(school.engine) as session:
        return make_register(session, school, name, language)


def sign_register(
    school: School, by: StaffMember, name: str, language: str, *, text_hash: str, role: str, now: datetime
) -> None:
    """Sign the very text that was read. NotPermitted; WrongState where it says something else by now; NotReady."""
    allow(by, Action.KEEP_REGISTERS)
    role = role.strip()
    if name not in SIGNED or not 0 < len(role) <= LONGEST_ROLE:
        raise NotReady("role")
    with writing(school.engine) as session:
        made = make_register(session, school, name, language)
        if made.text_hash != text_hash:
            raise WrongState("changed")
        if made.signature is not None and made.signature.holds:
            return
        today = school.settings.day_of(now)
        session.add(
            SignOff(register=name, language=language, text_hash=text_hash, role=role, by_id=by.id, signed_on=today)
        )
        record(session, now, by.account, "register_signed", name, text_hash=text_hash)


def _signature(session: Session, register: Register) -> Signature | None:
    """The signature of this text; where there is none, the newest one of an earlier text."""
    rows = select(SignOff).filter_by(register=register.name).order_by(SignOff.signed_on.desc(), SignOff.id)
    found = session.scalars(rows).all()
    same = [row for row in found if row.text_hash == register.hash]
    newest = next(iter([*same, *found]), None)
    if newest is None:
        return None
    return Signature(newest.role, newest.signed_on, newest.text_hash, holds=bool(same))


def _said(signature: Signature | None) -> str:
    if signature is None:
        return gettext("Nobody has signed this text.")
    signed = {"role": signature.role, "day": day(signature.signed_on)}
    if signature.holds:
        return gettext("Signed by %(role)s on %(day)s: this very text.", **signed)
    return gettext("Changed since %(role)s signed it on %(day)s: this text is not signed.", **signed)
