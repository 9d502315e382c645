"""Proofs from a page: one at a time, with progress, kept with their result, and told of when they were cut off."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from feedback import jobs
from feedback.commands import proof_run, voicebox
from feedback.commands.place import Place
from feedback.commands.proof_run import result_of
from feedback.operations.audit.proof_runs import (
    AlreadyRunning,
    Result,
    ask_for_run,
    keep_result,
    note_progress,
    running,
)
from feedback.operations.school import School
from feedback.proof.row_checks import _IDS, _TIMES
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.looks import is_every
from tests.pages import Page

_HOLD = (
    "import fcntl, os, sys, time; f = os.open(sys.argv[1], os.O_RDONLY | os.O_CREAT); "
    "fcntl.flock(f, fcntl.LOCK_EX); print(1, flush=True); time.sleep(60)"
)


@pytest.fixture
def school(school_in_a_file: School) -> School:
    """The attack reads the database's own file; what it does on PostgreSQL is in tests/feedback/proof."""
    return school_in_a_file


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "officer", account="officer@example.org"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the page asks of a worker that is not really there."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "ask_for_beside", lambda *words: found.append(words))
    return found


def _worker(school: School, run_id: str, *words: str) -> str:
    settings = school.settings
    environ = {"VOICEBOX_SECRET": settings.secret, "VOICEBOX_INSTANCE": str(settings.instance)}
    environ["VOICEBOX_DATABASE_URL"] = settings.database_url
    told = CliRunner(env=environ).invoke(
        voicebox, ("proof-run", run_id, *words), obj=Place(lambda _settings: Flask(__name__))
    )
    assert told.exit_code == 0, told.output
    return told.output


def test_what_a_proof_means_is_told_in_the_language_of_the_page(school: School, desk: Desk) -> None:
    lines = [result_of(check.line(holds=True, seen="seen so")) for check in (_TIMES, _IDS)]
    with running(school, None, "prove", now=NOW) as run_id:
        keep_result(school, run_id, lines, now=NOW)
    assert "Nothing that a respondent sent carries a date" in desk.open("/proofs/run").words
    arabic = Page(desk.client.get("/ar/desk/proofs/run"))
    assert "Nothing that a respondent sent" not in arabic.words
    assert "لا شيء مما أرسله مجيب يحمل تاريخًا" in arabic.words
    # What was seen stays as the command says it, and is marked so.
    assert arabic.words.count("seen so") == len(lines)


def test_the_officer_starts_one_and_reads_its_table(
    school: School, desk: Desk, asked: list[tuple[object, ...]]
) -> None:
    page = desk.send("/proofs/run", what="verify")
    assert "It begins in a moment." in page.words
    assert page.response.headers["Refresh"].startswith("4; url=/en/desk/proofs/run")
    assert "Refresh" not in desk.open("/proofs/run?still=yes").response.headers
    ((_instance, command, run_id),) = asked
    assert command == "proof-run"
    _worker(school, str(run_id))
    page = desk.open("/proofs/run")
    assert "1 check, and it holds." in page.words
    assert "Refresh" not in page.response.headers


def test_a_dry_run_says_which_rounds_and_not_how_many_rows(
    school: School, desk: Desk, asked: list[tuple[object, ...]]
) -> None:
    desk.send("/proofs/run", what="dry_run")
    _worker(school, str(asked[0][2]))
    assert "0 rounds have something that is due." in desk.open("/proofs/run").words


def test_the_attack_itself_is_done_by_the_worker_and_leaves_no_copy(
    school: School, desk: Desk, asked: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_every():
        # A made-up school takes nine seconds; tests/feedback/proof attacks it always.
        monkeypatch.setattr(proof_run, "check_made_up_school", lambda *_words, **_more: [])
    desk.send("/proofs/run", what="prove")
    _worker(school, str(asked[0][2]), "--runs", "2")
    page = desk.open("/proofs/run")
    assert "all of them hold" in page.words
    assert page.response.text.count("<td>holds</td>") > 10
    assert list(school.settings.instance.glob("voicebox-proof-*")) == []


def test_only_one_goes_on_at_a_time(school: School, desk: Desk, asked: list[tuple[object, ...]]) -> None:
    desk.send("/proofs/run", what="verify")
    again = desk.send("/proofs/run", what="verify")
    assert again.status == 409
    assert "Only one runs at a time." in again.words
    assert len(asked) == 1
    with (
        running(school, None, "prove", now=NOW),
        pytest.raises(AlreadyRunning),
        running(school, None, "verify", now=NOW),
    ):
        pass


def test_progress_is_drawn_and_a_failing_line_stands_out(school: School, desk: Desk) -> None:
    with running(school, None, "prove", now=NOW) as run_id:
        note_progress(school, run_id, 40, 100)
        assert 'max="100" value="40"' in desk.open("/proofs/run").response.text
        keep_result(school, run_id, [Result("no times", True, "None."), Result("ids", False, "Two.")], now=NOW)
    page = desk.open("/proofs/run")
    assert "1 check does not hold." in page.words
    assert page.response.text.count('class="fails"') == 1


def test_one_that_was_killed_is_told_as_cut_off_and_can_be_started_again(
    school: School, desk: Desk, asked: list[tuple[object, ...]]
) -> None:
    run_id = ask_for_run(school, a_staff_member(school, "officer"), "verify", now=NOW)
    with running(school, run_id, "verify", now=NOW):
        pass  # It ends without a result, as a killed process does.
    lock = school.settings.instance / "proof.lock"
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(lock)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert "It goes on." in desk.open("/proofs/run").words
        os.kill(other.pid, signal.SIGKILL)
    time.sleep(0.05)
    assert "It was cut off" in desk.open("/proofs/run").words
    assert "It begins in a moment." in desk.send("/proofs/run", what="verify").words
    _worker(school, str(asked[0][2]))
    words = desk.open("/proofs/run").words
    assert "1 check, and it holds." in words
    assert "It was cut off" in words


def test_one_that_no_worker_takes_up_is_told_as_cut_off(school: School, app: Flask, desk: Desk) -> None:
    ask_for_run(school, a_staff_member(school, "officer"), "verify", now=NOW - timedelta(minutes=6))
    assert app.extensions["clock"]() == NOW
    assert "It was cut off" in desk.open("/proofs/run").words


@pytest.mark.parametrize("role", ["lead", "teacher", "administrator"])
def test_nobody_else_starts_one(school: School, app: Flask, role: str) -> None:
    other = Desk(app, a_staff_member(school, role))
    assert (other.status("/proofs/run"), other.status("/proofs/run", "POST")) == (403, 403)
