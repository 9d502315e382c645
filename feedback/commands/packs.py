"""Original packs: an instrument with its translations, pictures and audio as one signed file."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.operations.errors import NotPermitted, NotReady
from feedback.operations.school import School, now_utc
from feedback.operations.staff import account_named
from feedback.operations.workshop.bring_in_pack import LookedPack, look_into_pack, take_in_pack
from feedback.operations.workshop.give_away import own_names, pack_of_own
from feedback.operations.workshop.packs import OpenedPack, make_pack, open_pack, own_fingerprint, remember_school
from forms.draft import as_yaml
from forms.exchange.pack_members import LARGEST_FILE, PackRefused
from forms.exchange.pack_sentences import VOICES
from forms.library import names, open_library

_NEW = click.Path(dir_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("pack")
@click.argument("name")
@click.argument("file", type=_NEW)
@in_place
def pack_command(place: Place, name: str, file: Path) -> None:
    """Write the form NAME to FILE for another school, signed by this one: a draft of the school, or one of the library.

    It goes with all its complete languages, its pictures and its recordings.
    """
    school = place.school()
    packed = _packed(school, name)
    try:
        # "x": a file that is there is somebody's.
        with file.open("xb") as new:
            new.write(packed)
    except FileExistsError as exists:
        raise click.ClickException(f"{file} is there already. Nothing was written.") from exists
    click.echo(f"{name} is in {file}. The other school is shown this school's fingerprint; tell it by another way:")
    click.echo(own_fingerprint(school))


@click.command("unpack")
@click.argument("file", type=_FILE)
@click.option("--to", "target", type=_NEW, help="Write the form to this file, as YAML.")
@click.option("--for", "account", help="Make it a draft of this account, with its pictures and recordings.")
@in_place
def unpack_command(place: Place, file: Path, target: Path | None, account: str | None) -> None:
    """Check another school's pack, say what is in it, and take its form in, however large it is."""
    school = place.school()
    try:
        # One byte more than may be: a pack that is too large is refused by its reader.
        with file.open("rb") as packed:
            body = packed.read(LARGEST_FILE + 1)
        opened = open_pack(school, body)
        _tell(opened)
        if account is not None:
            _take_in(school, body, account)
            return
    except PackRefused as refused:
        raise click.ClickException(f"Nothing was taken from {file.name}: {refused}") from refused
    if not opened.is_known:
        _ask()
        remember_school(school, opened, now=now_utc(), account="console")
    if target is not None:
        try:
            with target.open("x", encoding="utf-8") as new:
                new.write(as_yaml(opened.pack.instrument))
        except FileExistsError as exists:
            raise click.ClickException(f"{target} is there already. Nothing was written.") from exists
        click.echo(f"The form is in {target}.")


def _packed(school: School, name: str) -> bytes:
    if name in names():
        return make_pack(school, open_library(name), {}, {})
    own = own_names(school)
    if name not in own:
        there = ", ".join((*own, *names()))
        raise click.ClickException(f"The library has no form {name}, and no draft is called so. There are: {there}.")
    try:
        return pack_of_own(school, name)
    except NotReady as incomplete:
        raise click.ClickException(
            f"{name} is not complete yet. Its page at the desk says what is missing."
        ) from incomplete


def _take_in(school: School, body: bytes, account: str) -> None:
    """Say what comes along, ask where the school is not known, and make a draft of it. PackRefused."""
    by = account_named(school, account)
    if by is None:
        raise click.ClickException(f"There is no account {account}.")
    try:
        looked = look_into_pack(school, by, body, largest=LARGEST_FILE)
        _tell_left_out(looked)
        if not looked.opened.is_known:
            _ask()
        take_in_pack(school, by, body, looked.sealed, compared=True, now=now_utc())
    except NotPermitted as refused:
        raise click.ClickException(f"{account} may not write forms.") from refused
    except NotReady as refused:
        raise click.ClickException(f"Nothing was taken in: {', '.join(refused.missing)}.") from refused
    click.echo(
        f"The form is a draft of {account} now, with {len(looked.pictures)} pictures and {looked.coming} recordings."
    )


def _tell_left_out(looked: LookedPack) -> None:
    for name in (*looked.missing, *looked.left_out):
        click.echo(f"stays out: {name}")
    for voice in looked.told:
        click.echo(f"{voice.recording.file}: {VOICES[voice.told]}")


def _tell(opened: OpenedPack) -> None:
    form = opened.pack.instrument
    click.echo(f"{form.id}, version {form.version}: {form.title[form.languages[0]]}")
    click.echo(f"questions: {len(form.main_questions)}; languages: {', '.join(form.languages)}")
    click.echo(f"pictures: {len(opened.pack.pictures)}; recordings: {len(opened.pack.audio)}")
    click.echo(f"signed by {'a school known here' if opened.is_known else 'a school not known here'}:")
    click.echo(opened.fingerprint)


def _ask() -> None:
    click.echo(
        "Every file in it is as it was signed. Only that school can tell who signed it: compare its fingerprint."
    )
    click.confirm("Is this the fingerprint of a school that you know?", abort=True)


COMMANDS = (pack_command, unpack_command)
