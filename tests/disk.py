"""A school's database as it lies on the disk, on either kind: its bytes, a copy of it, the copy put back."""

from pathlib import Path

import psycopg
from sqlalchemy import URL

from feedback.operations.school import School

#: The bytes of SQLite's file, or the name of a PostgreSQL database.
Copy = bytes | str


def bytes_of(school: School) -> bytes:
    """Every byte of the school's tables and indexes, and of SQLite's write-ahead log; not of PostgreSQL's pg_wal."""
    url = school.engine.url
    if url.get_backend_name() == "sqlite":
        path = _file(school)
        return b"".join(found.read_bytes() for found in sorted(path.parent.glob(f"{path.name}*")))
    _ask(url, "CHECKPOINT")
    where = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
    ((data, number),) = _ask(url, where, str(url.database))
    return b"".join(found.read_bytes() for found in sorted(Path(str(data), "base", str(number)).iterdir()))


def copy_of(school: School) -> Copy:
    """A copy as a backup would keep it; nobody may be using the database meanwhile."""
    if school.engine.url.get_backend_name() == "sqlite":
        with school.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        school.engine.dispose()
        return _file(school).read_bytes()
    school.engine.dispose()
    kept = f"{school.engine.url.database}_kept"
    _ask(school.engine.url, f"DROP DATABASE IF EXISTS {kept}")
    _ask(school.engine.url, f"CREATE DATABASE {kept} OWNER voicebox TEMPLATE {school.engine.url.database}")
    return kept


def put_back(school: School, copy: Copy) -> None:
    """The copy takes the database's place, as after a restore."""
    school.engine.dispose()
    if isinstance(copy, bytes):
        path = _file(school)
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(copy)
        return
    name = school.engine.url.database
    _ask(school.engine.url, f"DROP DATABASE {name} WITH (FORCE)")
    _ask(school.engine.url, f"CREATE DATABASE {name} OWNER voicebox TEMPLATE {copy}")


def _file(school: School) -> Path:
    return Path(str(school.engine.url.database))


def _ask(url: URL, sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
    """One statement as the throw-away server's superuser (tests/postgres_server.py)."""
    host = str(url.query["host"])
    with psycopg.connect(host=host, user="postgres", dbname=database, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []
