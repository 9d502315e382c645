"""A process whose disk becomes read-only and well again while somebody always has the database open.

Run by test_healing.py with recorder.c loaded: `python -m tests.reliability.somebody_stays DATABASE CONTROL [NAME…]`.
Listeners of feedback.db.sqlite that are named are left out, and so is who stays ("nobody"): that one only comes and
goes. Prints "healed", or what still goes wrong.
"""

import sys
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError

from feedback.db import sqlite
from tests.reliability.failing_disk import Fault

_MOMENTS = {"_refuse_a_read_only_disk": "do_connect", "_open_anew_after": "handle_error"}


def write(connection: Connection) -> None:
    """Put one row in."""
    with connection.begin():
        connection.execute(text("INSERT INTO envelope VALUES (1)"))


def break_the_disk(connection: Connection, control: Path) -> None:
    """It becomes read-only, and who has the database open notices."""
    with connection.begin():
        connection.execute(text("CREATE TABLE envelope (id INTEGER)"))
    control.write_bytes(bytes([Fault.READ_ONLY, 0, 0, 0]))
    with suppress(DBAPIError):
        write(connection)


def come_and_stay(engine: Engine) -> Connection | None:
    """Somebody reads, and keeps the connection."""
    with suppress(DBAPIError):
        staying = engine.connect().execution_options(reads_only=True)
        with suppress(DBAPIError):
            staying.execute(text("SELECT count(*) FROM envelope"))
        return staying
    return None


def what_the_next_ones_meet(engine: Engine) -> str:
    """The first may find a connection of before, and is told to try again; nobody after that."""
    met = []
    for _ in range(6):
        try:
            with engine.connect() as connection:
                write(connection)
        except DBAPIError as failed:
            met.append(str(failed.orig))
        else:
            met.append("healed")
    return next((trouble for trouble in met[1:] if trouble != "healed"), "healed")


def main(file: str, control: str, *without: str) -> None:
    """Break the disk, have somebody come who stays, mend the disk, and try again."""
    engine = sqlite.engine_of(make_url(f"sqlite:///{file}"), None)
    for name in _MOMENTS.keys() & {*without}:
        event.remove(engine, _MOMENTS[name], getattr(sqlite, name))
    with engine.connect() as first:
        break_the_disk(first, Path(control))
        staying = come_and_stay(engine)
    if staying is not None and "nobody" in without:
        staying.close()
    Path(control).write_bytes(bytes(4))
    sys.stdout.write(what_the_next_ones_meet(engine))
    del staying


if __name__ == "__main__":
    main(*sys.argv[1:])
