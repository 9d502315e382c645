"""The database: an engine that keeps its promises on every connection, and transactions that begin as writers.

SQLite and PostgreSQL are equals: writers come one at a time, a reader sees one moment and waits for nobody, what was
committed survives a power cut, and what was deleted can be overwritten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import ModuleType
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, TimeoutError  # noqa: A004 - a pool's, which every caller expects
from sqlalchemy.orm import Session

from feedback.config import NotConfigured
from feedback.db import postgresql, sqlite
from feedback.db.patience import BUSY_SECONDS, NotScrubbed
from feedback.db.postgresql import refuse_unsafe_server

__all__ = [
    "BUSY_SECONDS",
    "NotScrubbed",
    "connect",
    "reading",
    "refuse_unsafe_server",
    "scrub",
    "writing",
]

_writers: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


def connect(database_url: str, *, module: ModuleType | None = None) -> Engine:
    """An engine for the URL; NotConfigured where it is none of ours, or its driver is missing. Opens no connection.

    `module` is another DBAPI module for SQLite than Python's own, for tests.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as unreadable:
        raise _unknown() from unreadable
    if url.get_backend_name() == "sqlite":
        return sqlite.engine_of(url, module)
    if url.drivername in ("postgresql", "postgresql+psycopg"):
        return postgresql.engine_of(url)
    raise _unknown()


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that writes: committed when the block ends, rolled back when it raises. One at a time."""
    with _one_at_a_time(engine), Session(engine) as session, session.begin():
        yield session


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    """The threads of this process queue here. At SQLite's own lock they would poll, and some would wait for seconds."""
    lock = _writers.setdefault(engine, Lock())
    if not lock.acquire(timeout=BUSY_SECONDS):
        raise TimeoutError("another writer of this process takes too long")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One transaction that only reads, all of it as of one moment, so that it never waits for a writer."""
    options = postgresql.READS_ONLY if engine.dialect.name == "postgresql" else {"reads_only": True}
    with Session(engine.execution_options(**options)) as session:
        yield session


def scrub(engine: Engine, *, tries: int | None = None) -> None:
    """Overwrite what was deleted: afterwards its bytes are in no file of the database, the write-ahead log included.

    NotScrubbed where somebody keeps reading it for some seconds, or for so many tries. What PostgreSQL keeps beyond
    that is said in `feedback.db.postgresql`.
    """
    (postgresql if engine.dialect.name == "postgresql" else sqlite).scrub(engine, tries)


def _unknown() -> NotConfigured:
    return NotConfigured(
        "VOICEBOX_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://, "
        "as in postgresql+psycopg://voicebox:password@localhost/voicebox."
    )
