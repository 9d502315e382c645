"""What a PostgreSQL server must not be set to: it would tell who answered what and when, or lose an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

#: What any role may set for itself, and every connection of ours does.
OURS = {
    "synchronous_commit": "on",
    "log_parameter_max_length_on_error": "0",
    "debug_print_parse": "off",
    "debug_print_rewritten": "off",
    "debug_print_plan": "off",
    # A machine that lost its power must not hold the writers' lock for the two hours that are usual.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A setting, the values of it that are safe, and what any other would do. A setting that is unknown is safe."""

    setting: str
    safe: Collection[str]
    harm: str
    #: Whether the cure is a setting of our role; otherwise it is the server's, and whether it takes a restart.
    of_role: bool = True
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Unsafe:
    """A setting as it was found, and the SQL that cures it."""

    found: str
    harm: str
    cure: str


_VALUES = "values that people sent would be written into the server's log"
_MOMENTS = "a line with its time would be written into the server's log for every statement"
_LOST = "an answer that was acknowledged could be lost in a power cut"

RULES = (
    Rule("track_commit_timestamp", ("off",), "the moment of every answer would be kept", of_role=False, restart=True),
    Rule("fsync", ("on",), _LOST, of_role=False),
    Rule("full_page_writes", ("on",), _LOST, of_role=False),
    Rule("log_statement", ("none", "ddl"), _VALUES),
    Rule("log_min_duration_statement", ("-1",), _VALUES),
    Rule("log_min_duration_sample", ("-1",), _VALUES),
    Rule("log_transaction_sample_rate", ("0",), _VALUES),
    # An error's detail quotes the row that failed, also when it is told tersely (csvlog and jsonlog keep it).
    Rule("log_min_messages", ("fatal", "panic"), "an error's text, with the row that failed, would be logged"),
    Rule("log_min_error_statement", ("panic",), "the statement that failed would be logged"),
    Rule("auto_explain.log_min_duration", ("-1",), _VALUES),
    Rule("pgaudit.log", ("none", ""), _VALUES),
    Rule("log_duration", ("off",), _MOMENTS),
    Rule("log_statement_stats", ("off",), _MOMENTS),
    Rule("log_parser_stats", ("off",), _MOMENTS),
    Rule("log_planner_stats", ("off",), _MOMENTS),
    Rule("log_executor_stats", ("off",), _MOMENTS),
)


def unsafe_settings(connection: Any) -> list[Unsafe]:
    """What is unsafe about the server behind a psycopg connection that commits by itself.

    A superuser's connection is cured first of what it may set for itself. Otherwise such a setting is cured for our
    role in our database alone, which no setting of the server's or the role's overrides.
    """
    found = _offending(connection)
    if found and _one(connection, "SELECT current_setting('is_superuser')") == "on":
        for rule, _value in found:
            if rule.of_role:
                connection.execute("SELECT set_config(%s, %s, false)", [rule.setting, _first(rule.safe)])
        found = _offending(connection)
    whose = _one(connection, "SELECT format('ALTER ROLE %I IN DATABASE %I SET ', session_user, current_database())")
    settings = [Unsafe(f"{rule.setting} = {value}", rule.harm, _cure(rule, whose)) for rule, value in found]
    return settings + _readers(connection) + _encoding(connection)


def refusal(unsafe: list[Unsafe]) -> str:
    """Why the service does not start on this server, and what to run there."""
    reasons = "".join(f"\n  {one.found}: {one.harm}." for one in unsafe)
    cures = "".join(f"\n  {one.cure}" for one in unsafe)
    return f"the PostgreSQL server is not safe for answers.{reasons}\nTo cure it, run as the server's superuser:{cures}"


def _offending(connection: Any) -> list[tuple[Rule, str]]:
    values = connection.execute(
        "SELECT current_setting(name, true) FROM unnest(%s::text[]) WITH ORDINALITY AS asked(name, at) ORDER BY at",
        [[rule.setting for rule in RULES]],
    ).fetchall()
    return [
        (rule, value)
        for rule, (value,) in zip(RULES, values, strict=True)
        if value is not None and value not in rule.safe
    ]


def _cure(rule: Rule, whose: str) -> str:
    value = _first(rule.safe)
    if rule.of_role:
        return f"{whose}{rule.setting} = '{value}';"
    then = "-- and then restart the server" if rule.restart else "SELECT pg_reload_conf();"
    return f"ALTER SYSTEM SET {rule.setting} = '{value}'; {then}"


def _readers(connection: Any) -> list[Unsafe]:
    """Logical replication hands on each row as it comes, in order and with its time."""
    slots = connection.execute(
        "SELECT slot_name FROM pg_replication_slots WHERE slot_type = 'logical' AND database = current_database()"
    )
    return [
        Unsafe(
            f"the logical replication slot {slot}",
            "every answer would be handed on as it comes",
            f"SELECT pg_drop_replication_slot('{slot}');",
        )
        for (slot,) in slots
    ]


def _encoding(connection: Any) -> list[Unsafe]:
    encoding = _one(connection, "SELECT current_setting('server_encoding')")
    if encoding == "UTF8":
        return []
    cure = "CREATE DATABASE a_new_one ENCODING 'UTF8' TEMPLATE template0; -- and use that one"
    return [Unsafe(f"server_encoding = {encoding}", "not every language could be kept", cure)]


def _one(connection: Any, sql: str) -> str:
    return str(connection.execute(sql).fetchone()[0])


def _first(values: Collection[str]) -> str:
    return next(iter(values))
