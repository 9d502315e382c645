"""The audit pack: asked for on a page, made by the worker, kept until a newer one in the same language is made."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import AuditPack, StaffMember
from feedback.operations.audit.registers.all import REGISTERS
from feedback.operations.errors import NotFound
from feedback.operations.record import record
from feedback.operations.reports.report import MOST_TRIES
from feedback.operations.school import School
from feedback.operations.schools import may_see_all
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: What the audit log calls it.
_THING = "audit-pack"


@dataclass(frozen=True, slots=True)
class PackState:
    """How far a pack is. `state`: "none", "asked", "failed" (tried too often), "made", or "district": it is about all
    schools of a district, and this account works for one. `made_on`: of the one kept."""

    state: str
    done: int = 0
    files: int = 0
    made_on: date | None = None
    sha256: str = ""


def ask_for_pack(school: School, by: StaffMember, language: str, *, now: datetime) -> None:
    """Note that the officer wants a new pack; the tries begin anew. NotPermitted, NotFound."""
    _allow(school, by, Action.KEEP_REGISTERS)
    with writing(school.engine) as session:
        pack = session.get(AuditPack, language)
        if pack is None:
            pack = AuditPack(language=language)
            session.add(pack)
        pack.state, pack.tries, pack.done, pack.files = "asked", 0, 0, len(REGISTERS)
        pack.asked_by_id, pack.asked_on = by.id, school.settings.day_of(now)
        record(session, now, by.account, "audit_pack_asked_for", _THING, language=language)


def command_for(language: str) -> tuple[str, ...]:
    """The command of ours that makes it."""
    return ("make-audit-pack", language)


def packs_asked_for(session: Session) -> list[tuple[str, ...]]:
    """Packs that are still to be made, as commands."""
    asked = select(AuditPack.language).where(AuditPack.state == "asked", AuditPack.tries < MOST_TRIES)
    return [command_for(language) for language in session.scalars(asked)]


def begin_pack(school: School, language: str) -> None:
    """Count one more try of a pack that was asked for."""
    with writing(school.engine) as session:
        pack = session.get(AuditPack, language)
        if pack is not None:
            pack.tries, pack.done = pack.tries + 1, 0


def note_made(school: School, language: str, done: int, files: int) -> None:
    """So many registers of so many are made."""
    with writing(school.engine) as session:
        pack = session.get(AuditPack, language)
        if pack is not None:
            pack.files, pack.done = files, done


def keep_pack(school: School, language: str, body: bytes, *, today: date) -> None:
    """Store a pack that was asked for, in the place of an older one."""
    with writing(school.engine) as session:
        pack = session.get(AuditPack, language)
        if pack is not None:
            pack.state, pack.body, pack.sha256, pack.made_on = "made", body, sha256(body).hexdigest(), today


def pack_state(school: School, by: StaffMember, language: str) -> PackState:
    """How far the pack in this language is. NotPermitted."""
    allow(by, Action.SEE_REGISTERS)
    if not may_see_all(school, by):
        return PackState("district")
    with reading(school.engine) as session:
        pack = session.get(AuditPack, language)
        if pack is None:
            return PackState("none")
        state = "failed" if pack.state == "asked" and pack.tries >= MOST_TRIES else pack.state
        return PackState(state, pack.done, pack.files, pack.made_on, pack.sha256 or "")


def take_pack(school: School, by: StaffMember, language: str, *, now: datetime) -> bytes:
    """The pack that was made last; that it was taken is noted. NotPermitted, NotFound."""
    _allow(school, by, Action.SEE_REGISTERS)
    with writing(school.engine) as session:
        body = _body(session, language)
        record(session, now, by.account, "audit_pack_taken", _THING, language=language, sha256=sha256(body).hexdigest())
        return body


def pdf_in_pack(school: School, by: StaffMember, language: str, name: str) -> bytes:
    """A register as the PDF that it is in the pack made last: pages make none. NotPermitted, NotFound."""
    _allow(school, by, Action.SEE_REGISTERS)
    if name not in REGISTERS:
        raise NotFound(name)
    with reading(school.engine) as session, ZipFile(BytesIO(_body(session, language))) as archive:
        return archive.read(f"registers/{name}.pdf")


def _allow(school: School, by: StaffMember, action: Action) -> None:
    allow(by, action)
    if not may_see_all(school, by):
        raise NotFound(_THING)


def _body(session: Session, language: str) -> bytes:
    pack = session.get(AuditPack, language)
    if pack is None or pack.body is None:
        raise NotFound(_THING)
    return pack.body
