"""The privacy officer's page: the passphrase goes through a real worker and lies in clear on no disk."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback import jobs
from feedback.models import Round
from feedback.operations.school import School
from feedback.privacy.handover import WorkerAway, WorkerKey, hand_over
from feedback.privacy.permissions import ROLES
from tests.desk import Desk
from tests.factories import a_round, a_staff_member, drop_envelopes

PASSPHRASE = "needle-4c1d9a77 and four more words"


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "officer"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the page asks of a worker that is not really there."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "ask_to_open", lambda *words: found.append(words))
    return found


def _a_box_that_waits(school: School, title: str = "Class 2B") -> Round:
    round_ = a_round(school, title=title)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    if not school.keystore.has_passphrase:
        school.keystore.keeper.set_passphrase(PASSPHRASE)
    return round_


def _state(school: School, round_: Round) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).state


def test_without_a_passphrase_the_page_says_that_nothing_has_to_be_done(desk: Desk) -> None:
    page = desk.open("/boxes/")
    assert "boxes are opened by themselves" in page.words
    assert "passphrase" not in page.fields


def test_everybody_is_told_that_the_round_waits_for_the_officer(school: School, app: Flask) -> None:
    round_ = _a_box_that_waits(school)
    lead = Desk(app, a_staff_member(school, "lead", account="lead"))
    for path in (f"/rounds/{round_.id}", f"/rounds/{round_.id}/results", f"/pilots/{round_.pilot_id}"):
        assert "Closed, waiting for the privacy officer" in lead.open(path).words
    assert "The box is still shut" in lead.open(f"/rounds/{round_.id}/results").words


@pytest.mark.parametrize("role", ROLES)
def test_only_the_officer_has_the_page(school: School, app: Flask, role: str) -> None:
    desk = Desk(app, a_staff_member(school, role))
    expected = 200 if role == "officer" else 403
    leads_there = "/en/desk/boxes/" in desk.client.get("/en/desk/privacy").text
    assert (desk.status("/boxes/"), leads_there) == (expected, role == "officer")
    assert desk.status("/boxes/", "POST") == (422 if role == "officer" else 403)


@pytest.fixture
def worker(school: School) -> Iterator[WorkerKey]:
    """As if a worker ran."""
    made = WorkerKey()
    made.publish(school.settings.instance)
    yield made
    made.close()


@pytest.mark.usefixtures("worker")
def test_the_officer_chooses_and_is_told_what_is_being_counted(
    school: School, desk: Desk, asked: list[tuple[object, ...]]
) -> None:
    first, second = _a_box_that_waits(school, title="Class 5A"), _a_box_that_waits(school, title="Class 5B")
    page = desk.open("/boxes/")
    assert sorted(page.fields["rounds"]) == sorted([first.id, second.id])
    sent = desk.send("/boxes/", rounds=[first.id], passphrase=PASSPHRASE)
    assert [words[1] for words in asked] == [first.id]
    assert ("Being counted" in sent.words, sent.fields["rounds"]) == (True, [second.id])
    assert "Refresh" in sent.response.headers
    assert "Refresh" not in desk.open(f"/boxes/?asked={first.id}&still=yes").response.headers
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, first.id).state = "scrubbed"
    assert "Done." in desk.open(f"/boxes/?asked={first.id}").words


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("typed", "rounds", "said"),
    [
        ("another passphrase of words", None, "This did not work."),
        ("", None, "Type the passphrase."),
        (PASSPHRASE, [], "Choose at least one box."),
        (PASSPHRASE, ["nothing"], "Please choose from this list."),
    ],
)
def test_what_does_not_open_a_box_is_said_at_its_place(
    school: School, desk: Desk, asked: list[tuple[object, ...]], typed: str, rounds: list[str] | None, said: str
) -> None:
    round_ = _a_box_that_waits(school)
    page = desk.send("/boxes/", rounds=[round_.id] if rounds is None else rounds, passphrase=typed)
    assert (page.status, said in page.words, asked) == (422, True, [])
    assert page.fields["passphrase"] == [""]


def test_without_a_worker_the_officer_is_asked_to_come_back(school: School, desk: Desk) -> None:
    round_ = _a_box_that_waits(school)
    page = desk.send("/boxes/", rounds=[round_.id], passphrase=PASSPHRASE)
    assert (page.status, page.response.headers["Retry-After"]) == (503, "60")
    assert "Nothing counts boxes at the moment." in page.words


def test_the_passphrase_opens_the_box_and_is_in_no_file_and_no_list_of_processes(school: School, desk: Desk) -> None:
    round_ = _a_box_that_waits(school)
    with _everything_that_runs() as seen, _a_worker(school):
        _wait_until((school.settings.instance / "worker.public").exists)
        assert _state(school, round_) == "closed"
        page = desk.send("/boxes/", rounds=[round_.id], passphrase=PASSPHRASE)
        assert "Being counted" in page.words
        _wait_until(lambda: _state(school, round_) == "scrubbed")
        assert PASSPHRASE.encode() not in _everything_in(school.settings.instance)
    assert PASSPHRASE.encode() not in _everything_in(school.settings.instance)
    # The worker left its public key behind, and it is seen that nobody has the other half any more.
    assert (school.settings.instance / "worker.public").exists()
    with pytest.raises(WorkerAway):
        hand_over(PASSPHRASE, round_.id, school.settings.instance)
    assert any(b"finish-round" in line and b"--passphrase-stdin" in line for line in seen)
    assert not any(PASSPHRASE.encode() in line for line in seen)


def test_the_search_would_find_a_passphrase_that_is_given_in_clear(school: School) -> None:
    # The negative control: through the queue as it is, and as an argument.
    with _everything_that_runs() as seen:
        jobs.ask_for(school.settings.instance, "finish-round", "nothing", PASSPHRASE)
        subprocess.run([sys.executable, "-c", "import time; time.sleep(0.5)", PASSPHRASE], check=True)
    assert PASSPHRASE.encode() in _everything_in(school.settings.instance)
    assert any(PASSPHRASE.encode() in line for line in seen)


@contextmanager
def _a_worker(school: School) -> Iterator[None]:
    settings = school.settings
    environ = {
        **os.environ,
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
    }
    worker = subprocess.Popen([sys.executable, "-m", "feedback", "work"], env=environ, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)


@contextmanager
def _everything_that_runs() -> Iterator[set[bytes]]:
    """What anybody on the machine can see of its processes while the block runs."""
    seen: set[bytes] = set()
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            for process in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "environ"):
                    with suppress(OSError):
                        seen.add((process / name).read_bytes())

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()


def _everything_in(folder: Path) -> bytes:
    found = []
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            found.append(path.read_bytes() if path.is_file() else b"")
    return b"".join(found)


def _wait_until(done: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.2)
