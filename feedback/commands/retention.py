"""Retention: deleting what is due, and printing what proves it."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place, progress_bar, today
from feedback.operations.errors import NotFound
from feedback.operations.retention.purge import purge
from feedback.operations.rounds.course import round_id_of
from feedback.operations.school import now_utc


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only say what is due.")
@click.option("--round", "round_id", metavar="ROUND", help="Only this round, by its code or its id.")
@in_place
def purge_command(place: Place, round_id: str | None, *, dry_run: bool) -> None:
    """Delete what retention says is due, and sign a certificate for each deletion. Runs by itself every day."""
    school = place.school()
    try:
        only = round_id_of(school, round_id) if round_id else None
    except NotFound as unknown:
        raise click.ClickException(f"There is no round {round_id}.") from unknown
    with progress_bar("deleting") as step:
        purged = purge(school, today=today(school), now=now_utc(), dry_run=dry_run, only=only, step=step)
    for one in purged:
        slips = ", codes nobody used" if one.slips else ""
        click.echo(f"round {one.round_id}: comments {one.comments}, tallies {one.tallies}, boxes {one.boxes}{slips}")
    if not purged:
        click.echo("Nothing is due.")
    else:
        click.echo("Nothing was deleted: this was a dry run." if dry_run else "Deleted, and the file is scrubbed.")


@click.command("make-certificate")
@click.argument("certificate_id", metavar="CERTIFICATE")
@click.argument("language", default="en")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Also write the PDF to this file.")
@in_place
def make_certificate_command(place: Place, certificate_id: str, language: str, to: Path | None) -> None:
    """Print a deletion certificate as a PDF, once, and keep it beside the database."""
    from feedback.reports.certificate import make_certificate  # noqa: PLC0415 - loads WeasyPrint

    app = place.create_app(place.settings())
    with app.app_context():
        try:
            body = make_certificate(app.extensions["school"], certificate_id, language)
        except NotFound as unknown:
            raise click.ClickException(f"There is no signed certificate {certificate_id}.") from unknown
    if to is not None:
        to.write_bytes(body)
    click.echo(f"The certificate has {len(body) // 1024} kB." + (f" It is in {to}." if to else ""))


COMMANDS = (purge_command, make_certificate_command)
