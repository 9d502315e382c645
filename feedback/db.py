"""The database: an engine that keeps its promises on every connection, and transactions that begin as writers."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

#: Seconds a writer waits for another before the respondent is told to try again.
BUSY_SECONDS = 10
#: How often, and how many seconds apart, emptying the write-ahead log is tried while somebody reads.
_TRIES, _BETWEEN_TRIES = 30, 0.2


class WriteAheadLogNotEmpty(Exception):
    """Somebody was reading while the write-ahead log was to be emptied; deleted bytes may still be in it."""


def connect(database_url: str) -> Engine:
    """An engine for the URL. SQLite connections get WAL, synchronous=FULL, secure_delete and foreign keys.

    These are settings of a connection, not of the file (privacy.md, results 3 and 4), hence the listener.
    """
    # No error's text may ever hold what somebody wrote.
    engine = create_engine(database_url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _keep_sqlite_promises)
        event.listen(engine, "begin", _begin_as_writer)
    return engine


def _keep_sqlite_promises(connection: sqlite3.Connection, _record: object) -> None:
    # Leave BEGIN to us: the driver would begin late, as a reader, and a second writer would then fail at once.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_as_writer(connection: Any) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that writes: committed when the block ends, rolled back when it raises."""
    with Session(engine) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One transaction that only reads, so that it never waits for a writer."""
    with Session(engine.execution_options(reads_only=True)) as session:
        yield session


def scrub(engine: Engine) -> None:
    """Rewrite the file without its free pages and empty the write-ahead log, so that deleted bytes are gone.

    `wal_checkpoint(TRUNCATE)` reports "busy" as a row and not as an error; it is tried again for some seconds, and
    then WriteAheadLogNotEmpty is raised.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM FULL"))
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        for _ in range(_TRIES):
            busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            time.sleep(_BETWEEN_TRIES)
    finally:
        raw.close()
    raise WriteAheadLogNotEmpty
