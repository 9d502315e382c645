"""SQLite: one file, one writer at a time, and nothing left of what was deleted."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Dialect, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext

from feedback.db import patience

#: Settings of a connection, not of the file (privacy.md, results 3 and 4): hence made on every one.
PROMISES = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "temp_store=MEMORY")

#: Milliseconds for which the end of a checkpoint waits. It holds the writers' lock while it waits for readers, so
#: whoever answers meanwhile waits as long.
_CHECKPOINT_WAITS = 100
#: The part of SQLite's result codes that says what kind of error it is (sqlite.org/rescode.html).
_PRIMARY = 0xFF


def engine_of(url: URL, module: ModuleType | None) -> Engine:
    """An engine whose connections get WAL, synchronous=FULL, secure_delete and foreign keys, and begin as writers.

    `module` is another DBAPI module than Python's own: tests bring one that is built with secure_delete off.
    """
    # No error's text may ever hold what somebody wrote.
    engine = create_engine(url, hide_parameters=True, module=module)
    event.listen(engine, "do_connect", _refuse_a_read_only_disk)
    event.listen(engine, "connect", _keep_promises)
    event.listen(engine, "begin", _begin_as_writer)
    event.listen(engine, "handle_error", _open_anew_after)
    return engine


def scrub(engine: Engine, tries: int | None) -> None:
    """Rewrite the file without its free pages and empty the write-ahead log.

    The log is emptied first, too: beside a reader who stays it cannot be, and to write the whole file anew would then
    only hold up everybody who answers.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        patience.until(lambda: _is_log_emptied(cursor), tries)
        cursor.execute("VACUUM")
        patience.until(lambda: _is_log_emptied(cursor), tries)
    finally:
        raw.close()


def _is_log_emptied(cursor: Any) -> bool:
    """`wal_checkpoint` reports "busy" as a row and not as an error."""
    # Holds up nobody, and leaves little for the one that does.
    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    with _waiting_less(cursor):
        ((busy, _pages, _moved),) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return not busy


@contextmanager
def _waiting_less(cursor: Any) -> Iterator[None]:
    ((usual,),) = cursor.execute("PRAGMA busy_timeout").fetchall()
    cursor.execute(f"PRAGMA busy_timeout={min(usual, _CHECKPOINT_WAITS)}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout={usual}")


def _open_anew_after(context: ExceptionContext) -> None:
    """A file opened while the disk was read-only or broken stays so for its connection, also when the disk is well."""
    code = getattr(context.original_exception, "sqlite_errorcode", 0)
    if code & _PRIMARY in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        context.is_disconnect = True
        doing = context.execution_context
        if doing is not None and doing.cursor is not None:
            # SQLAlchemy leaves it open then, and as long as it lives, so do the file and the shared memory.
            doing.cursor.close()


def _refuse_a_read_only_disk(dialect: Dialect, _record: object, arguments: list[str], _more: object) -> None:
    """SQLite would open the file for reading only, and its shared memory too.

    That is one for all connections of a process, and while any of them is open, every new one gets it as it is: where
    people never stop coming, the pages would not heal with the disk. Asked with access(2); to open and close the file
    ourselves would give up all locks that SQLite has on it here (sqlite.org/howtocorrupt.html, section 2.2).
    """
    file = Path(arguments[0])
    if file.exists() and not os.access(file, os.W_OK):
        raise dialect.loaded_dbapi.OperationalError("the disk is read-only")


def _keep_promises(connection: sqlite3.Connection, _record: object) -> None:
    # Leave BEGIN to us: the driver would begin late, as a reader, and a second writer would then fail at once.
    connection.isolation_level = None
    try:
        for pragma in (f"busy_timeout={round(patience.BUSY_SECONDS * 1000)}", *PROMISES):
            connection.execute(f"PRAGMA {pragma}")
    except Exception:
        # Nobody else would, until the garbage is collected; and what is open decides how the next one opens.
        connection.close()
        raise


def _begin_as_writer(connection: Any) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
