"""Copies of the whole database: taking one while people answer, and putting one in the place of the present one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from feedback.copies import postgresql, sqlite
from feedback.copies.files import CopyImpossible, InUse, shred, sync
from feedback.copies.padding import pad, unpad

__all__ = [
    "CopyImpossible",
    "InUse",
    "beside",
    "is_half_restored",
    "mend",
    "pad",
    "refuse_in_use",
    "refuse_without_means",
    "replacing",
    "shred",
    "sync",
    "unpad",
    "write_copy",
]


def refuse_without_means(engine: Engine) -> None:
    """CopyImpossible where a program for it is missing; told before anything is begun."""
    if engine.dialect.name == "postgresql":
        postgresql.find_programs()


def write_copy(engine: Engine, file: Path) -> None:
    """A copy of the database as of one moment, in a new file for the owner only; CopyImpossible. Nobody waits long.

    In it no order tells who came when, whatever the order is in the database itself.
    """
    try:
        (postgresql if engine.dialect.name == "postgresql" else sqlite).write_copy(engine, file)
    except (engine.dialect.loaded_dbapi.Error, DBAPIError) as failed:
        # The kind only: the text of an error can hold what somebody typed.
        raise CopyImpossible(f"The database could not be copied ({type(failed).__name__}).") from failed


def is_half_restored(engine: Engine) -> bool:
    """Whether a `replacing` goes on or was cut off, so that what would be written now would be lost.

    CopyImpossible where the server does not answer. With SQLite it never is: the file has its name all the time, and
    nobody else can open it meanwhile.
    """
    return engine.dialect.name == "postgresql" and postgresql.is_half_restored(engine)


def mend(engine: Engine) -> None:
    """Undo a `replacing` that the power cut off; InUse where one is going on."""
    (postgresql if engine.dialect.name == "postgresql" else sqlite).mend(engine)


def refuse_in_use(engine: Engine) -> None:
    """InUse while anybody else is connected to the database."""
    (postgresql if engine.dialect.name == "postgresql" else sqlite).refuse_in_use(engine)


@contextmanager
def replacing(engine: Engine, file: Path) -> Iterator[Engine]:
    """Put the copy in the database's place; InUse while anybody else is connected to it.

    The block is given an engine on the copy, to migrate and to mend it before anybody else sees it. Where the block
    raises, or the power fails, the present database stays as it was.
    """
    with (postgresql if engine.dialect.name == "postgresql" else sqlite).replacing(engine, file) as on_the_copy:
        yield on_the_copy


@contextmanager
def beside(engine: Engine, file: Path) -> Iterator[Engine]:
    """An engine on a copy that stands in nobody's place, and that is thrown away when the block ends. CopyImpossible.

    With SQLite it is the file itself, which belongs to the caller; with PostgreSQL a database of its own.
    """
    with (postgresql if engine.dialect.name == "postgresql" else sqlite).beside(engine, file) as on_the_copy:
        yield on_the_copy
