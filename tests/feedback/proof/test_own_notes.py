"""SQLite's own list of tables is told from sealed bytes, from words, and from both together."""

import secrets
import sqlite3
from pathlib import Path

import pytest

from feedback.proof.own_notes import OwnNotes
from feedback.proof.pages import PageFile

_SQL = "CREATE TABLE envelope (round_id VARCHAR(32), id VARCHAR(32), PRIMARY KEY (round_id, id))"


@pytest.fixture
def notes(tmp_path: Path) -> OwnNotes:
    """Those of a file with one table and its automatic index."""
    with sqlite3.connect(tmp_path / "v.db") as connection:
        connection.execute(_SQL)
    return OwnNotes([PageFile((tmp_path / "v.db").read_bytes())])


@pytest.mark.parametrize(
    "row",
    [
        b"K\n\x06\x17_9\x01\x00indexsqlite_autoind",
        b"\x81A\x01\x07\x17\x1d\x1d\x01\x82\x13tableenvelopeenvelope\x02" + _SQL.encode(),
        _SQL.encode()[20:],
    ],
)
def test_rows_of_the_list_whole_or_cut_are_its_own(notes: OwnNotes, row: bytes) -> None:
    assert notes.has(row)


@pytest.mark.parametrize(
    "left",
    [
        secrets.token_bytes(200),
        b"The lunch is cold every day.",
        b"tableenvelopeenvelope\x02 The lunch is cold every day.",
        secrets.token_hex(32).encode(),
        b"\x01\x02\x03\x04\x05\xff\xfe",
    ],
)
def test_what_people_left_is_not(notes: OwnNotes, left: bytes) -> None:
    assert not notes.has(left)
