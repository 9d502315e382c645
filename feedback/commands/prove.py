"""`voicebox prove`: for the privacy officer, in plain words, whether the files keep what the school promised."""

import signal
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from feedback.commands.place import Place, in_place, progress_bar, today
from feedback.commands.proof_run import result_of
from feedback.operations.answers.shake import shake
from feedback.operations.audit import proof_runs
from feedback.operations.school import now_utc
from feedback.proof.generated import CLASSES, RUNS, check_made_up_school
from feedback.proof.live import check_installation
from feedback.proof.verdict import Line

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_WIDTH = 110


@click.command("prove")
@click.option("--only", type=click.Choice(("live", "generated")), help="Only this installation, or only a made-up one.")
@click.option("--runs", type=click.IntRange(min=2), default=RUNS, show_default=True, help="Classes of each size.")
@click.option("--folder", type=_FOLDER, help="Where copies are made for a moment; otherwise in the instance folder.")
@click.option("--also", type=_FOLDER, multiple=True, help="Look for addresses here too, e.g. the proxy's logs.")
@click.option("--shake", "shake_first", is_flag=True, help="Shake the boxes first, as is done every night.")
@in_place
def prove_command(
    place: Place, only: str | None, runs: int, folder: Path | None, also: tuple[Path, ...], shake_first: bool
) -> None:
    """Try to find out who said what, and tell in a table whether it worked. Nobody is disturbed by it.

    The exit code is 1 if anything could be found out. No answer, code or receipt is ever printed.
    """
    # So that the private copy is scrubbed when the machine is shut down meanwhile, too.
    signal.signal(signal.SIGTERM, _stop)
    with _kept(place, only) as lines:
        if only != "generated":
            lines.extend(_live(place, folder, also, shake_first=shake_first))
        if only != "live":
            lines.extend(_generated(folder or Path(tempfile.gettempdir()), runs))
    click.echo(_sum_up(lines, runs if only != "live" else 0))
    if not all(line.holds for line in lines):
        raise SystemExit(1)


@contextmanager
def _kept(place: Place, only: str | None) -> Iterator[list[Line]]:
    """The lines that the block finds, kept for the desk where they are about this installation."""
    lines: list[Line] = []
    school = place.school() if only != "generated" else None
    if school is None or not proof_runs.can_be_kept(school):
        yield lines
        return
    try:
        with proof_runs.running(school, None, "prove", now=now_utc()) as run_id:
            yield lines
            proof_runs.keep_result(school, run_id, map(result_of, lines), now=now_utc())
    except proof_runs.AlreadyRunning as another:
        raise click.ClickException("Another proof goes on. Try again when it has ended.") from another


def _live(place: Place, folder: Path | None, also: tuple[Path, ...], *, shake_first: bool) -> list[Line]:
    school = place.school()
    if shake_first:
        shake(school, now=now_utc())
    lines = check_installation(
        school,
        beside=folder or school.settings.instance,
        also=also,
        today=today(school),
        said=lambda what: click.echo(f"looking at {what}", err=True),
    )
    school.engine.dispose()
    click.echo(_table("This installation, as it lies there now", lines))
    return lines


def _generated(folder: Path, runs: int) -> list[Line]:
    with progress_bar("classes") as progress:
        lines = check_made_up_school(folder, runs=runs, now=now_utc(), progress=progress)
    click.echo(_table("A made-up school on this machine, where the truth is known", lines))
    return lines


def _table(title: str, lines: list[Line]) -> str:
    return "\n".join([title, "", *(_row(line) for line in lines)])


def _row(line: Line) -> str:
    head = f"{'PASS' if line.holds else 'FAIL'}  {line.name}"
    told = (line.means, f"Seen: {line.seen}")
    body = [
        textwrap.fill(text, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
        for part in told
        for text in part.splitlines()
    ]
    return "\n".join([head, *body, ""])


def _sum_up(lines: list[Line], runs: int) -> str:
    held = sum(line.holds for line in lines)
    tried = f" {runs} classes of {CLASSES[0]} and {runs} of {CLASSES[1]} were attacked." if runs else ""
    if held == len(lines):
        return f"{held} of {len(lines)} checks passed.{tried} Nobody who takes these files learns who said what."
    failed = ", ".join(f"“{line.name}”" for line in lines if not line.holds)
    return f"{held} of {len(lines)} checks passed.{tried} Not passed: {failed}."


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(143)


COMMANDS = (prove_command,)
