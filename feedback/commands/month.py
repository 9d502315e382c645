"""`voicebox make-month`: the privacy officer's report of a month as a PDF."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.i18n import Catalogue, offered
from feedback.operations.errors import NotFound


@click.command("make-month")
@click.argument("month", metavar="YEAR-MONTH")
@click.argument("language", default="en")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Also write the PDF to this file.")
@in_place
def make_month_command(place: Place, month: str, language: str, to: Path | None) -> None:
    """Render the report of a month, such as 2026-10, and store it for the desk."""
    from feedback.reports.month import make_month  # noqa: PLC0415 - loads WeasyPrint

    app = place.create_app(place.settings())
    if language not in offered(Catalogue.STAFF):
        raise click.BadParameter(f"{language} is not a language of the desk.", param_hint="LANGUAGE")
    with app.app_context():
        try:
            body = make_month(app.extensions["school"], month, language)
        except NotFound as wrong:
            raise click.BadParameter(f"{month} is no month. Write it like 2026-10.", param_hint="YEAR-MONTH") from wrong
    if to is not None:
        to.write_bytes(body)
    click.echo(f"The report has {len(body) // 1024} kB." + (f" It is in {to}." if to else ""))


COMMANDS = (make_month_command,)
