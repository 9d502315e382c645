"""Deletion certificates: reading them, and looking once more when the last backup from before has gone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic_core import from_json
from sqlalchemy import select

from feedback.db import reading, writing
from feedback.models import Certificate, Round, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.record import record
from feedback.operations.retention.certificate_facts import RECHECK, search_told
from feedback.operations.retention.certificate_files import keep_file
from feedback.operations.retention.marker import look_for, word_of
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.evidence import canonical, evidence_key, evidence_pem, sign_document
from feedback.privacy.permissions import Action

#: The steps of a deletion in their order, as a page counts them.
STEPS = ("begun", "deleting", "scrubbing", "signed")


@dataclass(frozen=True, slots=True)
class CertificateSeen:
    """A deletion as a page shows it. `facts` are the signed ones; None until it is signed. `recheck` likewise."""

    id: str
    title: str
    layers: tuple[str, ...]
    step: str
    begun_on: date
    sha256: str
    facts: dict[str, Any] | None
    signed_on: date | None
    check_after: date | None
    recheck: dict[str, Any] | None
    public_key: str
    school_name: str

    def day_of(self, text: str) -> date:
        """A day as it is written in the signed facts."""
        return date.fromisoformat(text)

    @property
    def is_clean(self) -> bool:
        """Whether the marker was found nowhere afterwards, and was found before."""
        search = (self.facts or {}).get("search", {})
        return not search.get("found_after_in", ["?"]) and bool(search.get("found_before_in_layers"))


def certificates(school: School, by: StaffMember) -> list[CertificateSeen]:
    """All there are, and what is under way; the newest first. NotPermitted."""
    allow(by, Action.SEE_RETENTION)
    return _all(school)


def _all(school: School) -> list[CertificateSeen]:
    with reading(school.engine) as session:
        rows = session.scalars(select(Certificate).order_by(Certificate.begun_on.desc(), Certificate.id))
        # Of a district, those of the rounds that this school sees; try-outs are told of as a number only.
        titles = {each.id: each.title for each in session.scalars(select(Round))}
        return [_seen(row, titles.get(row.round_id or "", "")) for row in rows if row.round_id in {None, *titles}]


def certificate(school: School, by: StaffMember, certificate_id: str) -> CertificateSeen:
    """One of them. NotFound, NotPermitted."""
    allow(by, Action.SEE_RETENTION)
    return find_certificate(school, certificate_id)


def find_certificate(school: School, certificate_id: str) -> CertificateSeen:
    """One of them, for commands. NotFound."""
    for each in _all(school):
        if each.id == certificate_id:
            return each
    raise NotFound(certificate_id)


def signed_json(school: School, by: StaffMember, certificate_id: str, part: str = "certificate") -> bytes:
    """The certificate, or what was signed when it was checked again ("recheck"), as it was signed. NotFound."""
    allow(by, Action.SEE_RETENTION)
    find_certificate(school, certificate_id)
    with reading(school.engine) as session:
        row = session.get(Certificate, certificate_id)
        body = (row.recheck if part == "recheck" else row.document) if row else None
    if body is None:
        raise NotFound(certificate_id)
    return body.encode()


def public_parts(school: School) -> tuple[str, str]:
    """The school's evidence key for everybody: its 64 hex digits, and as OpenSSL reads it."""
    key = evidence_key(school.keystore)
    return key.hex(), evidence_pem(key)


def check_again(school: School, *, today: date, now: datetime) -> int:
    """Look once more for what was deleted before the backups that are over now; how many were checked and signed."""
    with reading(school.engine) as session:
        due = select(Certificate).where(Certificate.check_after < today, Certificate.recheck.is_(None))
        rows = {each.id: (each.sha256, each.begun_on) for each in session.scalars(due)}
    if not rows:
        return 0
    words = {id_: word_of(school, id_) for id_ in rows}
    search = look_for(school, words.values(), backups_since=min(begun_on for _sha256, begun_on in rows.values()))
    for id_, (certified, _begun_on) in rows.items():
        facts = {"certificate": id_, "certificate_sha256": certified, "search": search_told(search, words[id_])}
        name = school.settings.school_name
        signed = canonical(sign_document(school.keystore, RECHECK, facts, school_name=name, on=today))
        with writing(school.engine) as session:
            session.get_one(Certificate, id_).recheck = signed.decode()
            record(session, now, "schedule", "deletion_checked_again", id_)
        keep_file(school, id_, signed.decode(), is_recheck=True)
    return len(rows)


def _seen(row: Certificate, title: str) -> CertificateSeen:
    document = from_json(row.document) if row.document else None
    return CertificateSeen(
        row.id,
        title or row.before["title"],
        tuple(row.layers),
        row.step,
        row.begun_on,
        row.sha256 or "",
        document["facts"] if document else None,
        date.fromisoformat(document["signed_on"]) if document else None,
        row.check_after,
        from_json(row.recheck) if row.recheck else None,
        document["public_key"] if document else "",
        document["school"] if document else "",
    )
