"""Use and test results of classes, from the console."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.operations.errors import ImportRefused, NotFound
from feedback.operations.evidence.import_evidence import import_evidence_at_the_console, pilot_id_of
from feedback.operations.evidence.read_evidence import KINDS, MOST_BYTES, read_evidence
from feedback.operations.school import now_utc


@click.command("import-evidence")
@click.argument("pilot")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Use of tools by week, or results of tests.")
@in_place
def import_command(place: Place, pilot: str, file: Path, kind: str) -> None:
    """Put what classes did with tools, or in tests, beside what a PILOT's voices said: all rows of a CSV file, or none.

    PILOT is its title, or the last part of its page's address. Columns of usage: week, tool, class, active, minutes. Of
    assessment: test, class, took, reached, and date. Nothing in the file may be about one pupil.
    """
    school = place.school()
    with file.open("rb") as opened:
        body = opened.read(MOST_BYTES + 1)
    try:
        read = read_evidence(body, kind)
        found = pilot_id_of(school, pilot)
        rows = import_evidence_at_the_console(school, found, read, account="console", now=now_utc())
    except ImportRefused as refused:
        reasons = "\n".join(f"  line {line}: {reason}" for line, reason in refused.rows)
        raise click.ClickException(f"Nothing was imported from {file.name}:\n{reasons}") from refused
    except NotFound as unknown:
        raise click.ClickException(
            f"There is no pilot {pilot}, or more than one. Give the last part of its page's address."
        ) from unknown
    if read.not_read:
        click.echo(f"Not read: {', '.join(read.not_read)}.")
    click.echo(f"{rows} rows are in the pilot's book.")


COMMANDS = (import_command,)
