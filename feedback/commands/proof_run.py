"""`voicebox proof-run`: what the privacy officer asked for on a page, done by the worker, with its result kept."""

import signal
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from feedback.commands.place import Place, in_place, today
from feedback.operations.answers.shake import shake
from feedback.operations.audit import proof_runs
from feedback.operations.audit.proof_runs import Result
from feedback.operations.audit.titles import title_of_round
from feedback.operations.heads import first_wrong_entry, last_number
from feedback.operations.retention.purge import purge
from feedback.operations.school import School, now_utc
from feedback.proof.generated import RUNS, check_made_up_school
from feedback.proof.live import check_installation
from feedback.proof.verdict import Line
from forms.wording import N_

#: How much of a run is over when this installation was looked at, in hundredths.
_LIVE = 20
#: What does a run: the school, and what is told how far it came, in hundredths.
_Work = Callable[[School, Callable[[int], None]], list[Result]]


@click.command("proof-run")
@click.argument("run_id", metavar="RUN")
@click.option("--runs", type=click.IntRange(min=2), default=RUNS, show_default=True, help="Classes of each size.")
@in_place
def proof_run_command(place: Place, run_id: str, runs: int) -> None:
    """Do a proof that was asked for at the desk, and keep what came of it."""
    # So that private copies are scrubbed when the machine is shut down meanwhile, too.
    signal.signal(signal.SIGTERM, _stop)
    school = place.school()
    what = proof_runs.run_of(school, run_id)
    works: dict[str, _Work] = {"prove": partial(_prove, runs=runs), "dry_run": _dry_run, "verify": _verify}
    try:
        with proof_runs.running(school, run_id, what, now=now_utc()):
            lines = works[what](school, lambda done: proof_runs.note_progress(school, run_id, done, 100))
            proof_runs.keep_result(school, run_id, lines, now=now_utc())
    except proof_runs.AlreadyRunning as another:
        raise click.ClickException("Another proof goes on. Try again when it has ended.") from another


def result_of(line: Line) -> Result:
    """A line of the proof as it is kept."""
    return Result(line.name, line.holds, line.seen, line.means)


def _prove(school: School, move: Callable[[int], None], *, runs: int) -> list[Result]:
    shake(school, now=now_utc())
    beside = school.settings.instance
    lines = check_installation(school, beside=beside, today=today(school), said=lambda _what: None)
    move(_LIVE)

    def progress(done: int, of: int) -> None:
        move(_LIVE + (95 - _LIVE) * done // of)

    lines += check_made_up_school(Path(tempfile.gettempdir()), runs=runs, now=now_utc(), progress=progress)
    return [result_of(line) for line in lines]


def _dry_run(school: School, _move: Callable[[int], None]) -> list[Result]:
    """What the next purge deletes; nothing that is due today is wrong."""
    found = purge(school, today=today(school), now=now_utc(), dry_run=True)
    return [
        Result(title_of_round(school, each.round_id), holds=True, said=_goes(each.comments, each.tallies, each.boxes))
        for each in found
    ]


def _goes(comments: int, tallies: int, boxes: int) -> str:
    """Which of them; how many is not said, for it may follow from how many have answered."""
    parts = {"comments": comments, "counts": tallies, "box": boxes}
    return ", ".join(name for name, rows in parts.items() if rows)


def _verify(school: School, _move: Callable[[int], None]) -> list[Result]:
    wrong = first_wrong_entry(school)
    told = wrong.told if wrong else f"{last_number(school)} entries"
    means = N_("This list does not hold") if wrong else N_("The list is unbroken, and fits every signed head.")
    return [Result("the list of what staff did", wrong is None, told, means)]


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(143)


COMMANDS = (proof_run_command,)
