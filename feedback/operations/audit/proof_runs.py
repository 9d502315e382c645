"""Runs of proofs: asked for on a page, done by the worker, kept with their result. Only one goes on at a time.

Whoever does one holds a lock on a file in the instance's folder. The lock goes with the process, however that ends: so
a run that says it is running while nobody holds the lock was cut off.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import ProofRun, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

WHATS = ("prove", "dry_run", "verify")
#: A run that no worker has taken up after this long will not be.
_TAKEN_UP_WITHIN = timedelta(minutes=5)
_KEPT = 30


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a run's table: what was tried, whether it holds, what was seen, and what that means.

    `means` is a sentence that catalogues have; `said` stays as the command says it.
    """

    name: str
    holds: bool
    said: str
    means: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `state`: "asked", "running", "done" or "cut_off"."""

    id: str
    what: str
    state: str
    started_on: date
    done: int
    of: int
    lines: tuple[Result, ...]
    account: str

    @property
    def waits(self) -> bool:
        """Whether it is still to come, or goes on."""
        return self.state in ("asked", "running")

    @property
    def holds(self) -> bool:
        """Whether it came to its end, and every line of it holds."""
        return self.state == "done" and all(line.holds for line in self.lines)


class AlreadyRunning(Exception):
    """Another proof goes on: nothing was begun."""


def ask_for_run(school: School, by: StaffMember, what: str, *, now: datetime) -> str:
    """The id of a run for the worker. NotPermitted, NotReady("what"), WrongState("proof_runs") while one goes on."""
    allow(by, Action.RUN_PROOFS)
    if what not in WHATS:
        raise NotReady("what")
    if any(run.waits for run in _runs(school, now=now)):
        raise WrongState("proof_runs")
    with writing(school.engine) as session:
        row = _new(school, what, by.account, "asked", now)
        session.add(row)
        session.flush()
        record(session, now, by.account, "proof_started", row.id, what=what)
        return row.id


def proof_runs(school: School, by: StaffMember, *, now: datetime) -> list[Run]:
    """The last runs, the newest first. NotPermitted."""
    allow(by, Action.SEE_PROOFS)
    return _runs(school, now=now)


@contextmanager
def running(school: School, run_id: str | None, what: str, *, now: datetime) -> Iterator[str]:
    """A run that goes on in the block; its id. Without `run_id` it is one of the console. AlreadyRunning, NotFound."""
    # To read: a lock needs no more, and the file may be another user's.
    held = os.open(_lock_of(school), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as another:
            raise AlreadyRunning from another
        with writing(school.engine) as session:
            _end_cut_off(session, but=run_id)
            row = session.get(ProofRun, run_id) if run_id else _new(school, what, "console", "running", now)
            if row is None or row.state not in ("asked", "running"):
                raise NotFound(run_id)
            row.state = "running"
            session.add(row)
            session.flush()
            begun = row.id
        yield begun
    finally:
        os.close(held)


def can_be_kept(school: School) -> bool:
    """Whether there is a place for results: a database that was not brought to this version yet has none."""
    return inspect(school.engine).has_table(ProofRun.__tablename__)


def run_of(school: School, run_id: str) -> str:
    """What a run is to do. NotFound."""
    with reading(school.engine) as session:
        row = session.get(ProofRun, run_id)
        if row is None:
            raise NotFound(run_id)
        return row.what


def note_progress(school: School, run_id: str, done: int, of: int) -> None:
    """How far it came."""
    with writing(school.engine) as session:
        row = session.get_one(ProofRun, run_id)
        row.done, row.of = done, of


def keep_result(school: School, run_id: str, lines: Iterable[Result], *, now: datetime) -> None:
    """It came to its end with these lines; older runs than the last thirty go."""
    kept: list[dict[str, Any]] = [asdict(each) for each in lines]
    with writing(school.engine) as session:
        row = session.get_one(ProofRun, run_id)
        row.state, row.lines, row.ended_on = "done", kept, school.settings.day_of(now)
        row.done = row.of = row.of or 1
        held = sum(each["holds"] for each in kept)
        record(session, now, row.account, "proof_ended", row.id, what=row.what, held=held, of=len(kept))
        for old in session.scalars(select(ProofRun).order_by(ProofRun.asked_at.desc()).offset(_KEPT)):
            session.delete(old)


def _runs(school: School, *, now: datetime) -> list[Run]:
    is_held = _is_held(_lock_of(school))
    with reading(school.engine) as session:
        rows = session.scalars(select(ProofRun).order_by(ProofRun.asked_at.desc(), ProofRun.id)).all()
        return [_seen(row, is_held=is_held, now=now) for row in rows]


def _seen(row: ProofRun, *, is_held: bool, now: datetime) -> Run:
    state = row.state
    if state == "running" and not is_held:
        state = "cut_off"
    if state == "asked" and not is_held and now - row.asked_at > _TAKEN_UP_WITHIN:
        state = "cut_off"
    lines = tuple(Result(**each) for each in row.lines)
    return Run(row.id, row.what, state, row.started_on, row.done, row.of, lines, row.account)


def _new(school: School, what: str, account: str, state: str, now: datetime) -> ProofRun:
    return ProofRun(
        what=what,
        asked_at=now,
        started_on=school.settings.day_of(now),
        state=state,
        account=account,
        done=0,
        of=0,
        lines=[],
    )


def _end_cut_off(session: Session, *, but: str | None) -> None:
    """Whoever holds the lock knows that no other run goes on."""
    for row in session.scalars(select(ProofRun).where(ProofRun.state.in_(("running", "asked")))):
        if row.id != but:
            row.state = "cut_off"


def _lock_of(school: School) -> Path:
    return school.settings.instance / "proof.lock"


def _is_held(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
