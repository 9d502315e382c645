"""A backup that was put back is no attack on the list of what staff did, and what follows is held to new heads."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry
from feedback.operations.backup import backup
from feedback.operations.heads import begins_after, first_wrong_entry, sign_head
from feedback.operations.restoring.restore import restore
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.privacy.audit import How
from feedback.privacy.schedule import schedule_of
from tests.factories import NOW
from tests.feedback.operations.test_heads import act

TODAY = NOW.date()


def test_a_restored_backup_is_no_attack_and_what_follows_is_held_to_new_heads(school: School) -> None:
    act(school, 2)
    file = backup(school, today=TODAY, now=NOW, account="console").file
    act(school, 4)
    sign_head(school, today=TODAY)
    restore(school, file, today=TODAY, now=NOW, account="console")
    assert first_wrong_entry(school) is None
    act(school, 3)
    sign_head(school, today=TODAY + timedelta(1))
    assert first_wrong_entry(school) is None
    with Session(school.engine) as session, session.begin():
        last = session.scalars(select(AuditEntry.number).order_by(AuditEntry.number.desc())).first()
        session.execute(delete(AuditEntry).where(AuditEntry.number == last))
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert wrong.how is How.CUT_OFF


def test_a_backup_brings_no_entry_back_that_went_by_its_date(school: School) -> None:
    act(school, 4)
    file = backup(school, today=TODAY, now=NOW, account="console").file
    later = timedelta(schedule_of("strictest")["audit"].days + 1)
    purge(school, today=TODAY + later, now=NOW + later)
    sign_head(school, today=TODAY + later)
    assert begins_after(school).number == 4
    restore(school, file, today=TODAY + later, now=NOW + later, account="console")
    with Session(school.engine) as session:
        assert session.scalar(select(func.min(AuditEntry.number))) == 4
    assert first_wrong_entry(school) is None
    sign_head(school, today=TODAY + later + timedelta(1))
    assert first_wrong_entry(school) is None
