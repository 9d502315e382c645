"""The database: an engine that keeps its promises on every connection, and transactions that begin as writers.

SQLite and PostgreSQL are equals: writers come one at a time, a reader sees one moment and waits for nobody, what was
committed survives a power cut, and what was deleted can be overwritten.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, TimeoutError  # noqa: A004 - a pool's, which every caller expects
from sqlalchemy.orm import Session

from feedback.config import NotConfigured
from feedback.db import postgresql, sqlite
from feedback.db.line import Done, Line, Work
from feedback.db.patience import BUSY_SECONDS, NotScrubbed
from feedback.db.postgresql import refuse_unsafe_server

__all__ = [
    "BUSY_SECONDS",
    "NotScrubbed",
    "changes",
    "connect",
    "narrowed",
    "reading",
    "refuse_unsafe_server",
    "school_of",
    "scrub",
    "widened",
    "writing",
    "writing_together",
]

_lines: WeakKeyDictionary[Engine, Line] = WeakKeyDictionary()
_changes: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()
#: Execution option of a transaction in which respondents put envelopes into boxes.
_ONLY_PUTS_IN = "voicebox_only_puts_in"
#: Execution options of a narrowed engine: the one school that it sees, and the engine that sees them all.
_SCHOOL, _WHOLE = "voicebox_school", "voicebox_whole"


def connect(database_url: str, *, module: ModuleType | None = None) -> Engine:
    """An engine for the URL; NotConfigured where it is none of ours, or its driver is missing. Opens no connection.

    `module` is another DBAPI module for SQLite than Python's own, for tests.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as unreadable:
        raise _unknown() from unreadable
    if url.get_backend_name() == "sqlite":
        engine = sqlite.engine_of(url, module)
    elif url.drivername in ("postgresql", "postgresql+psycopg"):
        engine = postgresql.engine_of(url)
    else:
        raise _unknown()
    event.listen(engine, "commit", partial(_note_change, engine))
    return engine


def narrowed(engine: Engine, school_id: str) -> Engine:
    """The same database, of which sessions see and change one school alone (`feedback.models.scope` sees to it).

    Writers stand in one line, whatever they see.
    """
    whole = widened(engine)
    return whole.execution_options(**{_SCHOOL: school_id, _WHOLE: whole})


def widened(engine: Engine) -> Engine:
    """The engine that sees all schools, of one that may be narrowed."""
    found: Engine = engine.get_execution_options().get(_WHOLE, engine)
    return found


def school_of(session: Session) -> str | None:
    """The school that this session sees alone; None where it sees all of them."""
    found: str | None = session.get_bind().get_execution_options().get(_SCHOOL)
    return found


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that writes: committed when the block ends, rolled back when it raises. One at a time."""
    with _line(engine).alone(), Session(engine) as session, session.begin():
        yield session


def writing_together(engine: Engine, do: Callable[[Connection], Done]) -> Done:
    """Do something small in a transaction that others share; returns what `do` did once it is committed.

    What `do` raises of its own undoes its own part only. When the database fails, it fails for everybody in the
    transaction: each gets its error, and nothing of any of them is stored. Not for what a page is made from: see
    `changes`.
    """
    return _line(engine).together(do, partial(_commit_all, engine))


def changes(engine: Engine) -> int:
    """How often this process has changed anything but the boxes; what was read before is out of date after it."""
    return _changes.get(widened(engine), 0)


def _commit_all(engine: Engine, works: Sequence[Work[Any]]) -> None:
    said: list[Callable[[], None]] = []
    failed: DBAPIError | TimeoutError | NotConfigured | None = None
    try:
        with engine.connect() as connection:
            connection.execution_options(**{_ONLY_PUTS_IN: True})
            with connection.begin():
                for work in works:
                    _do_one(connection, work, said, is_alone=len(works) == 1)
    except (DBAPIError, TimeoutError, NotConfigured) as the_database:
        failed = the_database
    except _Refused:
        pass  # alone, so that there was nothing else to commit
    for work in works:
        work.failed = work.failed or failed
    if failed is None:
        for say in said:
            say()


class _Refused(Exception):
    """The only work of a transaction raised something of its own."""


def _do_one(connection: Connection, work: Work[Any], said: list[Callable[[], None]], *, is_alone: bool) -> None:
    """In a savepoint of its own, so that it can be undone alone; where it is alone, the transaction is that."""
    try:
        with nullcontext() if is_alone else connection.begin_nested():
            done = work.run(connection)
    except DBAPIError:
        raise
    except Exception as its_own:
        # Whatever it is, it is raised again where it belongs: in the one who asked.
        work.failed = its_own
        if is_alone:
            raise _Refused from its_own
    else:
        said.append(done)


def _note_change(engine: Engine, connection: Connection) -> None:
    if not connection.get_execution_options().get(_ONLY_PUTS_IN, False):
        _changes[engine] = _changes.get(engine, 0) + 1


def _line(engine: Engine) -> Line:
    return _lines.setdefault(widened(engine), Line())


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
