"""Work in the background, on huey. Jobs carry ids only, and every one can be derived again from the database.

The queue is a hint, not the truth: whatever it loses in a crash is found again by `catch-up`, which runs at start
and every minute, and which also does what is done once a day. Heavy work runs in a child process, so that the worker
stays small while rounds are open and an analysis that dies takes nothing with it.
"""

import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab


@dataclass(frozen=True, slots=True)
class Queue:
    """The installation's queue: `huey` for the worker that empties it, `run` to ask for one of our commands."""

    huey: SqliteHuey
    run: Any


@cache
def queue(instance: Path) -> Queue:
    """The queue and its jobs; its file lies beside the database and holds names of commands and ids only."""
    instance.mkdir(parents=True, exist_ok=True)
    huey = SqliteHuey("voicebox", filename=str(instance / "queue.db"), fsync=True, results=False)

    @huey.task(name="run")  # type: ignore[untyped-decorator]  # huey publishes no types
    def run(*command: str) -> None:
        run_command(*command)

    @huey.periodic_task(crontab(minute="*"), name="catch-up")  # type: ignore[untyped-decorator]  # as above
    def catch_up() -> None:
        run_command("catch-up")

    return Queue(huey, run)


def ask_for(instance: Path, *command: str) -> None:
    """Ask the worker to run a command of ours soon, e.g. `ask_for(instance, "finish-round", round_id)`."""
    queue(instance).run(*command)


def run_command(*command: str) -> int:
    """Run one of our commands in a child process; it writes its own outcome into the database. Its exit code."""
    return subprocess.run([sys.executable, "-m", "feedback", *command], check=False).returncode  # noqa: S603 - ours
