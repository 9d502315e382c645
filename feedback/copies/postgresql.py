"""Copies of a PostgreSQL database, with the server's own programs."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from feedback.copies.files import CopyImpossible, InUse, make_private
from feedback.copies.snapshot import shaken_snapshot
from feedback.db import connect

#: Where the present tables wait while others take their place.
_BEFORE = "voicebox_before"
_DEBIAN = Path("/usr/lib/postgresql")
#: Parts of a database's address that libpq's programs read from variables of these names, with PG in front.
_OPTIONS = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "service")


def find_programs() -> tuple[str, str]:
    """`pg_dump` and `pg_restore`, the newest there are: an older one refuses a newer server. CopyImpossible."""
    return _find("pg_dump"), _find("pg_restore")


def write_copy(engine: Engine, file: Path) -> None:
    """`pg_dump` in its own format, as of one moment in which envelopes and slips lie in random order."""
    dump, _restore = find_programs()
    make_private(file)
    with shaken_snapshot(engine) as moment:
        # Not compressed: nearly all of it is sealed already.
        how = ("--format=custom", "--compress=0", f"--exclude-schema={_BEFORE}", f"--snapshot={moment}", *_PLAIN)
        _run(engine.url, dump, *how, f"--file={file}")


def refuse_in_use(engine: Engine) -> None:
    """InUse while anybody else is connected to the database."""
    engine.dispose()
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        if connection.execute(text(f"{others} AND backend_type = 'client backend'")).scalar():
            raise InUse
    engine.dispose()


def is_half_restored(engine: Engine) -> bool:
    """Whether a restore goes on or was cut off: the school's own tables wait aside until the very last step.

    CopyImpossible where the server cannot be asked.
    """
    try:
        return _waits_aside(engine)
    except OperationalError as down:
        raise CopyImpossible("The database server does not answer.") from down


def _waits_aside(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(_tables(connection, _BEFORE))


def mend(engine: Engine) -> None:
    """Put the school's own tables back where a restore was cut off; what stands in their place is half a copy."""
    if not _waits_aside(engine):
        return
    refuse_in_use(engine)
    with engine.begin() as connection:
        _put_back(connection)


@contextmanager
def replacing(engine: Engine, file: Path) -> Iterator[Engine]:
    """The present tables step into another schema, and back again where the block raises."""
    _dump, restore = find_programs()
    mend(engine)
    refuse_in_use(engine)
    with engine.begin() as connection:
        _put_aside(connection)
    try:
        _run(engine.url, restore, "--single-transaction", "--exit-on-error", *_PLAIN, "--dbname=", str(file))
        yield engine
    except BaseException:
        with engine.begin() as connection:
            _put_back(connection)
        raise
    # The one step that makes it the school's. Nobody writes into the copy before: see `is_half_restored`.
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {_BEFORE} CASCADE"))


@contextmanager
def beside(engine: Engine, file: Path) -> Iterator[Engine]:
    """The copy in a database of its own, which is dropped at the end; CopyImpossible where the role may make none."""
    _dump, restore = find_programs()
    name = f"voicebox_beside_{secrets.token_hex(6)}"
    try:
        _ask_apart(engine, f"CREATE DATABASE {name}")
    except DBAPIError as refused:
        raise CopyImpossible(
            f"No database can be made beside the school's. Run: ALTER ROLE {engine.url.username} CREATEDB"
        ) from refused
    on_the_copy = connect(engine.url.set(database=name).render_as_string(hide_password=False))
    try:
        _run(on_the_copy.url, restore, "--single-transaction", "--exit-on-error", *_PLAIN, "--dbname=", str(file))
        yield on_the_copy
    finally:
        on_the_copy.dispose()
        _ask_apart(engine, f"DROP DATABASE {name} WITH (FORCE)")


def _ask_apart(engine: Engine, statement: str) -> None:
    # Databases are made and dropped outside of transactions.
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        connection.rollback()
        raw.autocommit = True
        try:
            raw.execute(statement)
        finally:
            connection.invalidate()


#: What belongs to the installation and not to the school.
_PLAIN = ("--no-owner", "--no-privileges")


def _put_aside(connection: Connection) -> None:
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_BEFORE}"))
    for table in _tables(connection, "public"):
        connection.execute(text(f'ALTER TABLE public."{table}" SET SCHEMA {_BEFORE}'))


def _put_back(connection: Connection) -> None:
    for table in _tables(connection, "public"):
        connection.execute(text(f'DROP TABLE public."{table}" CASCADE'))
    for table in _tables(connection, _BEFORE):
        connection.execute(text(f'ALTER TABLE {_BEFORE}."{table}" SET SCHEMA public'))
    connection.execute(text(f"DROP SCHEMA {_BEFORE}"))


def _tables(connection: Connection, schema: str) -> list[str]:
    found = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = :schema"), {"schema": schema})
    return list(found.scalars())


def _run(url: URL, *command: str) -> None:
    done = subprocess.run(command, env=_environment(url), capture_output=True, text=True, check=False)  # noqa: S603 - the server's own programs
    if done.returncode:
        # Only the first line: the next ones may quote a row.
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise CopyImpossible(f"{Path(command[0]).name} failed: {said}")


def _environment(url: URL) -> dict[str, str]:
    """Variables and no arguments, for everybody on the machine can read the arguments of a process."""
    options = {name: value for name, value in url.query.items() if name in _OPTIONS and isinstance(value, str)}
    given = {
        **options,
        "user": url.username,
        "password": url.password,
        "database": url.database,
        **({"host": url.host} if url.host else {}),
        **({"port": str(url.port)} if url.port else {}),
    }
    return {**os.environ, **{f"PG{name.upper()}": value for name, value in given.items() if value}}


def _find(program: str) -> str:
    versions = sorted(_DEBIAN.glob(f"*/bin/{program}"), key=lambda path: _number(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(program)
    if found is None:
        raise CopyImpossible(f"{program} is missing. On Debian, run: apt-get install postgresql-client")
    return found


def _number(version: str) -> float:
    try:
        return float(version)
    except ValueError:
        return 0.0
