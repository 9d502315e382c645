"""Several writers share a commit: each gets its own answer, a refusal is one's own, a failing disk is everybody's."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError, TimeoutError  # noqa: A004 - a pool's

from feedback import db
from feedback.db import connect, patience, reading, writing, writing_together

_PEOPLE = 12


class Refused(Exception):
    """A rule of ours."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with one table."""
    opened = connect(f"sqlite:///{tmp_path / 'voicebox.db'}")
    with writing(opened) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    yield opened
    opened.dispose()


def _insert(body: str) -> Callable[[Connection], str]:
    def do(connection: Connection) -> str:
        connection.execute(text("INSERT INTO note VALUES (:body)"), {"body": body})
        return body.upper()

    return do


def _insert_and_refuse(connection: Connection) -> str:
    _insert("never")(connection)
    raise Refused


def _notes(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.scalars(text("SELECT body FROM note")))


def _all_behind_one(engine: Engine, works: list[Callable[[Connection], str]]) -> list[Future[str]]:
    """They come while somebody writes, so that all of them are in the line when it is free."""
    people = ThreadPoolExecutor(len(works))
    with writing(engine):
        ends = [people.submit(writing_together, engine, work) for work in works]
        while len(db._line(engine)._waiting) < len(works):
            threading.Event().wait(0.01)
    people.shutdown()
    return ends


def _commits(engine: Engine) -> list[str]:
    seen: list[str] = []
    event.listen(engine, "commit", lambda _connection: seen.append("commit"))
    return seen


def test_all_who_wait_share_one_commit_and_each_gets_its_own_answer(engine: Engine) -> None:
    commits = _commits(engine)
    ends = _all_behind_one(engine, [_insert(f"n{number}") for number in range(_PEOPLE)])
    assert [end.result() for end in ends] == [f"N{number}" for number in range(_PEOPLE)]
    assert _notes(engine) == {f"n{number}" for number in range(_PEOPLE)}
    # The writer they waited for had nothing to commit.
    assert commits == ["commit"]


def test_a_refusal_undoes_its_own_part_only(engine: Engine) -> None:
    first, refused, last = _all_behind_one(engine, [_insert("a"), _insert_and_refuse, _insert("b")])
    with pytest.raises(Refused):
        refused.result()
    assert (first.result(), last.result()) == ("A", "B")
    assert _notes(engine) == {"a", "b"}


def test_when_the_commit_fails_it_fails_for_everybody_and_the_next_ones_go_on(engine: Engine) -> None:
    def fail(_connection: object) -> None:
        raise OperationalError("COMMIT", None, Exception("disk I/O error"))

    started = threading.Event()

    def slow(connection: Connection) -> str:
        started.set()
        return _insert("slow")(connection)

    event.listen(engine, "commit", fail)
    ends = []
    with ThreadPoolExecutor(_PEOPLE) as people:
        ends = [people.submit(writing_together, engine, work) for work in [slow] * _PEOPLE]
    assert started.is_set()
    for end in ends:
        with pytest.raises(OperationalError):
            end.result()
    event.remove(engine, "commit", fail)
    assert _notes(engine) == set()
    assert writing_together(engine, _insert("later")) == "LATER"
    assert _notes(engine) == {"later"}


def test_who_waits_too_long_is_told_so_and_nothing_of_theirs_is_stored(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "BUSY_SECONDS", 0.2)
    with ThreadPoolExecutor(1) as person, writing(engine), pytest.raises(TimeoutError):
        person.submit(writing_together, engine, _insert("late")).result()
    assert writing_together(engine, _insert("on time")) == "ON TIME"
    assert _notes(engine) == {"on time"}


def test_hundreds_from_many_threads_are_all_there(engine: Engine) -> None:
    with ThreadPoolExecutor(_PEOPLE) as people:
        ends = list(people.map(lambda number: writing_together(engine, _insert(f"n{number}")), range(300)))
    assert len(set(ends)) == 300
    assert len(_notes(engine)) == 300
