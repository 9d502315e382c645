"""Ready letters of the privacy officer: what is held, what cannot be found and why, and the figures, signed."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.i18n import Catalogue, offered
from feedback.models import AuditEntry, Comment, Envelope, Release, Round, SchoolLetter, StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.reports.kinds.letter import LETTER_KINDS, LetterPage
from feedback.operations.reports.report import MOST_TRIES
from feedback.operations.rules import rules_in
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.evidence import sign_document
from feedback.privacy.permissions import Action

#: Rounds whose box is not opened yet.
_SHUT = ("open", "closed", "counting")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was written. `state`: "made", "asked" or "failed"."""

    id: str
    kind: str
    language: str
    written_on: date
    state: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LetterFile:
    """What goes out: the PDF, or the signed figures as JSON."""

    name: str
    mimetype: str
    body: bytes


def write_letter(school: School, by: StaffMember, kind: str, language: str, *, now: datetime) -> str:
    """The id of a new letter, whose PDF the worker makes. NotPermitted; NotReady("kind") or ("languages")."""
    allow(by, Action.WRITE_LETTERS)
    if kind not in LETTER_KINDS:
        raise NotReady("kind")
    if language not in offered(Catalogue.STAFF):
        raise NotReady("languages")
    today = school.settings.day_of(now)
    with writing(school.engine) as session:
        facts = {"letter": kind, **_figures(session, school)}
        name = school.settings.school_name
        signed = sign_document(school.keystore, "letter", facts, school_name=name, on=today)
        letter = SchoolLetter(kind=kind, language=language, written_on=today, by_id=by.id)
        letter.signed = json.dumps(signed, ensure_ascii=False, sort_keys=True)
        session.add(letter)
        session.flush()
        record(session, now, by.account, "letter_written", letter.id, kind=kind, language=language)
        return letter.id


def letters_of(school: School, by: StaffMember) -> list[Letter]:
    """The letters that were written, the newest first. NotPermitted."""
    allow(by, Action.WRITE_LETTERS)
    with reading(school.engine) as session:
        rows = session.scalars(select(SchoolLetter).order_by(SchoolLetter.written_on.desc(), SchoolLetter.id))
        return [Letter(row.id, row.kind, row.language, row.written_on, _state(row), row.sha256) for row in rows]


def letter_page(school: School, by: StaffMember, letter_id: str) -> tuple[LetterPage, str]:
    """What a letter says, and its language. NotPermitted, NotFound."""
    allow(by, Action.WRITE_LETTERS)
    return letter_facts(school, letter_id)


def letter_facts(school: School, letter_id: str) -> tuple[LetterPage, str]:
    """The same for commands, which act for the installation."""
    with reading(school.engine) as session:
        row = _find(session, letter_id)
        signed: dict[str, Any] = json.loads(row.signed)
        page = LetterPage(
            kind=row.kind,
            school=signed["school"],
            released_on=row.written_on,
            facts=signed["facts"],
            signature=signed["signature"],
            public_key=signed["public_key"],
        )
        return page, row.language


def letter_file(school: School, by: StaffMember, letter_id: str, form: str) -> LetterFile:
    """The file to hand over: "pdf" or "json". NotPermitted; NotFound, also while there is no PDF yet."""
    allow(by, Action.WRITE_LETTERS)
    with reading(school.engine) as session:
        row = _find(session, letter_id)
        name = f"letter-{row.kind}-{row.language}.{form}"
        if form == "json":
            return LetterFile(name, "application/json", row.signed.encode())
        if row.body is None:
            raise NotFound(letter_id)
        return LetterFile(name, "application/pdf", row.body)


def begin_letter(school: School, letter_id: str) -> None:
    """Count one more try."""
    with writing(school.engine) as session:
        _find(session, letter_id).tries += 1


def keep_letter(school: School, letter_id: str, body: bytes) -> None:
    """Store the PDF; one that is there already stays as it is."""
    with writing(school.engine) as session:
        row = _find(session, letter_id)
        if row.body is None:
            row.body, row.sha256 = body, sha256(body).hexdigest()


def letters_asked_for(session: Session) -> list[str]:
    """Ids of letters that are still to be made."""
    asked = select(SchoolLetter.id).where(SchoolLetter.body.is_(None), SchoolLetter.tries < MOST_TRIES)
    return list(session.scalars(asked))


def _figures(session: Session, school: School) -> dict[str, Any]:
    """Whole rounds and releases only: a number of envelopes would tell how many have answered."""
    asked = (~Round.sample, Round.state != "draft")

    def rounds(*where: Any) -> int:
        return session.scalar(select(func.count()).select_from(Round).where(*asked, *where)) or 0

    rules = rules_in(session, school.settings)
    head = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1))
    return {
        "rounds_shut": rounds(Round.state.in_(_SHUT), Round.id.in_(select(Envelope.round_id))),
        "rounds_counted": rounds(Round.state == "scrubbed"),
        "rounds_with_words": rounds(Round.id.in_(select(Comment.round_id))),
        "rounds_deleted": rounds(Round.tallies_purged_on.is_not(None)),
        "releases": sorted(set(session.scalars(select(Release.sha256).join(Round).where(~Round.sample)))),
        "rules": rules.jurisdiction.id,
        "fewest_team": rules.k_team,
        "fewest_public": rules.k_public,
        "audit_head": head or "",
    }


def _find(session: Session, letter_id: str) -> SchoolLetter:
    row = session.get(SchoolLetter, letter_id)
    if row is None:
        raise NotFound(letter_id)
    return row


def _state(row: SchoolLetter) -> str:
    if row.body is not None:
        return "made"
    return "asked" if row.tries < MOST_TRIES else "failed"
