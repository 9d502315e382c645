"""Responses: bringing in those gathered elsewhere, and keeping boxes shaken."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place, progress_bar, today
from feedback.operations.errors import ImportRefused, NotFound, NotReady, WrongState
from feedback.operations.import_responses import import_responses
from feedback.operations.purge import purge
from feedback.operations.rounds import round_id_of
from feedback.operations.school import now_utc
from feedback.operations.shake import shake

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import-responses")
@click.argument("round_id", metavar="ROUND")
@click.argument("file", type=_FILE)
@click.option("--map", "map_file", type=_FILE, required=True, help="YAML: which column answers which question.")
@in_place
def import_command(place: Place, round_id: str, file: Path, map_file: Path) -> None:
    """Put the rows of a CSV file into a round created as imported: all of them, or none."""
    school = place.school()
    try:
        with progress_bar("sealing") as progress:
            rows = import_responses(
                school,
                round_id_of(school, round_id),
                file,
                map_file.read_text(encoding="utf-8"),
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


@click.command("shake")
@in_place
def shake_command(place: Place) -> None:
    """Rewrite every waiting envelope in random order and scrub the file. Runs by itself every day."""
    shake(place.school(), now=now_utc())
    click.echo("Every box was shaken.")


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only say what is due.")
@in_place
def purge_command(place: Place, dry_run: bool) -> None:
    """Delete what retention says is due. Runs by itself every day."""
    school = place.school()
    purged = purge(school, today=today(school), now=now_utc(), dry_run=dry_run)
    for one in purged:
        click.echo(f"round {one.round_id}: comments {one.comments}, tallies {one.tallies}, boxes {one.boxes}")
    if not purged:
        click.echo("Nothing is due.")
    else:
        click.echo("Nothing was deleted: this was a dry run." if dry_run else "Deleted, and the file is scrubbed.")


COMMANDS = (import_command, shake_command, purge_command)
