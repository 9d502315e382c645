"""One moment of a PostgreSQL database for `pg_dump`, which copies rows in the order in which they lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from feedback.db.postgresql import ONE_WRITER

#: What arrives row by row. Laid side by side in the order of arrival, used slips and envelopes are pairs.
_ARRIVING = ("envelope", "slip")


@contextmanager
def shaken_snapshot(engine: Engine) -> Iterator[str]:
    """The name of a snapshot in which envelopes and slips lie in random order, until the block ends.

    Nobody writes between the shake and that moment; as soon as it is fixed, everybody may. The tables may be of any
    version. Raises the driver's errors.
    """
    # Past SQLAlchemy, which would begin a transaction.
    checked_out = engine.connect()
    connection: Any = checked_out.connection.driver_connection
    try:
        connection.autocommit = True
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_WRITER])
        connection.execute("BEGIN")
        for table in _existing(connection):
            # What is deleted is sorted before any of it is inserted. The numbers are the operating system's.
            connection.execute(
                f'WITH papers AS (DELETE FROM "{table}" RETURNING *)'  # noqa: S608 - from our own list
                f' INSERT INTO "{table}" SELECT * FROM papers ORDER BY gen_random_uuid()'
            )
        connection.execute("COMMIT")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone()
        connection.execute("SELECT pg_advisory_unlock(%s)", [ONE_WRITER])
        yield name
    finally:
        # Not given back: it ends what it has begun, and lets go of the lock.
        checked_out.invalidate()
        checked_out.close()


def _existing(connection: Any) -> list[str]:
    found = connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass('public.' || quote_ident(name)) IS NOT NULL",
        [list(_ARRIVING)],
    )
    return [name for (name,) in found]
