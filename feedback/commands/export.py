"""A release as a file, for the person who runs the installation."""

from pathlib import Path

import click

from analysis.summary import Reader
from feedback.commands.place import Place, in_place
from feedback.i18n import Catalogue, offered, speaking
from feedback.languages import SOURCE
from feedback.operations.errors import NotEnoughVoices, NotFound, ResultsPurged, StillInTheBox
from feedback.operations.results.export.files import Format
from feedback.operations.results.export.make import export_release
from feedback.operations.rounds.course import round_id_of


@click.command("export")
@click.argument("round_id", metavar="ROUND")
@click.option(
    "--format", "format_", type=click.Choice([one.value for one in Format]), default="xlsx", show_default=True
)
@click.option("--reader", type=click.Choice([one.value for one in Reader]), default="public", show_default=True)
@click.option("--language", default=SOURCE, show_default=True, help="A language of the desk.")
@click.option("--to", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
@in_place
def export_command(place: Place, round_id: str, format_: str, reader: str, language: str, to: Path) -> None:
    """Write a round's released figures and words to a file; the CSV is a ZIP with four tables."""
    app = place.create_app(place.settings())
    if language not in offered(Catalogue.STAFF):
        raise click.BadParameter(f"{language} is not a language of the desk.", param_hint="--language")
    school = app.extensions["school"]
    with app.app_context(), speaking(language, Catalogue.STAFF):
        try:
            file = export_release(school, round_id_of(school, round_id), Reader(reader), Format(format_))
        except (StillInTheBox, NotEnoughVoices, ResultsPurged, NotFound) as wrong:
            raise click.ClickException(f"{round_id} has no released figures.") from wrong
    to.write_bytes(file.body)
    click.echo(f"The file has {len(file.body)} bytes. It is in {to}.")


COMMANDS = (export_command,)
