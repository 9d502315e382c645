"""What a report shows, and the documents that were rendered of it: once, stored with their hash."""

import json
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from analysis.summary import Reader
from feedback.db import reading, writing
from feedback.models import Document, ReportRequest, Round, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.next_steps import steps_of
from feedback.operations.publish import read_instrument
from feedback.operations.read_release import Released, read_released
from feedback.operations.rounds import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from forms.definition import Instrument

TEACHER = "teacher"
#: Rendering is begun this often before it counts as failed.
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything a report shows: the round with its pilot (detached), the frozen release, the next steps as worded.

    `of` is the SHA-256 over the hashes of all of it: two documents with the same `of` say the same.
    """

    round: Round
    instrument: Instrument
    released: Released
    next_steps: dict[str, tuple[str, str]]
    of: str


def report_facts(school: School, round_id: str, language: str) -> ReportFacts:
    """What the teacher's report of a round says in this language; StillInTheBox, NotEnoughVoices."""
    with reading(school.engine) as session:
        facts = _facts(session, round_id, language)
        session.expunge_all()
        return facts


def find_document(school: School, by: StaffMember, round_id: str, language: str) -> Document | None:
    """The teacher's report as it would be rendered now, detached; None until it has been."""
    with reading(school.engine) as session:
        allow(by, Action.SEE_RELEASES, find_round(session, round_id))
        found = _document(session, _facts(session, round_id, language), language)
        session.expunge_all()
        return found


def ask_for_report(school: School, by: StaffMember, round_id: str, language: str) -> None:
    """Note that somebody wants the report, so that a worker that died finds it again; starts the tries anew."""
    with writing(school.engine) as session:
        allow(by, Action.SEE_RELEASES, find_round(session, round_id))
        session.merge(ReportRequest(round_id=round_id, language=language, kind=TEACHER, group="", tries=0))


def report_state(school: School, by: StaffMember, round_id: str, language: str) -> str:
    """ "made", "asked", "failed" (tried too often) or "none"."""
    if find_document(school, by, round_id, language) is not None:
        return "made"
    with reading(school.engine) as session:
        request = session.get(ReportRequest, (round_id, language, TEACHER, ""))
        if request is None:
            return "none"
        return "asked" if request.tries < MOST_TRIES else "failed"


def begin_report(school: School, round_id: str, language: str) -> None:
    """Count one more try of a report that was asked for."""
    with writing(school.engine) as session:
        request = session.get(ReportRequest, (round_id, language, TEACHER, ""))
        if request is not None:
            request.tries += 1


def keep_document(school: School, facts: ReportFacts, language: str, body: bytes) -> str:
    """Store a rendered report; its SHA-256. One that is there already stays as it is."""
    with writing(school.engine) as session:
        session.execute(delete(ReportRequest).filter_by(round_id=facts.round.id, language=language, kind=TEACHER))
        found = _document(session, facts, language)
        if found is not None:
            return found.sha256
        digest = sha256(body).hexdigest()
        session.add(
            Document(round_id=facts.round.id, kind=TEACHER, language=language, of=facts.of, body=body, sha256=digest)
        )
        return digest


def kept_document(school: School, facts: ReportFacts, language: str) -> bytes | None:
    """The bytes of the report if it has been rendered; for commands, which act for the installation."""
    with reading(school.engine) as session:
        found = _document(session, facts, language)
        return found.body if found else None


def _facts(session: Session, round_id: str, language: str) -> ReportFacts:
    round_ = session.scalar(
        select(Round).where(Round.id == round_id).options(joinedload(Round.pilot), joinedload(Round.instrument))
    )
    if round_ is None:
        raise NotFound(round_id)
    released = read_released(session, round_, Reader.TEAM)
    instrument = read_instrument(round_.instrument.body)
    steps = steps_of(session, released, instrument, language)
    pilot = round_.pilot
    shown = [
        [released.figures_sha256, released.words_sha256, round_.instrument.sha256, steps, language, round_.title],
        [pilot.words, pilot.hypothesis, pilot.also_changing, str(pilot.criterion_locked_on), str(round_.promise_on)],
        [round_.comments_purged_on is not None],
    ]
    of = sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return ReportFacts(round_, instrument, released, steps, of)


def _document(session: Session, facts: ReportFacts, language: str) -> Document | None:
    return session.scalar(
        select(Document).where(
            Document.round_id == facts.round.id,
            Document.kind == TEACHER,
            Document.language == language,
            Document.of == facts.of,
        )
    )
