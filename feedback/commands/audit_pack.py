"""The audit pack on the terminal: into a file for whoever runs the computer, or where the officer asked for it."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place, progress_bar, today
from feedback.i18n import Catalogue, offered
from feedback.operations.audit.pack import begin_pack, keep_pack, note_made
from feedback.privacy.packs import MANIFEST


@click.command("audit-pack")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True, help="A language of the desk.")
@in_place
def audit_pack_command(place: Place, file: Path, language: str) -> None:
    """Write every register, the list of what staff did and what proves them into FILE, a signed ZIP."""
    from feedback.reports.audit_pack import make_pack  # noqa: PLC0415 - loads WeasyPrint

    _refuse_unknown(language)
    app = place.create_app(place.settings())
    school = app.extensions["school"]
    with app.app_context(), progress_bar("registers") as progress:
        body = make_pack(school, language, today=today(school), progress=progress)
    file.write_bytes(body)
    click.echo(f"The pack has {len(body) // 1024} kB and is in {file}. Check it with: voicebox verify {file}")
    click.echo(f"The school signed {MANIFEST}, which has the hash of every other file.")


@click.command("make-audit-pack", hidden=True)
@click.argument("language")
@in_place
def make_audit_pack_command(place: Place, language: str) -> None:
    """Make the pack that the officer asked for on a page."""
    from feedback.reports.audit_pack import make_pack  # noqa: PLC0415 - loads WeasyPrint

    _refuse_unknown(language)
    app = place.create_app(place.settings())
    school = app.extensions["school"]
    begin_pack(school, language)
    with app.app_context():
        day = today(school)
        body = make_pack(
            school, language, today=day, progress=lambda done, files: note_made(school, language, done, files)
        )
    keep_pack(school, language, body, today=day)
    click.echo(f"The audit pack has {len(body) // 1024} kB.")


def _refuse_unknown(language: str) -> None:
    if language not in offered(Catalogue.STAFF):
        raise click.ClickException(f"{language} is no language of the desk: {', '.join(offered(Catalogue.STAFF))}.")


COMMANDS = (audit_pack_command, make_audit_pack_command)
