"""What belongs to no round and goes by its own date: class try-outs; decisions, proofs and the list after years."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import (
    Approval,
    AuditPack,
    Base,
    Certificate,
    CheckDecision,
    FamilyNotice,
    FormApproval,
    Hold,
    Incident,
    IncidentNote,
    MonthReport,
    ProofRun,
    SchoolLetter,
    SignOff,
)
from feedback.operations.record import record
from feedback.operations.retention.certificate_files import forget_files
from feedback.operations.retention.deletions import Why, begin
from feedback.operations.retention.holds import holds_that_stand
from feedback.operations.retention.shorten_list import shorten_list
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.operations.workshop.try_outs_over import try_outs_due
from feedback.privacy.schedule import schedule_of


def purge_dated(school: School, *, today: date, now: datetime, account: str) -> None:
    """Begin the deletion of try-outs that are due; delete decisions and proofs that are, which are about nobody."""
    with reading(school.engine) as session:
        if holds_that_stand(session).everything:
            return
        has_try_outs = bool(try_outs_due(session, school, today))
    if has_try_outs:
        with writing(school.engine) as session:
            begin(session, school, None, ["try_outs"], Why(account, {"try_outs": 1}), today=today, now=now)
    _delete_old(school, today=today, now=now, account=account)
    shorten_list(school, today=today, now=now, account=account)


def _delete_old(school: School, *, today: date, now: datetime, account: str) -> None:
    with writing(school.engine) as session:
        layers = schedule_of(law_in(session, school.settings))
        proved = today - timedelta(days=layers["proofs"].days)
        decided = today - timedelta(days=layers["notices"].days)
        for id_ in session.scalars(select(Certificate.id).where(Certificate.begun_on <= proved)):
            forget_files(school, id_)
        gone = Counter[str]()
        _forget_incidents(session, proved, gone)
        for layer, table, is_old in _old(decided, proved):
            deleted = session.execute(delete(table).where(is_old))
            if isinstance(deleted, CursorResult) and deleted.rowcount:
                gone[layer] += deleted.rowcount
        if gone:
            record(session, now, account, "records_purged", "", **gone)


def _forget_incidents(session: Session, proved: date, gone: Counter[str]) -> None:
    """An incident goes with its notes, once it is closed and nothing was noted about it for years."""
    last = select(IncidentNote.incident_id, func.max(IncidentNote.noted_at)).group_by(IncidentNote.incident_id)
    closed = set(session.scalars(select(IncidentNote.incident_id).where(IncidentNote.kind == "closed")))
    old = [id_ for id_, noted_at in session.execute(last) if id_ in closed and noted_at.date() <= proved]
    for table, key in ((IncidentNote, IncidentNote.incident_id), (Incident, Incident.id)):
        session.execute(delete(table).where(key.in_(old)))
    if old:
        gone["proofs"] += len(old)


def _old(decided: date, proved: date) -> tuple[tuple[str, type[Base], ColumnElement[bool]], ...]:
    return (
        ("notices", Approval, Approval.asked_on <= decided),
        ("notices", CheckDecision, CheckDecision.decided_on <= decided),
        ("notices", FamilyNotice, FamilyNotice.given_on <= decided),
        ("notices", FormApproval, FormApproval.approved_on <= decided),
        ("notices", SchoolLetter, SchoolLetter.written_on <= decided),
        ("notices", SignOff, SignOff.signed_on <= decided),
        ("proofs", Hold, Hold.lifted_on <= proved),
        ("proofs", Certificate, (Certificate.begun_on <= proved) & (Certificate.step == "signed")),
        ("proofs", AuditPack, AuditPack.asked_on <= proved),
        ("proofs", ProofRun, ProofRun.started_on <= proved),
        ("proofs", MonthReport, MonthReport.month <= proved),
    )
