"""A restore that two people agree to, what it deletes again, and the drill that tries one beside everything."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Approval, AuditEntry, Comment, Round, StaffMember
from feedback.operations.audit.last_drill import last_drill
from feedback.operations.backup import backup, backups_in
from feedback.operations.errors import BackupRefused
from feedback.operations.restoring.drill import drill
from feedback.operations.restoring.restore import restore
from feedback.operations.restoring.restore_asked import ask_to_restore
from feedback.operations.retention.certificates import certificates
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.operations.two_people import agree
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_staff_member
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
LATER = TODAY + timedelta(days=1095)


@pytest.fixture
def round_(school: School) -> Round:
    return a_counted_round(school, *[{"wish": f"Soup {n}"} for n in range(12)], instrument=a_family_instrument())


@pytest.fixture
def two(school: School) -> tuple[StaffMember, StaffMember]:
    """An administrator, who asks, and an officer, who agrees."""
    return (
        a_staff_member(school, "administrator", account="it@example.org"),
        a_staff_member(school, "officer", account="officer@example.org"),
    )


def _back_up(school: School) -> Path:
    return backup(school, today=TODAY, now=NOW, account="console").file


def _restore(school: School, file: Path) -> dict[str, object]:
    restore(school, file, today=TODAY, now=NOW, account="console")
    with Session(school.engine) as session:
        newest = select(AuditEntry).where(AuditEntry.action == "restored").order_by(AuditEntry.number.desc())
        return dict(session.scalars(newest).first().facts)  # type: ignore[union-attr]  # it was just written


def test_nobody_restores_alone_and_a_yes_is_used_once(school: School, two: tuple[StaffMember, StaffMember]) -> None:
    administrator, officer = two
    file = _back_up(school)
    with pytest.raises(BackupRefused, match="Two people have to agree"):
        _restore(school, file)
    asked = ask_to_restore(school, administrator, file.name, reason="The disk is full", now=NOW)
    with pytest.raises(BackupRefused, match="Two people have to agree"):
        _restore(school, file)
    agree(school, officer, asked, now=NOW)
    # A backup that knows the yes itself gives nobody a second one.
    knows = _back_up(school)
    also = ask_to_restore(school, administrator, knows.name, reason="The disk is full", now=NOW)
    agree(school, officer, also, now=NOW)
    assert _restore(school, file)["agreed_by"] == "officer@example.org"
    with pytest.raises(BackupRefused, match="Two people have to agree"):
        _restore(school, file)
    with Session(school.engine) as session:
        assert session.scalars(select(Approval)).all() == []


def test_a_database_that_cannot_be_read_is_restored_alone_and_that_is_noted(
    school_in_a_file: School,
) -> None:
    school = school_in_a_file
    a_staff_member(school, "administrator", account="it@example.org")
    a_staff_member(school, "officer", account="officer@example.org")
    file = _back_up(school)
    school.engine.dispose()
    path = Path(str(school.engine.url.database))
    path.unlink()
    assert _restore(school, file)["alone"] == "there was no database"


def test_what_was_purged_since_the_backup_is_in_no_answer_of_the_service(
    school: School, app: Flask, round_: Round
) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    officer = a_staff_member(school, "officer", account="officer@example.org")
    file = _back_up(school)
    pages = (f"/rounds/{round_.id}/results", f"/rounds/{round_.id}/results/export")
    desk = Desk(app, lead)
    assert [desk.status(page) for page in pages] == [200, 200]
    purge(school, today=LATER, now=NOW)
    (certified,) = certificates(school, officer)
    _restore(school, file)
    desk = Desk(app, lead)
    assert [desk.status(page) for page in pages] == [410, 410]
    assert "Soup" not in app.test_client().get(f"/en/r/{round_.code}/results").get_data(as_text=True)
    with Session(school.engine) as session:
        assert session.scalars(select(Comment)).all() == []
    # The certificate came back from its file, as it was signed.
    assert [each.sha256 for each in certificates(school, officer)] == [certified.sha256]


@pytest.mark.usefixtures("round_")
def test_the_drill_changes_nothing_and_is_remembered(school: School) -> None:
    if school.engine.dialect.name == "postgresql":
        _let_make_databases(school)
    with pytest.raises(BackupRefused, match="no backup"):
        drill(school, today=TODAY, now=NOW, account="console")
    assert last_drill(school) is None
    _back_up(school)
    purge(school, today=LATER, now=NOW)
    ledger = school.keystore.ledger_lines()
    done = drill(school, today=TODAY, now=NOW, account="console")
    assert (done.mended, done.wrong) == (2, ())
    assert school.keystore.ledger_lines() == ledger
    told = last_drill(school)
    assert told is not None
    assert (told.day, told.is_well) == (TODAY, True)
    assert [path.name for path in (school.settings.instance / "copying").iterdir()] == []


def test_the_drill_finds_a_log_that_was_changed(school: School, round_: Round) -> None:
    if school.engine.dialect.name == "postgresql":
        _let_make_databases(school)
    with Session(school.engine) as session, session.begin():
        session.add(
            AuditEntry(
                number=99,
                at=NOW,
                account="x",
                action="purged",
                object_id=round_.id,
                facts={},
                previous_hash="0",
                hash="0",
            )
        )
    _back_up(school)
    done = drill(school, today=TODAY, now=NOW, account="console")
    assert "audit" in done.wrong
    assert len(backups_in(school.settings.backup_folder)) == 1


def _let_make_databases(school: School) -> None:
    import psycopg  # noqa: PLC0415 - on that database only

    with psycopg.connect(host=str(school.engine.url.query["host"]), user="postgres", autocommit=True) as connection:
        connection.execute("ALTER ROLE voicebox CREATEDB")
