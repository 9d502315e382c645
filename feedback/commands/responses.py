"""Responses: bringing in those gathered elsewhere, and keeping boxes shaken."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place, progress_bar
from feedback.operations.answers.shake import shake
from feedback.operations.counting.import_responses import import_responses
from feedback.operations.counting.recognised_rows import Recognised, look_into
from feedback.operations.errors import ImportRefused, NotFound, NotReady, WrongState
from feedback.operations.rounds.course import round_id_of
from feedback.operations.school import now_utc

_TOOLS = {"google": "Google Forms", "microsoft": "Microsoft Forms", "limesurvey": "LimeSurvey"}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import-responses")
@click.argument("round_id", metavar="ROUND")
@click.argument("file", type=_FILE)
@click.option("--map", "map_file", type=_FILE, help="YAML: which column answers which question.")
@click.option("--yes", is_flag=True, help="Do not ask whether columns that no question matches may stay out.")
@in_place
def import_command(place: Place, round_id: str, file: Path, map_file: Path | None, *, yes: bool) -> None:
    """Put the rows of a file into a round created as imported: all of them, or none.

    Files of Google Forms, Microsoft Forms and LimeSurvey (CSV, XLSX) are known by their headings; other CSV files
    need a map.
    """
    school = place.school()
    try:
        found = round_id_of(school, round_id)
        if map_file is None:
            _tell(look_into(school, found, file), sure=yes)
        with progress_bar("sealing") as progress:
            rows = import_responses(
                school,
                found,
                file,
                map_file.read_text(encoding="utf-8") if map_file else None,
                now=now_utc(),
                account="console",
                progress=progress,
            )
    except ImportRefused as refused:
        reasons = "\n".join(f"  line {line}: {reason}" for line, reason in refused.rows)
        raise click.ClickException(f"Nothing was imported from {file.name}:\n{reasons}") from refused
    except NotReady as unready:
        raise click.ClickException(
            f"Nothing was imported: the pilot of {round_id} lacks its {' and its '.join(unready.missing)}. "
            "Its page at the desk says what to do."
        ) from unready
    except (NotFound, WrongState) as wrong:
        raise click.ClickException(
            f"{round_id} is no imported round that waits for its rows. Plan one and tick “imported”."
        ) from wrong
    click.echo(f"{rows} rows are in the box. Run `voicebox finish-round {round_id}` to count them.")


def _tell(recognised: Recognised, *, sure: bool) -> None:
    click.echo(f"The file is one of {_TOOLS[recognised.tool]}. These columns come in:")
    for column in recognised.columns:
        click.echo(f"  {column.heading}: {column.question}{f' ({column.part})' if column.part else ''}")
    for heading in recognised.personal:
        click.echo(f"  never taken, for it is about who sent the row, when or from where: {heading}")
    for heading in recognised.unknown:
        click.echo(f"  no question of this round matches: {heading}")
    if recognised.sent is not None:
        click.echo("Rows that nobody sent stay out.")
    if recognised.unknown and not sure:
        click.confirm("Shall the columns that no question matches stay out?", abort=True)


@click.command("shake")
@in_place
def shake_command(place: Place) -> None:
    """Rewrite every waiting envelope in random order and scrub the file. Runs by itself every day."""
    shake(place.school(), now=now_utc())
    click.echo("Every box was shaken.")


COMMANDS = (import_command, shake_command)
