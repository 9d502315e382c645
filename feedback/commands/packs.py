"""Original packs: an instrument with its translations, pictures and audio as one signed file."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.operations.packs import OpenedPack, make_pack, open_pack, own_fingerprint, remember_school
from feedback.operations.school import School, now_utc
from forms.draft import as_yaml
from forms.exchange.pack_members import LARGEST_FILE, PackRefused
from forms.library import names, open_library

_NEW = click.Path(dir_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("pack")
@click.argument("name")
@click.argument("file", type=_NEW)
@in_place
def pack_command(place: Place, name: str, file: Path) -> None:
    """Write the library's form NAME, in all its languages, to FILE for another school, signed by this one."""
    if name not in names():
        raise click.ClickException(f"The library has no form {name}. It has: {', '.join(names())}.")
    school = place.school()
    try:
        # "x": a file that is there is somebody's.
        with file.open("xb") as new:
            new.write(make_pack(school, open_library(name), {}, {}))
    except FileExistsError as exists:
        raise click.ClickException(f"{file} is there already. Nothing was written.") from exists
    click.echo(f"{name} is in {file}. The other school is shown this school's fingerprint; tell it by another way:")
    click.echo(own_fingerprint(school))


@click.command("unpack")
@click.argument("file", type=_FILE)
@click.option("--to", "target", type=_NEW, help="Write the form to this file, as YAML.")
@in_place
def unpack_command(place: Place, file: Path, target: Path | None) -> None:
    """Check another school's pack, say what is in it, and write its form as YAML."""
    school = place.school()
    try:
        # One byte more than may be: a pack that is too large is refused by its reader.
        with file.open("rb") as packed:
            opened = open_pack(school, packed.read(LARGEST_FILE + 1))
    except PackRefused as refused:
        raise click.ClickException(f"Nothing was taken from {file.name}: {refused}") from refused
    _tell(opened)
    if not opened.is_known:
        _ask(school, opened)
    if target is not None:
        try:
            with target.open("x", encoding="utf-8") as new:
                new.write(as_yaml(opened.pack.instrument))
        except FileExistsError as exists:
            raise click.ClickException(f"{target} is there already. Nothing was written.") from exists
        click.echo(f"The form is in {target}.")


def _tell(opened: OpenedPack) -> None:
    form = opened.pack.instrument
    click.echo(f"{form.id}, version {form.version}: {form.title[form.languages[0]]}")
    click.echo(f"questions: {len(form.main_questions)}; languages: {', '.join(form.languages)}")
    click.echo(f"pictures: {len(opened.pack.pictures)}; recordings: {len(opened.pack.audio)}")
    click.echo(f"signed by {'a school known here' if opened.is_known else 'a school not known here'}:")
    click.echo(opened.fingerprint)


def _ask(school: School, opened: OpenedPack) -> None:
    click.echo(
        "Every file in it is as it was signed. Only that school can tell who signed it: compare its fingerprint."
    )
    click.confirm("Is this the fingerprint of a school that you know?", abort=True)
    remember_school(school, opened, now=now_utc(), account="console")


COMMANDS = (pack_command, unpack_command)
