"""The doctor on the terminal."""

import os
from collections import Counter
from pathlib import Path

import click

from feedback.commands.place import Place, in_place, today
from feedback.operations.doctor import Asked, Level, Row, examine
from feedback.operations.school import now_utc

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("doctor")
@click.option("--proxy-config", "configs", multiple=True, type=_FILE, help="Caddyfile or nginx site; repeatable.")
@click.option("--proxy-log", "logs", multiple=True, type=_FILE, help="A log of the proxy to search; repeatable.")
@in_place
def doctor_command(place: Place, configs: tuple[Path, ...], logs: tuple[Path, ...]) -> None:
    """Look at this installation from all sides, and say what to do. Ends with 1 if anything is wrong."""
    school = place.school()
    rows = examine(school, Asked(os.environ, configs, logs), now=now_utc(), today=today(school))
    for row in rows:
        click.echo(_line(row))
    found = Counter(row.level for row in rows)
    click.echo(f"\n{found[Level.OK]} ok, {found[Level.LOOK]} to look at, {found[Level.WRONG]} wrong.")
    if found[Level.WRONG]:
        raise SystemExit(1)


def _line(row: Row) -> str:
    said = f"{row.level.value:<6} {row.about}: {row.said}"
    return f"{said}\n       → {row.to_do}" if row.to_do else said


COMMANDS = (doctor_command,)
