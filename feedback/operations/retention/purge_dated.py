"""What belongs to no round and goes by its own date: class try-outs, and decisions and proofs after their years."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, delete, select

from feedback.db import reading, writing
from feedback.models import Approval, Base, Certificate, CheckDecision, FamilyNotice, FormApproval, Hold, SchoolLetter
from feedback.operations.record import record
from feedback.operations.retention.certificate_files import forget_files
from feedback.operations.retention.deletions import Why, begin
from feedback.operations.retention.holds import holds_that_stand
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


def _delete_old(school: School, *, today: date, now: datetime, account: str) -> None:
    with writing(school.engine) as session:
        proved = today - timedelta(days=schedule_of(school.settings.law)["proofs"].days)
        for id_ in session.scalars(select(Certificate.id).where(Certificate.begun_on <= proved)):
            forget_files(school, id_)
        gone = {}
        for table, is_old in _old(school, today):
            deleted = session.execute(delete(table).where(is_old))
            if isinstance(deleted, CursorResult) and deleted.rowcount:
                gone[table.__tablename__] = deleted.rowcount
        if gone:
            record(session, now, account, "records_purged", "", **gone)


def _old(school: School, today: date) -> tuple[tuple[type[Base], ColumnElement[bool]], ...]:
    layers = schedule_of(school.settings.law)
    decided = today - timedelta(days=layers["notices"].days)
    proved = today - timedelta(days=layers["proofs"].days)
    return (
        (Approval, Approval.asked_on <= decided),
        (CheckDecision, CheckDecision.decided_on <= decided),
        (FamilyNotice, FamilyNotice.given_on <= decided),
        (FormApproval, FormApproval.approved_on <= decided),
        (SchoolLetter, SchoolLetter.written_on <= decided),
        (Hold, Hold.lifted_on <= proved),
        (Certificate, (Certificate.begun_on <= proved) & (Certificate.step == "signed")),
    )
