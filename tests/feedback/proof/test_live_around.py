"""What lies around the database: with one control switched off, exactly the line that is about it fails."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from huey import SqliteHuey
from sqlalchemy import text

from feedback.db import writing
from feedback.models import Envelope
from feedback.operations.answers.receipts import clean_after_withdrawals, withdraw
from feedback.operations.answers.shake import shake
from feedback.operations.backup import backup
from feedback.operations.counting.count import count
from feedback.operations.record import record
from feedback.operations.rounds.course import close_round
from feedback.privacy.handover import WorkerKey, hand_over
from feedback.proof.made_up import MadeUp, open_class, send
from tests.factories import NOW, a_round

Fails = Callable[[], set[str]]


def _counted(made_up: MadeUp) -> str:
    asked, hat = open_class(made_up, 12)
    for _ in range(12):
        send(made_up, asked, hat.pop(), {"again": "yes", "text-1": "more books"})
    close_round(made_up.school, made_up.lead, asked.round_id, now=NOW)
    count(made_up.school, asked.round_id, today=NOW.date())
    return asked.round_id


def _scrubbed(made_up: MadeUp) -> None:
    shake(made_up.school, now=NOW)


@pytest.mark.parametrize(
    "line",
    [
        '192.0.2.77 - - [23/Nov/2026:09:00:00] "POST /en/r/ABC"',
        "from 2001:db8::77 port 443",
        "UA Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    ],
)
def test_an_address_or_a_browser_in_a_log_is_told(made_up: MadeUp, fails: Fails, line: str) -> None:
    (made_up.folder / "logs").mkdir()
    (made_up.folder / "logs" / "web.log").write_text(f"started\n{line}\n")
    _scrubbed(made_up)
    assert fails() == {"no addresses and no browsers"}


def test_the_schools_own_address_times_and_versions_are_no_addresses(made_up: MadeUp, fails: Fails) -> None:
    lines = "serving http://localhost:8080 on 127.0.0.1:8080\n2026-11-23T09:00:00 10:11:12 counted, sqlite 3.40.1\n"
    (made_up.folder / "worker.log").write_text(lines)
    _scrubbed(made_up)
    assert fails() == set()


def test_a_recording_is_only_sound_and_what_merely_bears_its_name_is_told(made_up: MadeUp, fails: Fails) -> None:
    folder = made_up.folder / "recordings" / "ABCDEF" / "en"
    folder.mkdir(parents=True)
    # In the random bytes of sound something always looks like an address.
    (folder / "again.mp3").write_bytes(b"\xff\xf3T\xc4\x00 2001:db8::77 \x00")
    _scrubbed(made_up)
    assert fails() == set()
    (folder / "liked.mp3").write_bytes(b"ID3 from 192.0.2.77")
    assert fails() == {"no addresses and no browsers"}


def test_the_key_of_a_counted_box_is_told(made_up: MadeUp, fails: Fails) -> None:
    round_id = _counted(made_up)
    assert fails() == set()
    key = made_up.school.keystore.folder / "rounds" / round_id / "box.key"
    key.touch(mode=0o600)
    assert fails() == {"keys of counted boxes are gone"}


def test_a_keystore_that_others_can_read_is_told(made_up: MadeUp, fails: Fails) -> None:
    round_id = _counted(made_up)
    (made_up.school.keystore.folder / "rounds" / round_id / "data.key").chmod(0o644)
    assert fails() == {"keys are for the service only"}


def test_a_database_that_others_can_copy_is_told(made_up: MadeUp, fails: Fails) -> None:
    _scrubbed(made_up)
    (made_up.folder / "voicebox.db").chmod(0o644)
    made_up.folder.chmod(0o755)
    assert fails() == {"files are for the service only"}


@pytest.mark.parametrize("waits", ["more books for everybody", "x" * 65])
def test_a_text_that_waits_in_the_queue_is_told(made_up: MadeUp, fails: Fails, waits: str) -> None:
    queue = SqliteHuey("voicebox", filename=str(made_up.folder / "queue.db"), results=False)
    run = queue.task(name="run")(lambda *_words: None)
    _scrubbed(made_up)
    with closing(WorkerKey()) as worker:
        worker.publish(made_up.folder)
        run("finish-round", "a" * 32, hand_over("the officer's passphrase", "a" * 32, made_up.folder))
    assert fails() == set()
    run("finish-round", waits)
    assert fails() == {"the queue holds names and ids only"}


def test_an_action_of_a_respondent_in_the_audit_log_is_told(made_up: MadeUp, fails: Fails) -> None:
    with writing(made_up.school.engine) as session:
        record(session, NOW, "nobody", "answered", "a" * 32)
    _scrubbed(made_up)
    assert fails() == {"the audit log knows staff only"}


def test_an_audit_entry_about_an_envelope_is_told(made_up: MadeUp, fails: Fails) -> None:
    asked, hat = open_class(made_up, 12)
    sent = send(made_up, asked, hat.pop(), {"again": "yes"})
    with writing(made_up.school.engine) as session:
        record(session, NOW, "lead", "round_closed", sent.envelope)
    _scrubbed(made_up)
    assert fails() == {"the audit log knows staff only"}


def test_an_audit_entry_that_was_changed_is_told(made_up: MadeUp, fails: Fails) -> None:
    with writing(made_up.school.engine) as session:
        session.execute(text("UPDATE audit_entry SET account = 'somebody else' WHERE number = 1"))
    _scrubbed(made_up)
    assert fails() == {"the audit log knows staff only"}


def test_what_an_old_backup_brought_back_is_told(made_up: MadeUp, fails: Fails) -> None:
    round_id = _counted(made_up)
    with writing(made_up.school.engine) as session:
        session.add(Envelope(round_id=round_id, id="ab" * 16, format=1, sealed=bytes(1024)))
    _scrubbed_whole(made_up)
    assert fails() == {"nothing came back from a backup"}


@pytest.mark.parametrize("what", ["comments purged", "tallies purged"])
def test_purged_things_that_came_back_are_told(made_up: MadeUp, fails: Fails, what: str) -> None:
    round_id = _counted(made_up)
    made_up.school.keystore.note(what, round=round_id, on=NOW.date().isoformat())
    assert fails() == {"nothing came back from a backup"}


def test_a_withdrawn_envelope_that_came_back_is_told(made_up: MadeUp, fails: Fails) -> None:
    asked, hat = open_class(made_up, 12)
    sent = send(made_up, asked, hat.pop(), {"again": "yes"})
    withdraw(made_up.school, asked.code, sent.receipt, now=NOW)
    assert clean_after_withdrawals(made_up.school)
    assert fails() == set()
    with writing(made_up.school.engine) as session:
        found = session.get_one(Envelope, (asked.round_id, sent.envelope))
        found.format, found.sealed = 1, bytes(1024)
    _scrubbed(made_up)
    assert fails() == {"nothing came back from a backup"}


def test_withdrawals_in_the_order_of_their_coming_are_told_until_the_shake(made_up: MadeUp, fails: Fails) -> None:
    round_ = a_round(made_up.school)
    for hashed in ("b" * 64, "a" * 64):
        made_up.school.keystore.note("withdrawn", round=round_.id, envelope=hashed)
    _scrubbed_whole(made_up)
    assert fails() == {"the ledger tells no order"}
    shake(made_up.school, now=NOW)
    assert fails() == set()


def test_a_backup_whose_days_are_over_is_told(made_up: MadeUp, fails: Fails) -> None:
    backup(made_up.school, today=NOW.date() - timedelta(days=30), now=NOW, account="console")
    _scrubbed(made_up)
    assert fails() == {"no backup outlives its days"}


def _scrubbed_whole(made_up: MadeUp) -> None:
    """Only the file, so that the ledger stays as it is."""
    with made_up.school.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
