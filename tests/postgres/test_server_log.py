"""Nothing that a respondent sent reaches the server's log, not even when storing it fails."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DataError, IntegrityError

from feedback.db import writing
from feedback.models import Envelope, Slip
from feedback.operations.school import School
from tests.factories import a_round, drop_envelopes
from tests.postgres_server import Server, running_server

_NEEDLE = "5c1f" * 8


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server of this test's own, so that its log holds nothing else; it also writes the log that keeps details."""
    with running_server(log_destination="stderr,csvlog", logging_collector="on") as running:
        yield running


@pytest.fixture
def database_url(own_server: Server) -> str:
    """Its first database."""
    return own_server.url


def _logs(server: Server) -> str:
    files = [server.log, *(server.data / "log").iterdir()]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def _fail(school: School) -> None:
    """The same envelope twice, one that breaks a promise, a slip of no round, and a value of the wrong kind."""
    round_ = a_round(school)
    drop_envelopes(school, round_, {"again": "yes"})
    row = {"round_id": round_.id, "id": _NEEDLE, "format": 1, "sealed": b"\0" * 256}
    with writing(school.engine) as session:
        session.execute(insert(Envelope), row)
    for table, wrong in (
        (Envelope, row),
        (Envelope, {**row, "id": f"{_NEEDLE}x"}),
        (Slip, {"round_id": "nowhere", "tag": _NEEDLE, "used": False}),
    ):
        with pytest.raises((IntegrityError, DataError)) as failed, writing(school.engine) as session:
            session.execute(insert(table), wrong)
        assert _NEEDLE not in str(failed.value) + repr(failed.value.orig) + str(failed.value.orig)
    with pytest.raises(DataError) as failed_to_read, writing(school.engine) as session:
        session.execute(text("SELECT CAST(:it AS integer)"), {"it": _NEEDLE})
    assert _NEEDLE not in str(failed_to_read.value)


def test_no_line_of_the_log_is_about_what_was_sent(school: School, own_server: Server) -> None:
    before = _logs(own_server)
    _fail(school)
    lines = _logs(own_server).replace(before, "").splitlines()
    assert _NEEDLE not in _logs(own_server)
    assert not [line for line in lines if "envelope" in line or "slip" in line]


def test_with_the_servers_usual_settings_the_key_is_in_the_log(school: School, own_server: Server) -> None:
    # The negative control, past our own refusal of such a server.
    a_round(school)
    own_server.ask("ALTER ROLE voicebox RESET ALL")
    with psycopg.connect(host=str(own_server.folder), user="voicebox", dbname="voicebox") as connection:
        connection.execute("CREATE TABLE told (id text PRIMARY KEY)")
        connection.execute("INSERT INTO told VALUES (%s)", [_NEEDLE])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO told VALUES (%s)", [_NEEDLE])
    assert f"Key (id)=({_NEEDLE}) already exists." in _logs(own_server)
