"""While somebody keeps reading, nothing can be scrubbed; everybody who answers meanwhile must not notice. SQLite."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, TimeoutError  # noqa: A004 - of those who wait in line

from feedback.db import NotScrubbed, connect, patience, reading, scrub, sqlite, writing

#: Seconds that these writers wait for another, far longer than one of them takes.
_PATIENCE = 2


@contextmanager
def _writers(url: str) -> Iterator[tuple[list[str], list[Exception]]]:
    """Four that answer without a pause until the block ends: what was stored, and who was told to try again."""
    engine, over = connect(url), threading.Event()
    stored, failed = list[str](), list[Exception]()

    def answer() -> None:
        while not over.wait(0.01):
            try:
                with writing(engine) as session:
                    session.execute(text("INSERT INTO note VALUES ('x')"))
                stored.append("x")
            except (OperationalError, TimeoutError) as locked:
                failed.append(locked)

    threads = [threading.Thread(target=answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield stored, failed
    finally:
        over.set()
        for thread in threads:
            thread.join()
        engine.dispose()


@pytest.mark.parametrize(("waits", "tries", "some_fail"), [(None, 5, False), (3 * _PATIENCE * 1000, 1, True)])
def test_who_answers_while_somebody_keeps_reading_is_not_held_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: int | None, tries: int, some_fail: bool
) -> None:
    url = f"sqlite:///{tmp_path / 'voicebox.db'}"
    engine = connect(url)
    with writing(engine) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    if waits:
        # The negative control: as long as a writer waits, and longer.
        monkeypatch.setattr(sqlite, "_CHECKPOINT_WAITS", waits)
    with reading(engine) as session:
        session.execute(text("SELECT * FROM note")).all()
        scrubber = connect(url)
        scrubber.connect().close()
        monkeypatch.setattr(patience, "BUSY_SECONDS", _PATIENCE)
        with _writers(url) as (stored, failed), pytest.raises(NotScrubbed):
            scrub(scrubber, tries=tries)
    assert stored
    assert bool(failed) is some_fail
    scrub(scrubber)
    assert (tmp_path / "voicebox.db-wal").stat().st_size == 0
    scrubber.dispose()
    engine.dispose()


def test_beside_a_reader_the_whole_file_is_not_written_anew(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'voicebox.db'}")
    other = connect(f"sqlite:///{tmp_path / 'voicebox.db'}")
    with writing(engine) as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    said: list[str] = []
    raw = engine.raw_connection()
    raw.driver_connection.set_trace_callback(said.append)  # type: ignore[union-attr]  # there is one
    raw.close()
    with reading(other) as session:
        session.execute(text("SELECT * FROM note")).all()
        with pytest.raises(NotScrubbed):
            scrub(engine, tries=1)
    assert "VACUUM" not in said
    scrub(engine)
    assert "VACUUM" in said
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == patience.BUSY_SECONDS * 1000
    engine.dispose()
    other.dispose()
