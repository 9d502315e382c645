"""Many at the same time on PostgreSQL: writers come one at a time, as on SQLite, and readers see one moment."""

import os
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.orm import Session

from feedback import db
from feedback.db import connect, patience, postgresql, reading, scrub, writing
from feedback.models import AuditEntry, Envelope, Round, Slip
from feedback.models.base import new_id
from feedback.operations.answers.one_envelope import cap
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.errors import BoxFull
from feedback.operations.heads import first_broken_entry
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_round
from tests.postgres_server import Server, path_of

_AT_ONCE = 16


def _envelopes(school: School, round_: Round) -> int:
    with Session(school.engine) as session:
        box = select(func.count()).select_from(Envelope).where(Envelope.round_id == round_.id)
        return session.scalar(box) or 0


def test_the_same_form_sent_fifty_times_at_once_is_one_envelope_with_one_receipt(school: School) -> None:
    round_ = a_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    form_key = new_form_key()
    with ThreadPoolExecutor(_AT_ONCE) as people:
        sent = [people.submit(accept, school, asked, form_key, {"again": "yes"}, now=NOW) for _ in range(50)]
        assert len({one.result().receipt for one in sent}) == 1
        assert [one.result().again for one in sent].count(False) == 1
    assert _envelopes(school, round_) == 1


def test_a_box_never_holds_more_than_its_cap_however_many_come_at_once(school: School) -> None:
    round_ = a_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    with ThreadPoolExecutor(_AT_ONCE) as people:
        sent = [people.submit(accept, school, asked, new_form_key(), {"again": "no"}, now=NOW) for _ in range(40)]
    refused = [one for one in sent if isinstance(one.exception(), BoxFull)]
    assert (len(refused), _envelopes(school, round_)) == (40 - cap(25), cap(25))


def _write_entries(school: School, account: str) -> None:
    for number in range(10):
        with writing(school.engine) as session:
            record(session, NOW + timedelta(seconds=number), account, "tried", "nothing", number=number)


def test_the_audit_chain_holds_under_eight_writers(school: School) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(_write_entries, [school] * 8, [f"writer {number}" for number in range(8)]))
    with Session(school.engine) as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 80
    assert first_broken_entry(school) is None


def test_without_the_writers_locks_they_would_be_in_each_others_way(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control: a chain can only be written by one at a time, of one process or of several.
    monkeypatch.setattr(db.line.Line, "alone", lambda _line: nullcontext())
    event.remove(school.engine, "begin", postgresql._begin_as_writer)
    with ThreadPoolExecutor(8) as people:
        written = [people.submit(_write_entries, school, f"writer {number}") for number in range(8)]
    assert any(one.exception() for one in written)


def test_a_reader_sees_one_moment_waits_for_nobody_and_cannot_write(school: School) -> None:
    round_ = a_round(school)
    title = select(Round.title).where(Round.id == round_.id)
    with reading(school.engine) as reader:
        assert reader.scalar(title) == "Class 2B"
        with writing(school.engine) as writer:
            writer.get_one(Round, round_.id).title = "Class 3B"
            # Not committed yet: another reader does not wait for it.
            with reading(school.engine) as second:
                assert second.scalar(title) == "Class 2B"
        assert reader.scalar(title) == "Class 2B"
        with pytest.raises(InternalError):
            reader.execute(text("DELETE FROM envelope"))
    with reading(school.engine) as later:
        assert later.scalar(title) == "Class 3B"


def test_a_writer_waits_for_another_and_gives_up_after_a_while(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BUSY_SECONDS", 0.3)
    impatient = connect(school.settings.database_url)
    with school.engine.begin():
        started = time.monotonic()
        with pytest.raises(OperationalError), impatient.begin():
            pass
        assert time.monotonic() - started >= 0.3
    with writing(impatient) as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    impatient.dispose()


def test_a_box_can_be_scrubbed_while_people_answer_without_a_pause(school: School) -> None:
    round_ = a_round(school, slips=True)
    is_scrubbed = threading.Event()

    def change_a_row_again_and_again() -> None:
        while not is_scrubbed.is_set():
            with writing(school.engine) as session:
                session.get_one(Round, round_.id).slips_printed += 1
                session.execute(text("UPDATE slip SET used = NOT used"))

    with Session(school.engine) as session, session.begin():
        session.add_all(Slip(round_id=round_.id, tag=new_id()) for _ in range(25))
    with ThreadPoolExecutor(4) as people:
        changing = [people.submit(change_a_row_again_and_again) for _ in range(4)]
        try:
            for _ in range(3):
                scrub(school.engine)
        finally:
            is_scrubbed.set()
        assert [one.result() for one in changing] == [None] * 4


def test_a_dump_made_while_people_answer_restores_as_of_one_moment(school: School, postgresql: Server) -> None:
    round_ = a_round(school)
    is_dumped = threading.Event()

    def write_two_rows_at_once() -> int:
        written = 0
        while not is_dumped.is_set() or not written:
            with writing(school.engine) as session:
                session.add(Envelope(round_id=round_.id, id=new_id(), format=1, sealed=b"\0" * 256))
                record(session, NOW, "nobody", "tried", "nothing")
            written += 1
        return written

    with ThreadPoolExecutor(4) as people:
        writing_on = [people.submit(write_two_rows_at_once) for _ in range(4)]
        dump = _run(postgresql, "pg_dump", "--format=custom", f"--dbname={school.engine.url.database}")
        is_dumped.set()
        written = sum(one.result() for one in writing_on)
    copy = postgresql.new_database()
    _run(postgresql, "pg_restore", "--exit-on-error", f"--dbname={copy}", given=dump)
    restored = School(school.settings, connect(postgresql.url_of(copy)), school.keystore)
    with Session(restored.engine) as session:
        entries = session.scalar(select(func.count()).select_from(AuditEntry))
    assert entries == _envelopes(restored, round_) <= written
    assert first_broken_entry(restored) is None
    restored.engine.dispose()
    postgresql.drop_database(copy)


def _run(server: Server, program: str, *arguments: str, given: bytes = b"") -> bytes:
    environ = {**os.environ, "PGHOST": str(server.folder), "PGUSER": "voicebox"}
    command = [path_of(program), "--no-privileges", *arguments]
    return subprocess.run(command, input=given, env=environ, capture_output=True, check=True).stdout
