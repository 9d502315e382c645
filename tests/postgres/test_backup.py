"""What is different about backups on PostgreSQL: other programs, other schemas, and passwords that nobody may see."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from feedback import copies
from feedback.config import Settings
from feedback.copies import postgresql
from feedback.models import Base, Round
from feedback.operations.backup import backup, backups_in
from feedback.operations.errors import BackupRefused
from feedback.operations.restoring.restore import restore
from feedback.operations.school import School, open_school
from tests.factories import NOW, a_round

TODAY = NOW.date()


@pytest.fixture
def school(settings: Settings) -> Iterator[School]:
    """A school on PostgreSQL."""
    opened = open_school(settings)
    yield opened
    opened.engine.dispose()


def _titles(school: School) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Round.title)))


def test_a_restore_that_the_power_cut_off_is_undone_before_the_next(school: School) -> None:
    file = backup(school, today=TODAY, now=NOW, account="console").file
    a_round(school, title="Class 2B")
    for _cut_off in range(2):
        with school.engine.begin() as connection:
            postgresql._put_aside(connection)
        Base.metadata.tables["chore"].create(school.engine)
        copies.mend(school.engine)
        assert _titles(school) == ["Class 2B"]
    with school.engine.begin() as connection:
        postgresql._put_aside(connection)
    restore(school, file, today=TODAY, now=NOW, account="console")
    assert _titles(school) == []


def test_without_the_servers_programs_nothing_is_begun_and_the_package_is_named(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused, match="apt-get install postgresql-client"):
        backup(school, today=TODAY, now=NOW, account="console")
    assert backups_in(school.settings.backup_folder) == []


def test_a_password_is_given_to_no_command_line() -> None:
    url = make_url("postgresql+psycopg://voicebox:needle@db.example:5433/school?sslmode=require")
    given = postgresql._environment(url)
    wanted = {"PGUSER": "voicebox", "PGPASSWORD": "needle", "PGHOST": "db.example", "PGPORT": "5433"}
    assert {name: given[name] for name in wanted} == wanted
    assert (given["PGDATABASE"], given["PGSSLMODE"]) == ("school", "require")
