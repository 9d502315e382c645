"""A living installation passes every check; with one control switched off it fails the line that is about it."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from feedback.db import patience, writing
from feedback.models import Chore, Envelope, Slip
from feedback.operations.answers.shake import shake
from feedback.proof.live import check_installation
from feedback.proof.made_up import MadeUp, made_up_school, open_class, send
from tests.factories import NOW, a_round

Fails = Callable[[], set[str]]

LOG = "the write-ahead log holds nothing of respondents"
LEFT = "nothing is left of what was deleted"
PLACES = "the places of envelopes tell nothing"
PAIRS = "slips cannot be paired with envelopes"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BETWEEN_TRIES", 0.01)


def _answered(made_up: MadeUp, people: int = 12) -> str:
    """A class that has answered, one after another; the round's id."""
    asked, hat = open_class(made_up, people)
    shake(made_up.school, now=NOW)
    for _ in range(people):
        send(made_up, asked, hat.pop(), {"again": "yes"})
    return asked.round_id


def _shaken(made_up: MadeUp) -> str:
    round_id = _answered(made_up)
    shake(made_up.school, now=NOW)
    return round_id


def _truncate_log(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _do(made_up: MadeUp, statement: str, **facts: object) -> None:
    with writing(made_up.school.engine) as session:
        session.execute(text(statement), facts)


def test_a_shaken_school_passes_every_check(made_up: MadeUp, fails: Fails) -> None:
    _shaken(made_up)
    assert fails() == set()


def test_nothing_of_the_proof_is_left_behind(made_up: MadeUp, fails: Fails) -> None:
    _shaken(made_up)
    before = sorted(made_up.folder.rglob("*"))
    fails()
    assert sorted(made_up.folder.rglob("*")) == before


def test_with_the_shake_left_out_the_class_can_be_read_off(made_up: MadeUp, fails: Fails) -> None:
    _answered(made_up)
    assert fails() == {LOG, PLACES, PAIRS}


def test_an_emptied_log_alone_hides_the_pairs_and_not_the_order(made_up: MadeUp, fails: Fails) -> None:
    _answered(made_up)
    _truncate_log(made_up.school.engine)
    assert fails() == {PLACES}


def test_slips_that_came_when_they_were_used_are_told(made_up: MadeUp, fails: Fails) -> None:
    round_ = a_round(made_up.school)
    for _ in range(12):
        with writing(made_up.school.engine) as session:
            session.add(Slip(round_id=round_.id, tag=secrets.token_hex(16), used=True))
            session.add(Envelope(round_id=round_.id, id=secrets.token_hex(16), format=1, sealed=bytes(1024)))
    _truncate_log(made_up.school.engine)
    assert fails() == {PLACES, PAIRS}


def test_a_log_that_is_not_emptied_is_told(made_up: MadeUp, fails: Fails, monkeypatch: pytest.MonkeyPatch) -> None:
    _shaken(made_up)
    monkeypatch.setattr(patience, "until", lambda *_args: None)
    shake(made_up.school, now=NOW)
    assert fails() == {LOG}


@pytest.mark.parametrize(("secure_delete", "left"), [("ON", set()), ("OFF", {LEFT})])
def test_rows_that_were_deleted_and_not_overwritten_are_told(
    tmp_path: Path, secure_delete: str, left: set[str]
) -> None:
    with made_up_school(tmp_path, now=NOW) as made_up:

        def set_it(connection: object, _record: object) -> None:
            connection.execute(f"PRAGMA secure_delete={secure_delete}")  # type: ignore[attr-defined]  # a DBAPI's

        event.listen(made_up.school.engine, "connect", set_it)
        made_up.school.engine.dispose()
        with writing(made_up.school.engine) as session:
            session.add_all(Chore(name=f"needle {number}", done_on=NOW.date()) for number in range(40))
        shake(made_up.school, now=NOW)
        _do(made_up, "DELETE FROM chore")
        _truncate_log(made_up.school.engine)
        lines = check_installation(made_up.school, beside=tmp_path, today=NOW.date(), said=lambda _what: None)
        assert {line.name for line in lines if not line.holds} == left


def test_a_column_with_a_time_is_told(made_up: MadeUp, fails: Fails) -> None:
    _do(made_up, "ALTER TABLE envelope ADD COLUMN at DATETIME")
    _shaken(made_up)
    assert fails() == {"only listed tables and columns"}
    _do(made_up, "UPDATE envelope SET at = '2026-11-23 09:00:00'")
    shake_in_place(made_up)
    assert fails() == {"only listed tables and columns", "no times"}


@pytest.mark.parametrize("moment", [1795424400, 1795424400123, 1795424400.5, "09:00:00", b"seen 2026-11-23"])
def test_a_moment_is_told_whatever_it_looks_like(made_up: MadeUp, fails: Fails, moment: object) -> None:
    _shaken(made_up)
    _do(made_up, "UPDATE slip SET used = :moment", moment=moment)
    shake_in_place(made_up)
    assert "no times" in fails()


def shake_in_place(made_up: MadeUp) -> None:
    """Write the file anew without asking the models, which would not read such a value."""
    with made_up.school.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
    _truncate_log(made_up.school.engine)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE visit (id TEXT PRIMARY KEY) WITHOUT ROWID",
        "CREATE VIEW answers AS SELECT * FROM envelope",
        "CREATE TRIGGER note AFTER INSERT ON envelope BEGIN UPDATE chore SET done_on = date(); END",
    ],
)
def test_whatever_is_not_listed_is_told(made_up: MadeUp, fails: Fails, statement: str) -> None:
    _do(made_up, statement)
    shake(made_up.school, now=NOW)
    assert fails() == {"only listed tables and columns"}


def test_numbered_rows_are_told(made_up: MadeUp, fails: Fails) -> None:
    _do(made_up, "DROP TABLE slip")
    _do(made_up, "CREATE TABLE slip (round_id VARCHAR(32), tag VARCHAR(32), used BOOLEAN, PRIMARY KEY (round_id, tag))")
    shake(made_up.school, now=NOW)
    assert fails() == {"only listed tables and columns"}


@pytest.mark.parametrize(
    ("id_", "is_clock"),
    [("0193{0:04x}a1b2{1:020x}", True), ("{1:08x}12341{0:03x}{1:016x}", True), ("{2}", False)],
    ids=["begins with a moment", "UUID version 1", "random"],
)
def test_ids_with_a_clock_in_them_are_told(made_up: MadeUp, fails: Fails, id_: str, is_clock: bool) -> None:
    round_ = a_round(made_up.school)
    with writing(made_up.school.engine) as session:
        for number in range(12):
            made = id_.format(number, secrets.randbits(32), secrets.token_hex(16))
            session.add(Envelope(round_id=round_.id, id=made[:32], format=1, sealed=bytes(1024)))
    shake(made_up.school, now=NOW)
    assert ("ids are random" in fails()) is is_clock


def test_an_envelope_of_a_length_of_its_own_is_told(made_up: MadeUp, fails: Fails) -> None:
    round_ = a_round(made_up.school)
    with writing(made_up.school.engine) as session:
        session.add(Envelope(round_id=round_.id, id=secrets.token_hex(16), format=1, sealed=bytes(1280)))
    shake(made_up.school, now=NOW)
    assert fails() == {"envelopes come in a few sizes"}
