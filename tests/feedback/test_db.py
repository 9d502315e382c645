"""What the database promises on every connection, seen from SQLite's file; PostgreSQL's half is tests/postgres."""

import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pysqlite3 import dbapi2 as built_elsewhere
from sqlalchemy import Engine, text

from feedback.config import NotConfigured
from feedback.db import NotScrubbed, connect, patience, reading, scrub, sqlite, writing

_NEEDLE = b"needle-5c1f" * 40


@pytest.fixture(params=[sqlite3, built_elsewhere], ids=["of Debian", "with secure_delete off by default"])
def build(request: pytest.FixtureRequest) -> ModuleType:
    """A build of SQLite: Debian's, and one whose defaults keep what is deleted."""
    found: ModuleType = request.param
    return found


@pytest.fixture
def engine(tmp_path: Path, build: ModuleType) -> Iterator[Engine]:
    """A database with one table, in that build."""
    opened = connect(f"sqlite:///{tmp_path / 'voicebox.db'}", module=build)
    with writing(opened) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    yield opened
    opened.dispose()


def _write_and_delete(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("INSERT INTO note VALUES (:body)"), {"body": _NEEDLE.decode()})
    with writing(engine) as session:
        session.execute(text("DELETE FROM note"))


def _move_the_log_into_the_file(engine: Engine) -> None:
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("voicebox.db*"))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_every_connection_keeps_its_promises(engine: Engine, pragma: str, value: object) -> None:
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
        engine.dispose()


def test_what_is_deleted_is_in_no_byte_of_the_files_after_scrubbing(engine: Engine, tmp_path: Path) -> None:
    _write_and_delete(engine)
    # The negative control: the write-ahead log has it still.
    assert _NEEDLE in _bytes(tmp_path)
    scrub(engine)
    assert _NEEDLE not in _bytes(tmp_path)
    assert (tmp_path / "voicebox.db-wal").stat().st_size == 0


def test_what_is_deleted_is_overwritten_at_once_in_the_file_itself(engine: Engine, tmp_path: Path) -> None:
    _write_and_delete(engine)
    _move_the_log_into_the_file(engine)
    assert _NEEDLE not in _bytes(tmp_path)


def test_where_secure_delete_is_left_to_the_build_a_deleted_row_stays_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control: this is what the line in the listener is there for.
    left = tuple(pragma for pragma in sqlite.PROMISES if not pragma.startswith("secure_delete"))
    monkeypatch.setattr(sqlite, "PROMISES", left)
    engine = connect(f"sqlite:///{tmp_path / 'voicebox.db'}", module=built_elsewhere)
    with writing(engine) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    _write_and_delete(engine)
    _move_the_log_into_the_file(engine)
    assert _NEEDLE in _bytes(tmp_path)
    engine.dispose()


def test_a_reader_in_the_way_is_waited_for(engine: Engine, tmp_path: Path, build: ModuleType) -> None:
    # In the same build: two of them in one process would undo each other's locks.
    other = build.connect(str(tmp_path / "voicebox.db"), check_same_thread=False, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM note").fetchall()
    with writing(engine) as session:
        session.execute(text("INSERT INTO note VALUES ('x')"))
    leaves = threading.Timer(0.5, other.rollback)
    leaves.start()
    scrub(engine)
    leaves.join()
    other.close()
    assert (tmp_path / "voicebox.db-wal").stat().st_size == 0


def test_a_reader_who_never_leaves_is_told_of_and_not_passed_over(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "BUSY_SECONDS", 0)
    engine.dispose()
    with reading(engine) as session:
        session.execute(text("SELECT * FROM note")).all()
        with pytest.raises(NotScrubbed):
            scrub(engine, tries=2)


@pytest.mark.parametrize(
    "url", ["", "voicebox.db", "mysql://school@localhost/voicebox", "postgresql+psycopg2://localhost/voicebox"]
)
def test_a_database_of_another_kind_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(NotConfigured, match="must begin with sqlite:/// or postgresql\\+psycopg://"):
        connect(url)


def test_without_the_driver_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NotConfigured, match=r"Run: pip install 'voicebox\[postgres\]'"):
        connect("postgresql+psycopg://voicebox@localhost/voicebox")
