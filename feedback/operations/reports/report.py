"""Reports: read as facts, asked for as PDFs, and kept as they were rendered: once, with their hash.

What is asked for and not there yet is in the database, so that a worker that died finds it again: for a round in
`report_request`, for a pilot as a `pilot_document` without a body.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Document, PilotDocument, ReportRequest, Round, StaffMember
from feedback.operations.errors import NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.pilots.book import allow_team
from feedback.operations.record import record
from feedback.operations.reports.kinds import find_kind
from feedback.operations.reports.kinds.kind import Report, hash_of
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: Rendering is begun this often before it counts as failed.
MOST_TRIES = 3
#: There is no such document yet, for there is nothing to tell.
NOTHING_YET = (StillInTheBox, NotEnoughVoices, ResultsPurged)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: `about` is the id of the round or the pilot that its kind is about."""

    about: str
    language: str
    kind: str = "teacher"

    @property
    def report(self) -> Report:
        """Its kind; NotFound."""
        return find_kind(self.kind)

    @property
    def command(self) -> tuple[str, ...]:
        """The command of ours that makes it."""
        return ("make-report", self.about, self.language, "--kind", self.kind)


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a report, `page`, and `of`: the SHA-256 over all that it shows."""

    wanted: Wanted
    page: Any
    of: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendered report."""

    body: bytes
    sha256: str


def report_facts(school: School, wanted: Wanted) -> Told:
    """What a report says; NotFound, StillInTheBox, NotEnoughVoices. For commands, which act for the installation."""
    with reading(school.engine) as session:
        return _told(session, school, wanted)


def read_report(school: School, by: StaffMember, wanted: Wanted) -> Told:
    """The same for an account; NotPermitted, and NotFound for somebody else's round or pilot."""
    with reading(school.engine) as session:
        _allow(session, by, wanted)
        return _told(session, school, wanted)


def find_report(school: School, by: StaffMember, wanted: Wanted) -> Kept | None:
    """The PDF as it would be rendered now; None until it has been."""
    with reading(school.engine) as session:
        _allow(session, by, wanted)
        return _found(session, _told(session, school, wanted))


def ask_for_report(school: School, by: StaffMember, wanted: Wanted, *, now: datetime) -> None:
    """Note that somebody wants the PDF; starts the tries anew."""
    with writing(school.engine) as session:
        _allow(session, by, wanted)
        if wanted.report.scope == "round":
            key = {"round_id": wanted.about, "language": wanted.language, "kind": wanted.kind}
            session.merge(ReportRequest(**key, group="", tries=0))
            return
        asked = _request(session, wanted)
        if asked is None:
            session.add(PilotDocument(pilot_id=wanted.about, kind=wanted.kind, language=wanted.language, of=""))
            record(session, now, by.account, "pilot_document_asked_for", wanted.about, kind=wanted.kind)
        else:
            asked.tries = 0


def report_state(school: School, by: StaffMember, wanted: Wanted) -> str:
    """ "made", "asked", "failed" (tried too often), "none", or "nothing" where there is nothing to tell yet."""
    with reading(school.engine) as session:
        _allow(session, by, wanted)
        try:
            told = _told(session, school, wanted)
        except NOTHING_YET:
            return "nothing"
        if _found(session, told) is not None:
            return "made"
        request = _request(session, wanted)
        if request is None:
            return "none"
        return "asked" if request.tries < MOST_TRIES else "failed"


def begin_report(school: School, wanted: Wanted) -> None:
    """Count one more try of a report that was asked for."""
    with writing(school.engine) as session:
        request = _request(session, wanted)
        if request is not None:
            request.tries += 1


def keep_report(school: School, told: Told, body: bytes) -> str:
    """Store a rendered report; its SHA-256. One that is there already stays as it is."""
    wanted = told.wanted
    with writing(school.engine) as session:
        request = _request(session, wanted)
        if request is not None:
            session.delete(request)
        found = _found(session, told)
        if found is not None:
            return found.sha256
        digest = sha256(body).hexdigest()
        shared = {"kind": wanted.kind, "language": wanted.language, "of": told.of, "body": body, "sha256": digest}
        is_round = wanted.report.scope == "round"
        session.add(
            Document(round_id=wanted.about, **shared) if is_round else PilotDocument(pilot_id=wanted.about, **shared)
        )
        return digest


def kept_report(school: School, told: Told) -> bytes | None:
    """The bytes of the report if it has been rendered; for commands."""
    with reading(school.engine) as session:
        found = _found(session, told)
        return found.body if found else None


def languages_to_make(school: School, by: StaffMember, wanted: Wanted) -> tuple[str, ...]:
    """The languages in which there is such a report for those who were asked; () where it is the reader's own."""
    with reading(school.engine) as session:
        _allow(session, by, wanted)
        speaks = wanted.report.speaks
        return speaks(find_round(session, wanted.about)) if speaks else ()


def languages_made(school: School, by: StaffMember, wanted: Wanted) -> tuple[str, ...]:
    """In which languages this kind was asked for or rendered, whatever it said then; in order of their codes."""
    with reading(school.engine) as session:
        _allow(session, by, wanted)
        if wanted.report.scope == "pilot":
            tables = [select(PilotDocument.language).filter_by(pilot_id=wanted.about, kind=wanted.kind)]
        else:
            key = {"round_id": wanted.about, "kind": wanted.kind}
            tables = [select(table.language).filter_by(**key) for table in (Document, ReportRequest)]
        return tuple(sorted({code for table in tables for code in session.scalars(table)}))


def pilot_reports_asked_for(session: Session) -> list[Wanted]:
    """PDFs about pilots that are still to be made."""
    asked = select(PilotDocument).where(PilotDocument.body.is_(None), PilotDocument.tries < MOST_TRIES)
    return [Wanted(one.pilot_id, one.language, one.kind) for one in session.scalars(asked)]


def given_up_reports(school: School) -> int:
    """How many reports were tried too often."""
    with reading(school.engine) as session:
        given_up = (
            select(func.count()).select_from(ReportRequest).where(ReportRequest.tries >= MOST_TRIES),
            select(func.count())
            .select_from(PilotDocument)
            .where(PilotDocument.body.is_(None), PilotDocument.tries >= MOST_TRIES),
        )
        return sum(session.scalar(one) or 0 for one in given_up)


def _allow(session: Session, by: StaffMember, wanted: Wanted) -> None:
    """Who sees a round's figures sees its reports; a pilot's are for its team, as far as it sees all of its rounds'."""
    if wanted.report.scope == "round":
        allow(by, Action.SEE_RELEASES, find_round(session, wanted.about))
        return
    pilot = allow_team(session, by, wanted.about)
    for round_ in session.scalars(select(Round).where(Round.pilot_id == pilot.id, Round.state == "scrubbed")):
        allow(by, Action.SEE_RELEASES, round_)


def _told(session: Session, school: School, wanted: Wanted) -> Told:
    page = wanted.report.facts(session, school, wanted.about, wanted.language)
    return Told(wanted, page, hash_of(wanted.report, page, wanted.language))


def _found(session: Session, told: Told) -> Kept | None:
    wanted = told.wanted
    shared = {"kind": wanted.kind, "language": wanted.language, "of": told.of}
    found: Document | PilotDocument | None
    if wanted.report.scope == "round":
        found = session.scalar(select(Document).filter_by(round_id=wanted.about, **shared))
    else:
        found = session.scalar(select(PilotDocument).filter_by(pilot_id=wanted.about, **shared))
    return Kept(found.body, found.sha256) if found and found.body is not None and found.sha256 is not None else None


def _request(session: Session, wanted: Wanted) -> ReportRequest | PilotDocument | None:
    if wanted.report.scope == "round":
        return session.get(ReportRequest, (wanted.about, wanted.language, wanted.kind, ""))
    key = {"pilot_id": wanted.about, "kind": wanted.kind, "language": wanted.language, "of": ""}
    return session.scalar(select(PilotDocument).filter_by(**key))
