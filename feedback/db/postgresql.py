"""PostgreSQL: connections that promise what SQLite's do, and a rewrite of what was deleted."""

import time
from contextlib import suppress
from functools import cache, partial
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

from feedback.config import NotConfigured
from feedback.db import patience
from feedback.db.server_settings import OURS, refusal, unsafe_settings

#: Execution options of a transaction that only reads: one snapshot, and the server refuses to write in it.
READS_ONLY = {"reads_only": True, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
#: What people wrote, and what was made of it. A test compares this with the models.
RESPONDENT_TABLES = (
    "envelope",
    "slip",
    "room",
    "name_word",
    "part",
    "decision",
    "comment",
    "theme",
    "translations",
    "review_step",
    "review_quality",
    "tally",
    "release",
    "document",
    "next_step",
    "roll_up",
    "book_entry",
    "evidence",
    "pilot_document",
)
#: The lock that makes writers come one at a time, as with SQLite; a lock belongs to one database. "voicebox" in ASCII.
ONE_WRITER = int.from_bytes(b"voicebox")
#: The server's names for "somebody else is using it" and "your role may not" (PostgreSQL, appendix A).
_LOCKED, _NO_PRIVILEGE = "55P03", "42501"
#: Seconds a rewrite waits for others before it lets them go first and tries again.
_WAITS = 1


def engine_of(url: URL) -> Engine:
    """An engine whose connections commit durably, write one at a time, and refuse a server that tells too much."""
    try:
        engine = create_engine(
            url,
            # No error's text may ever hold what somebody wrote.
            hide_parameters=True,
            # After a restart of the server the next page finds a new connection, not an error.
            pool_pre_ping=True,
            pool_timeout=patience.BUSY_SECONDS,
            # Every value goes to the server apart from its statement; no plan is kept that a migration would break.
            connect_args={
                "client_encoding": "utf-8",
                "connect_timeout": patience.BUSY_SECONDS,
                "prepare_threshold": None,
            },
        )
    except ModuleNotFoundError as missing:
        raise NotConfigured(
            "VOICEBOX_DATABASE_URL names a PostgreSQL database, and the driver for it is not installed. "
            "Run: pip install 'voicebox[postgres]'"
        ) from missing
    event.listen(engine, "connect", _keep_promises)
    event.listen(engine, "begin", _begin_as_writer)
    event.listen(engine, "handle_error", _keep_values_out_of)
    return engine


def refuse_unsafe_server(engine: Engine) -> None:
    """At start-up: NotConfigured where the server would tell what nobody may know, or could lose what was committed.

    Every connection made later is asked too. A server that is not up yet is no reason not to start; SQLite has none.
    """
    if engine.dialect.name != "postgresql":
        return
    with suppress(OperationalError):
        engine.connect().close()
    # A server process that is started from this one must not share its connection.
    engine.dispose()


def scrub(engine: Engine, tries: int | None) -> None:
    """Rewrite every table with something of respondents, one after another, and let go of old write-ahead log.

    A row that was deleted is gone from tables and indexes afterwards. In `pg_wal` it lasts until its segments are
    removed: at once where the role may switch and checkpoint (GRANT pg_checkpoint; GRANT EXECUTE ON FUNCTION
    pg_switch_wal) and the server has wal_recycle=off; otherwise segments are kept for reuse, up to min_wal_size, and
    are overwritten as others write. Archives, base backups and replicas keep it as long as they are kept. All of it is
    sealed with a key that the count destroys.
    """
    # Past SQLAlchemy, which would begin a transaction.
    checked_out = engine.connect()
    connection: Any = checked_out.connection.driver_connection
    try:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{_WAITS}s'")
        # Twice, for what began while the first were still writing counts back to those.
        for _ in range(2):
            patience.until(partial(_have_ended, connection, _running(connection)), tries)
        for table in _existing(connection):
            patience.until(partial(_is_rewritten, connection, table), tries)
        for statement in ("SELECT pg_switch_wal()", "CHECKPOINT"):
            _do_where_allowed(connection, statement)
    finally:
        # Not given back: it waits differently from the others.
        checked_out.invalidate()
        checked_out.close()


def _existing(connection: Any) -> list[str]:
    found = connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL",
        [list(RESPONDENT_TABLES)],
    )
    return [name for (name,) in found]


def _do_where_allowed(connection: Any, statement: str) -> None:
    try:
        connection.execute(statement)
    except Exception as refused:
        if getattr(refused, "sqlstate", None) != _NO_PRIVILEGE:
            raise


def _running(connection: Any) -> set[str]:
    """The transactions of others in this database; rows that were deleted before one of them began stay for it."""
    found = connection.execute(
        "SELECT DISTINCT virtualtransaction FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'virtualxid' AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    return {name for (name,) in found}


def _have_ended(connection: Any, earlier: set[str]) -> bool:
    until = time.monotonic() + _WAITS
    while still := _running(connection) & earlier:
        if time.monotonic() > until:
            return False
        time.sleep(_WAITS / 50)
    return not still


def _is_rewritten(connection: Any, table: str) -> bool:
    """Whether the table could be written anew, without what was deleted before the transactions that run now began."""
    try:
        connection.execute(f'VACUUM FULL "{table}"')
    except Exception as failed:
        if getattr(failed, "sqlstate", None) != _LOCKED:
            raise
        return False
    return True


@cache
def _text_dumper() -> type[Any]:
    from psycopg.types.string import StrDumperUnknown  # noqa: PLC0415 - there is a driver where there is a connection

    class Text(StrDumperUnknown):
        """U+0000 is a character to SQLite and to browsers and none to PostgreSQL; no word of a school has it."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    return Text


def _keep_promises(connection: Any, _record: object) -> None:
    connection.adapters.register_dumper(str, _text_dumper())
    # Zero would mean "for ever".
    ours = {**OURS, "lock_timeout": f"{max(1, round(patience.BUSY_SECONDS * 1000))}ms"}
    connection.autocommit = True
    try:
        connection.execute(
            "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS ours(name, value)",
            [list(ours), list(ours.values())],
        )
        if unsafe := unsafe_settings(connection):
            raise NotConfigured(refusal(unsafe))
    except BaseException:
        connection.close()
        raise
    connection.autocommit = False


def _begin_as_writer(connection: Any) -> None:
    if not connection.get_execution_options().get("reads_only", False):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (ONE_WRITER,))


def _keep_values_out_of(context: ExceptionContext) -> None:
    """The driver's errors quote the row that failed ("Key (id)=(...) already exists"); only names may be told on."""
    original: Any = context.original_exception
    told = getattr(original, "diag", None)
    if told is None or told.sqlstate is None:
        return
    where = told.constraint_name or told.column_name or told.table_name or ""
    original.args = (f"{type(original).__name__} {told.sqlstate} {where}".rstrip(),)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = original.args
