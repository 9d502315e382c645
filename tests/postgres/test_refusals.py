"""Voicebox does not start on a server that would tell who answered what and when, or lose an answer."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from feedback.config import NotConfigured
from feedback.db import connect, reading, refuse_unsafe_server
from feedback.db.server_settings import OURS, RULES
from tests.postgres_server import Server, running_server

#: What an administrator could have set for our role or for all, e.g. while looking for a slow statement.
_FOR_THE_ROLE = {
    "log_statement": "mod",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "100",
    "log_transaction_sample_rate": "0.5",
    "log_min_messages": "warning",
    "log_min_error_statement": "error",
    "auto_explain.log_min_duration": "0",
    "pgaudit.log": "write",
    "log_duration": "on",
    "log_statement_stats": "on",
    "log_parser_stats": "on",
    "log_planner_stats": "on",
    "log_executor_stats": "on",
}
_FOR_THE_SERVER = {"fsync": "off", "full_page_writes": "off"}
_AT_START = {"track_commit_timestamp": "on"}


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server whose settings these tests may change."""
    with running_server(wal_level="logical") as running:
        yield running


def _refusal(server: Server, database: str = "voicebox", role: str = "voicebox") -> str:
    """Why Voicebox does not start there; "" if it does."""
    engine = connect(server.url_of(database, role))
    try:
        refuse_unsafe_server(engine)
    except NotConfigured as refused:
        return str(refused)
    finally:
        engine.dispose()
    return ""


def _cure(server: Server, refusal: str) -> None:
    """Run what the refusal says."""
    for line in refusal.partition("run as the server's superuser:")[2].splitlines():
        for statement in filter(None, re.sub("--.*", "", line).split(";")):
            if statement.strip():
                server.ask(statement)


def test_every_setting_that_is_refused_is_tried_here() -> None:
    assert {rule.setting for rule in RULES} == {*_FOR_THE_ROLE, *_FOR_THE_SERVER, *_AT_START}


def test_a_server_as_the_readme_sets_it_up_is_taken(own_server: Server) -> None:
    assert _refusal(own_server) == ""


@pytest.mark.parametrize(("setting", "value"), _FOR_THE_ROLE.items())
def test_a_setting_of_our_role_is_named_and_the_cure_that_is_told_cures_it(
    own_server: Server, setting: str, value: str
) -> None:
    own_server.ask(f"ALTER ROLE voicebox SET {setting} = '{value}'")
    refusal = _refusal(own_server)
    assert f"{setting} = {value}" in refusal.replace("100ms", "100")
    _cure(own_server, refusal)
    assert _refusal(own_server) == ""
    own_server.ask(f"ALTER ROLE voicebox IN DATABASE voicebox RESET {setting}")
    assert _refusal(own_server) != ""
    own_server.ask(f"ALTER ROLE voicebox RESET {setting}")
    for right in ("log_min_messages = 'fatal'", "log_min_error_statement = 'panic'"):
        own_server.ask(f"ALTER ROLE voicebox SET {right}")


@pytest.mark.parametrize(("setting", "value"), _FOR_THE_SERVER.items())
def test_a_server_that_could_lose_an_answer_is_refused(own_server: Server, setting: str, value: str) -> None:
    own_server.ask(f"ALTER SYSTEM SET {setting} = {value}")
    own_server.ask("SELECT pg_reload_conf(), pg_sleep(0.2)")
    refusal = _refusal(own_server)
    assert f"{setting} = {value}: an answer that was acknowledged could be lost" in refusal
    _cure(own_server, refusal)
    own_server.ask("SELECT pg_sleep(0.2)")
    assert _refusal(own_server) == ""


def test_a_server_that_keeps_the_moment_of_every_commit_is_refused(own_server: Server) -> None:
    own_server.ask("ALTER SYSTEM SET track_commit_timestamp = on")
    own_server.restart()
    refusal = _refusal(own_server)
    assert "track_commit_timestamp = on: the moment of every answer would be kept" in refusal
    _cure(own_server, refusal)
    own_server.restart()
    assert _refusal(own_server) == ""


def test_a_server_that_hands_every_row_on_as_it_comes_is_refused(own_server: Server) -> None:
    own_server.ask("SELECT pg_create_logical_replication_slot('watching', 'test_decoding')", "voicebox")
    refusal = _refusal(own_server)
    assert "the logical replication slot watching" in refusal
    _cure(own_server, refusal)
    assert _refusal(own_server) == ""


def test_a_database_that_cannot_keep_every_language_is_refused(own_server: Server) -> None:
    own_server.ask("CREATE DATABASE latin OWNER voicebox ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert "server_encoding = LATIN1" in _refusal(own_server, "latin")


def test_a_role_that_may_do_everything_is_cured_without_asking(own_server: Server) -> None:
    assert _refusal(own_server, role="postgres") == ""
    engine = connect(own_server.url_of("voicebox", "postgres"))
    with reading(engine) as session:
        assert session.execute(text("SHOW log_min_messages")).scalar() == "fatal"
    engine.dispose()


def test_every_connection_is_asked_not_only_the_first(own_server: Server) -> None:
    engine = connect(own_server.url)
    refuse_unsafe_server(engine)
    own_server.ask("ALTER ROLE voicebox SET log_statement = 'all'")
    with pytest.raises(NotConfigured, match="log_statement = all"), reading(engine) as session:
        session.execute(text("SELECT 1"))
    own_server.ask("ALTER ROLE voicebox RESET log_statement")
    with reading(engine) as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()


def test_what_any_role_may_set_is_set_on_every_connection(own_server: Server) -> None:
    own_server.ask("ALTER ROLE voicebox SET synchronous_commit = 'off'")
    engine = connect(own_server.url)
    for _ in range(2):
        with reading(engine) as session:
            found = {name: session.execute(text(f"SHOW {name}")).scalar() for name in OURS}
        # On a Unix socket there is nothing to keep alive.
        assert {name: value for name, value in found.items() if "alive" not in name} == {
            name: value for name, value in OURS.items() if "alive" not in name
        }
        engine.dispose()
    own_server.ask("ALTER ROLE voicebox RESET synchronous_commit")


def test_the_command_line_says_it_in_one_message(own_server: Server, tmp_path: Path) -> None:
    own_server.ask("ALTER ROLE voicebox SET log_statement = 'all'")
    environ = {
        "PATH": os.environ["PATH"],
        "VOICEBOX_SECRET": "a secret only for tests 0123456789 abcdefghijklm",
        "VOICEBOX_INSTANCE": str(tmp_path),
        "VOICEBOX_DATABASE_URL": own_server.url,
    }
    command = [sys.executable, "-m", "feedback", "shake"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    own_server.ask("ALTER ROLE voicebox RESET log_statement")
    assert done.returncode == 1
    assert done.stderr.startswith("Voicebox does not start: the PostgreSQL server is not safe for answers.")
    assert "log_statement = all" in done.stderr
    assert "Traceback" not in done.stderr
