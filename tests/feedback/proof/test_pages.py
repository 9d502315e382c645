"""The file is read as it is: every row where it lies, every free page, and every byte that should be gone."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from feedback.proof.leftovers import leftovers
from feedback.proof.log import commits, frames, latest
from feedback.proof.pages import FileMalformed, PageFile
from feedback.proof.rows import rows_of, table_rows, trees

_NEEDLE = b"needle in a haystack"


def _open(build: ModuleType, path: Path, *pragmas: str) -> Any:
    connection = build.connect(str(path), isolation_level=None)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _read(path: Path) -> PageFile:
    log = path.with_name(path.name + "-wal")
    return latest(path.read_bytes(), log.read_bytes() if log.exists() else b"")


@pytest.mark.parametrize("page_size", [512, 4096, 65536])
def test_every_row_is_read_with_all_its_bytes(tmp_path: Path, sqlite_build: ModuleType, page_size: int) -> None:
    rows = [
        (f"key {number:04}", number * 10**9 - 5, number / 7, None, b"\xff" * (number * 31), "ü" * number, number % 2)
        for number in range(120)
    ]
    with closing(_open(sqlite_build, tmp_path / "x.db", f"page_size={page_size}")) as connection:
        for table, ending in (("with_rowid", ""), ("without", " WITHOUT ROWID")):
            connection.execute(f"CREATE TABLE {table} (a TEXT PRIMARY KEY, b, c, d, e, f, g){ending}")
            connection.execute("BEGIN")
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - two names
            connection.execute("COMMIT")
    file = _read(tmp_path / "x.db")
    for table in ("with_rowid", "without"):
        assert sorted(row.values for row in table_rows(file, table)) == rows
    (index,) = [tree for tree in trees(file) if tree.kind == "index"]
    assert {row.values[0] for row in rows_of(file, index.root)} == {row[0] for row in rows}


def test_a_long_row_goes_on_from_page_to_page(tmp_path: Path, sqlite_build: ModuleType) -> None:
    with closing(_open(sqlite_build, tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE paper (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID")
        connection.execute("INSERT INTO paper VALUES ('one', ?)", (bytes(range(256)) * 80,))
    file = _read(tmp_path / "x.db")
    (row,) = table_rows(file, "paper")
    assert row.values == ("one", bytes(range(256)) * 80)
    assert len(file.overflow_pages(row.cell)) == 5
    assert leftovers(file) == []


def test_a_row_that_is_only_in_the_log_yet_is_seen(tmp_path: Path, sqlite_build: ModuleType) -> None:
    with closing(_open(sqlite_build, tmp_path / "x.db", "journal_mode=WAL")) as connection:
        connection.execute("CREATE TABLE paper (id TEXT PRIMARY KEY) WITHOUT ROWID")
        for number in range(3):
            connection.execute("INSERT INTO paper VALUES (?)", (f"paper {number}",))
        body, log = (tmp_path / "x.db").read_bytes(), (tmp_path / "x.db-wal").read_bytes()
    assert [row.values for row in table_rows(latest(body, log), "paper")] == [(f"paper {n}",) for n in range(3)]
    assert [len(table_rows(state, "paper")) for state in list(commits(body, log))[-3:]] == [1, 2, 3]
    assert len(frames(log[:-1])) == len(frames(log)) - 1
    torn = log[:-10] + bytes(10)
    assert len(frames(torn)) == len(frames(log)) - 1


@pytest.mark.parametrize(("secure_delete", "left"), [("ON", False), ("OFF", True)])
def test_what_was_deleted_is_found_where_it_was_not_overwritten(
    tmp_path: Path, sqlite_build: ModuleType, secure_delete: str, left: bool
) -> None:
    with closing(_open(sqlite_build, tmp_path / "x.db", f"secure_delete={secure_delete}")) as connection:
        connection.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, body BLOB)")
        # Some whole on a page, some on many, so that freeblocks, unallocated space and free pages come about.
        bodies = [(number, _NEEDLE * (1 + 600 * (number % 3 == 0))) for number in range(60)]
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO paper VALUES (?, ?)", bodies)
        connection.execute("COMMIT")
        connection.execute("DELETE FROM paper WHERE id % 5 < 4")
    file = _read(tmp_path / "x.db")
    free = {number for number, _needed in file.free_pages()}
    content = [place for place in leftovers(file) if place.content]
    assert len(free) > 20
    assert bool({place.page for place in content} & free) is left
    assert bool({place.page for place in content} - free) is left
    assert any(_NEEDLE in stretch for place in content for stretch in place.content) is left


def test_bytes_behind_the_last_page_are_found(tmp_path: Path) -> None:
    with closing(_open(sqlite3, tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY)")
    body = (tmp_path / "x.db").read_bytes()
    assert leftovers(PageFile(body)) == []
    assert [place.bytes_left for place in leftovers(PageFile(body + _NEEDLE))] == [len(_NEEDLE)]


def test_notes_of_distances_are_no_content_and_text_is() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY)")
        body = bytearray(connection.serialize())
    second = 4096 + 2000
    body[second : second + 4] = b"\x0e\x11\x0f\xbb"
    assert [place.content for place in leftovers(PageFile(bytes(body)))] == [()]
    body[second : second + 4] = b"yes!"
    assert [place.content for place in leftovers(PageFile(bytes(body)))] == [(b"yes!",)]


@pytest.mark.parametrize(
    ("place", "broken"),
    [(0, b"no database"), (16, b"\0\3"), (100, b"\7"), (103, b"\xff\xff"), (32, b"\0\0\xff\xff"), (108, b"\xff\xf0")],
)
def test_a_broken_file_is_told_and_not_guessed_at(place: int, broken: bytes) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, body)")
        connection.execute("INSERT INTO paper VALUES (1, zeroblob(9000))")
        body = bytearray(connection.serialize())
    leftovers(PageFile(bytes(body)))
    body[place : place + len(broken)] = broken
    with pytest.raises(FileMalformed):
        leftovers(PageFile(bytes(body)))


def test_whatever_is_broken_in_a_file_is_told_and_never_a_crash() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA page_size=512")
        connection.execute("CREATE TABLE paper (id TEXT PRIMARY KEY, body) WITHOUT ROWID")
        connection.executemany("INSERT INTO paper VALUES (?, zeroblob(300))", [(f"{n}",) for n in range(40)])
        connection.execute("DELETE FROM paper WHERE id > 2")
        body = connection.serialize()
    told, luck = 0, random.Random(20261122)  # noqa: S311 - the same damage in every run
    for _ in range(2000):
        damaged = bytearray(body)
        start = luck.randrange(len(body))
        damaged[start : start + luck.randrange(1, 40)] = luck.randbytes(luck.randrange(1, 40))
        try:
            leftovers(PageFile(bytes(damaged)))
            table_rows(PageFile(bytes(damaged)), "paper")
        except FileMalformed:
            told += 1
    assert told > 100
    for pages in range(len(body) // 512):
        with pytest.raises(FileMalformed):
            leftovers(PageFile(body[: 512 * pages]))
