"""What the database promises on every connection, seen from the file."""

import sqlite3
import threading

import pytest
from sqlalchemy import text

from feedback import db
from feedback.db import WriteAheadLogNotEmpty, reading, scrub, writing
from feedback.operations.school import School


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_every_connection_keeps_its_promises(school: School, pragma: str, value: object) -> None:
    for _ in range(2):
        with school.engine.connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
        school.engine.dispose()


def test_what_is_deleted_is_in_no_byte_of_the_files_after_scrubbing(school: School) -> None:
    needle = "needle-5c1f" * 40
    with writing(school.engine) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
        session.execute(text("INSERT INTO note VALUES (:body)"), {"body": needle})
    with writing(school.engine) as session:
        session.execute(text("DELETE FROM note"))
    scrub(school.engine)
    files = list(school.settings.instance.glob("voicebox.db*"))
    assert not any(needle.encode() in path.read_bytes() for path in files)
    assert (school.settings.instance / "voicebox.db-wal").stat().st_size == 0


def test_a_reader_in_the_way_is_waited_for(school: School) -> None:
    with writing(school.engine) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    other = sqlite3.connect(str(school.engine.url.database), check_same_thread=False, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM note").fetchall()
    with writing(school.engine) as session:
        session.execute(text("INSERT INTO note VALUES ('x')"))
    leaves = threading.Timer(0.5, other.rollback)
    leaves.start()
    scrub(school.engine)
    leaves.join()
    other.close()
    assert (school.settings.instance / "voicebox.db-wal").stat().st_size == 0


def test_a_reader_who_never_leaves_is_told_of_and_not_passed_over(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_TRIES", 2)
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    school.engine.dispose()
    with writing(school.engine) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    with reading(school.engine) as session:
        session.execute(text("SELECT * FROM note")).all()
        with pytest.raises(WriteAheadLogNotEmpty):
            scrub(school.engine)
