"""Work in the background, on huey. Jobs carry ids only, and every one can be derived again from the database.

The queue is a hint, not the truth: whatever it loses in a crash is found again by `catch-up`, which runs at start
and every minute, and which also does what is done once a day. Heavy work runs in a child process, so that the worker
stays small while rounds are open and an analysis that dies takes nothing with it.

A passphrase comes through the queue sealed to this worker (`privacy.handover`) and goes to the child on its standard
input: arguments can be read by everybody on the machine.
"""

import logging
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

from huey import SqliteHuey, crontab

from feedback.privacy.handover import HandoverBroken, WorkerKey

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Queue:
    """The installation's queue: `huey` for the worker that empties it, `run` to ask for one of our commands.

    `run_beside` does the same without holding up what waits behind it. `open_box` asks for the count of a round with a
    sealed passphrase.
    """

    huey: SqliteHuey
    run: Any
    run_beside: Any
    open_box: Any


@cache
def queue(instance: Path) -> Queue:
    """The queue and its jobs; its file lies beside the database and holds names of commands and ids only."""
    instance.mkdir(parents=True, exist_ok=True)
    huey = SqliteHuey("voicebox", filename=str(instance / "queue.db"), fsync=True, results=False)

    @huey.task(name="run")  # type: ignore[untyped-decorator]  # huey publishes no types
    def run(*command: str) -> None:
        run_command(*command)

    @huey.task(name="run-beside")  # type: ignore[untyped-decorator]  # as above
    def run_beside(*command: str) -> None:
        # A child of ours: when the worker is stopped or killed, the service ends it too.
        Thread(target=run_command, args=command, daemon=True).start()

    @huey.periodic_task(crontab(minute="*"), name="catch-up")  # type: ignore[untyped-decorator]  # as above
    def catch_up() -> None:
        run_command("catch-up")

    return Queue(huey, run, run_beside, _open_boxes(huey, instance))


def ask_for(instance: Path, *command: str) -> None:
    """Ask the worker to run a command of ours soon, e.g. `ask_for(instance, "finish-round", round_id)`."""
    queue(instance).run(*command)


def ask_for_beside(instance: Path, *command: str) -> None:
    """The same for a command that takes minutes: boxes are closed and counted meanwhile."""
    queue(instance).run_beside(*command)


def ask_to_open(instance: Path, round_id: str, sealed_passphrase: str) -> None:
    """Ask the worker to count a round that waits for its officer, as `operations.answers.open_boxes` sealed it."""
    queue(instance).open_box(round_id, sealed_passphrase)


def run_command(*command: str, given: str = "") -> int:
    """Run one of our commands in a child process; it writes its own outcome into the database. Its exit code.

    `given` is all that it can read: no command that the worker runs may wait for somebody at a keyboard.
    """
    words = [sys.executable, "-m", "feedback", *command]
    return subprocess.run(words, input=given, text=True, encoding="utf-8", check=False).returncode  # noqa: S603 - ours


def _open_boxes(huey: SqliteHuey, instance: Path) -> Any:
    worker: list[WorkerKey] = []

    @huey.on_startup(name="take passphrases")  # type: ignore[untyped-decorator]  # huey publishes no types
    def begin() -> None:
        worker[:] = [WorkerKey()]
        worker[0].publish(instance)

    @huey.task(name="open-box")  # type: ignore[untyped-decorator]  # as above
    def open_box(round_id: str, sealed_passphrase: str) -> None:
        for key in worker:
            try:
                passphrase = key.take(sealed_passphrase, round_id)
            except HandoverBroken:
                _log.warning("round %s: the passphrase was meant for an earlier worker; type it again", round_id)
            else:
                run_command("finish-round", round_id, "--passphrase-stdin", given=passphrase)

    return open_box
