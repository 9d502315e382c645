"""What was taken out of a box or deleted is in no file of the server afterwards (L6)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, make_url, text
from sqlalchemy.orm import Session

from feedback.config import Settings
from feedback.db import NotScrubbed, connect, patience, reading, scrub, writing
from feedback.migrations import upgrade
from feedback.models import Envelope, Round
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.receipts import clean_after_withdrawals, withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.school import School, open_school
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_round, drop_envelopes
from tests.postgres_server import Server, running_server

#: As the README tells whoever wants deleted bytes to be gone at once.
_AT_ONCE = ("GRANT pg_checkpoint TO voicebox", "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO voicebox")


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that keeps no old write-ahead log."""
    with running_server(wal_recycle="off") as running:
        engine = connect(running.url)
        upgrade(engine)
        engine.dispose()
        yield running


@pytest.fixture
def database_url(own_server: Server) -> Iterator[str]:
    """A school's database on it."""
    with own_server.lent_database() as url:
        for statement in _AT_ONCE:
            own_server.ask(statement, str(make_url(url).database))
        yield url


def _files_with(needle: bytes, server: Server, *, written: bool = False) -> set[str]:
    """The folders, below the server's, in which a file holds the needle; `written`: what waits in memory too."""
    if written:
        server.ask("CHECKPOINT")
    return {
        path.relative_to(server.data).parts[0]
        for path in server.data.rglob("*")
        if path.is_file() and needle in _read(path)
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # the server works on
        return b""


def _a_large_envelope(school: School, round_: Round, size: int) -> bytes:
    """Put one of this many bytes into the box; what it is found by. It is sealed, so bytes by chance will do."""
    sealed = os.urandom(size)
    with writing(school.engine) as session:
        row = {"round_id": round_.id, "id": os.urandom(16).hex(), "format": 1, "sealed": sealed}
        session.execute(insert(Envelope), row)
    return sealed[-200:]


@pytest.mark.parametrize("size", [512, 20 * 1024])
def test_a_deleted_envelope_is_in_no_file_of_the_server(school: School, own_server: Server, size: int) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    needle = _a_large_envelope(school, round_, size)
    own_server.ask("ANALYZE", str(school.engine.url.database))
    assert _files_with(needle, own_server, written=True) == {"base", "pg_wal"}
    with Session(school.engine) as session, session.begin():
        session.execute(delete(Envelope))
    # The negative control: deleting alone leaves it where it was.
    assert _files_with(needle, own_server, written=True) == {"base", "pg_wal"}
    scrub(school.engine)
    assert _files_with(needle, own_server) == set()


def test_an_envelope_that_was_withdrawn_is_in_no_file_of_the_server(school: School, own_server: Server) -> None:
    round_ = a_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    receipt = accept(school, asked, new_form_key(), {"again": "yes"}, now=NOW).receipt
    with reading(school.engine) as session:
        needle = bytes(session.execute(text("SELECT sealed FROM envelope")).scalar_one())[-200:]
    assert _files_with(needle, own_server, written=True) == {"base", "pg_wal"}
    withdraw(school, round_.code, receipt, now=NOW)
    # The negative control: until the worker comes, within a minute.
    assert _files_with(needle, own_server, written=True)
    assert clean_after_withdrawals(school)
    assert _files_with(needle, own_server) == set()


def test_where_the_role_may_not_clear_the_log_only_the_log_keeps_it_for_a_while(
    school: School, own_server: Server
) -> None:
    round_ = a_round(school)
    needle = _a_large_envelope(school, round_, 512)
    for statement in _AT_ONCE:
        revoke = statement.replace("GRANT", "REVOKE").replace(" TO ", " FROM ")
        own_server.ask(revoke, str(school.engine.url.database))
    with Session(school.engine) as session, session.begin():
        session.execute(delete(Envelope))
    scrub(school.engine)
    assert _files_with(needle, own_server, written=True) == {"pg_wal"}
    own_server.ask("SELECT pg_switch_wal()")
    assert _files_with(needle, own_server, written=True) == set()


def test_the_servers_statistics_take_no_sample_of_boxes(school: School, own_server: Server) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    database = str(school.engine.url.database)
    sampled = "SELECT DISTINCT tablename FROM pg_stats WHERE tablename IN ('envelope', 'slip', 'comment')"
    own_server.ask("ANALYZE", database)
    assert own_server.ask(sampled, database) == []
    # The negative control: this is what a server does by itself every few minutes.
    own_server.ask("ALTER TABLE envelope ALTER COLUMN id SET STATISTICS -1", database)
    own_server.ask("ANALYZE", database)
    assert own_server.ask(sampled, database) == [("envelope",)]


def test_whoever_still_reads_an_earlier_moment_is_told_of_and_not_passed_over(
    school: School, own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "TRIES", 2)
    round_ = a_round(school)
    needle = _a_large_envelope(school, round_, 512)
    with reading(school.engine) as reader:
        reader.execute(text("SELECT count(*) FROM round")).all()
        with Session(school.engine) as session, session.begin():
            session.execute(delete(Envelope))
        with pytest.raises(NotScrubbed):
            scrub(school.engine)
        assert "base" in _files_with(needle, own_server, written=True)
    scrub(school.engine)
    assert _files_with(needle, own_server) == set()


def test_whoever_reads_the_box_is_waited_for(
    school: School, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "TRIES", 1)
    a_round(school)
    with reading(school.engine) as reader:
        reader.execute(text("SELECT count(*) FROM envelope")).all()
        with pytest.raises(NotScrubbed):
            scrub(school.engine)
    other = open_school(settings)
    scrub(other.engine)
    other.engine.dispose()
