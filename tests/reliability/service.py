"""A school of its own: a folder, a database, one open round, and the real server in processes that can be killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feedback.config import Settings
from feedback.migrations import upgrade
from feedback.models import Round
from feedback.operations.answers.slips import put_in
from feedback.operations.school import School, now_utc, open_school
from feedback.privacy.slips import new_code, tag
from forms.definition import Instrument
from tests.factories import a_family_instrument, a_round
from tests.served import free_port

#: The shipped command line, and the same with one thing changed (child.py).
SHIPPED, CHANGED = "feedback", "tests.reliability.child"
_ROOT = Path(__file__).resolve().parents[2]
_SECRET = "a secret only for storms 0123456789 abcdefghijklmn"
#: Seconds a server may take to start on a busy machine.
_PATIENCE = 60


@dataclass(slots=True)
class Service:
    """One installation. `said` is where its processes write; it lies outside the instance folder."""

    folder: Path
    database_url: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)
    program: str = SHIPPED
    port: int = 0
    round: Round = field(init=False)
    _running: list[subprocess.Popen[bytes]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def settings(self) -> Settings:
        """What this school decided."""
        instance = self.folder / "instance"
        return Settings(
            secret=_SECRET,
            instance=instance,
            keystore=self.folder / "keystore",
            database_url=self.database_url or f"sqlite:///{instance / 'voicebox.db'}",
            public_address=f"http://127.0.0.1:{self.port}",
            school_name="Hill Road School",
            port=self.port,
        )

    @property
    def said(self) -> Path:
        """Everything the processes wrote to their standard output and error."""
        return self.folder / "said"

    @property
    def address(self) -> str:
        """The open round's form, in English."""
        return f"/en/r/{self.round.code}"

    @contextmanager
    def school(self) -> Iterator[School]:
        """The school's rows and keys, seen from the test; nothing stays open afterwards."""
        opened = open_school(self.settings)
        try:
            yield opened
        finally:
            opened.engine.dispose()

    def open_round(self, instrument: Instrument | None = None, **facts: Any) -> Round:
        """Open the round that the posters answer."""
        self.round = self.another_round(instrument, **facts)
        return self.round

    def another_round(self, instrument: Instrument | None = None, **facts: Any) -> Round:
        """An open round, 500 days either way so that no clock closes it."""
        window = {"opens_at": now_utc() - timedelta(days=500), "closes_at": now_utc() + timedelta(days=500)}
        plan = {"group_size": None, "k": 20, "promise_on": (now_utc() + timedelta(days=510)).date(), **window, **facts}
        with self.school() as school:
            upgrade(school.engine)
            return a_round(school, instrument or a_family_instrument(), **plan)

    def print_slips(self, number: int) -> list[str]:
        """Codes of slips for the open round, which was planned with slips."""
        codes = [new_code() for _ in range(number)]
        with self.school() as school, Session(school.engine) as session, session.begin():
            pepper = school.keystore.pepper(self.round.id)
            put_in(session, self.round.id, [tag(code, None, pepper) for code in codes])
            session.get_one(Round, self.round.id).slips_printed += number
        return codes

    def start(self, command: str = "serve", **environ: str) -> None:
        """Start the server, and wait until it answers."""
        self._running.append(self.run(command, environ=environ))
        until = time.monotonic() + _PATIENCE
        while not self.answers():
            assert self._running[-1].poll() is None, self.said.read_text(errors="replace")
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)

    def run(
        self, *command: str, environ: Mapping[str, str] | None = None, pipe: bool = False
    ) -> subprocess.Popen[bytes]:
        """One of our commands in a process group of its own; its output is kept in `said`, or comes through a pipe."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("VOICEBOX_")}
        own = {
            f"VOICEBOX_{name.upper()}": str(getattr(self.settings, name))
            for name in ("secret", "instance", "keystore", "database_url", "public_address", "school_name", "port")
        }
        with self.said.open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-m", self.program, *command],
                cwd=_ROOT,
                env={**plain, **own, **self.environ, **(environ or {})},
                stdout=subprocess.PIPE if pipe else said,
                stderr=said,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL for every process of the server at once. None of them can tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to stop, as an operator does, and insist after ten seconds."""
        self._end(signal.SIGTERM)

    @property
    def pids(self) -> list[int]:
        """The processes that were started here, without their children."""
        return [process.pid for process in self._running]

    @property
    def is_alive(self) -> bool:
        """Whether every process that was started still runs: none ended, none was started again by anybody."""
        return all(process.poll() is None for process in self._running)

    def answers(self) -> bool:
        """Whether somebody listens."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def close_the_round(self) -> None:
        """No envelope after this."""
        with self.school() as school, Session(school.engine) as session, session.begin():
            session.get_one(Round, self.round.id).state = "closed"

    def finish(self) -> None:
        """Close the round and count it with the shipped command, as the worker would."""
        self.close_the_round()
        process = self.run("finish-round", self.round.code, pipe=True)
        assert process.stdout is not None
        with process.stdout as out:
            counted = any(line.startswith(b"Counted.") for line in out)
            # What it does next, reading comments, is no part of the count and takes longer.
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        assert counted, self.said.read_text(errors="replace")

    def _end(self, how: signal.Signals) -> None:
        for process in self._running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        self._running.clear()
        # The group's leader is dead; on a busy machine the others may take a moment longer.
        until = time.monotonic() + _PATIENCE
        while self.answers():
            assert time.monotonic() < until, "the server does not end"
            time.sleep(0.05)


@contextmanager
def serving(folder: Path, **facts: Any) -> Iterator[Service]:
    """A school in this folder, not started yet; whatever it started is gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    service = Service(folder, **facts)
    try:
        yield service
    finally:
        service.kill()
