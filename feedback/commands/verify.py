"""`voicebox verify`: whether a signed document, or this installation's own list of what staff did, is as it was."""

import os
from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.commands.verify_pack import verify_pack
from feedback.config import NotConfigured, read_settings
from feedback.operations.heads import HEAD, begins_after, first_wrong_entry, fits, latest_head
from feedback.operations.school import School, open_school
from feedback.privacy.audit import Head
from feedback.privacy.evidence import Genuine, NotGenuine, evidence_key, read_document
from feedback.privacy.packs import KIND, is_zip
from feedback.privacy.signing import fingerprint

#: More is no document of ours.
_LARGEST = 8 * 1024**2
_WHY = {
    "unreadable": "It is not JSON: a document of a school is a file ending in .json, as it was downloaded.",
    "shape": "It is not a document of a school: a field is missing, or one is too many.",
    "signature": "It was changed after it was signed, or another key signed it.",
}


@click.command("verify")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", default="", help="The school's public key in hex, as its pages show it, to compare with.")
@in_place
def verify_command(place: Place, file: Path | None, key: str) -> None:
    """Check FILE, a certificate, a head, an audit pack or another signed document, with public parts only.

    Without FILE: check this installation's list of what staff did against itself and against every published head.
    Ends with 1 where something does not hold. Checking a file needs no installation.
    """
    if file is None:
        _verify_here(place.school())
    else:
        _verify_file(file, key)


def _verify_here(school: School) -> None:
    first = first_wrong_entry(school)
    head = latest_head(school)
    click.echo(f"Public key of this school: {evidence_key(school.keystore).hex()}")
    if first is not None:
        raise click.ClickException(first.told)
    begun = begins_after(school).number
    gone = f" Entries up to {begun} went by their date." if begun else ""
    published = f" The newest head is of {head.on}: entry {head.number}, {head.mark}." if head else ""
    click.echo(f"The list of what staff did is unbroken.{gone}{published}")


def _verify_file(file: Path, key: str) -> None:
    read = verify_pack(file) if is_zip(file) else _read(file)
    wanted = "".join(key.split()).lower()
    if wanted and wanted != read.public_key.hex():
        raise click.ClickException(f"{file.name} was signed with another key: {read.public_key.hex()}")
    click.echo(f"The signature holds: {read.kind}, {read.school}, {read.signed_on}.")
    click.echo(f"Key: {read.public_key.hex()}\nFingerprint: {fingerprint(read.public_key)}")
    if not wanted:
        click.echo("Compare the key with the one on the school's public pages, or give it with --key.")
    if read.kind != KIND:
        for name, value in sorted(read.facts.items()):
            click.echo(f"  {name}: {value}")
    _compare_with_here(read)


def _read(file: Path) -> Genuine:
    if file.stat().st_size > _LARGEST:
        raise click.ClickException(f"{file.name} is too large to be a signed document.")
    try:
        return read_document(file.read_bytes())
    except NotGenuine as refused:
        raise click.ClickException(f"{file.name} does not hold. {_WHY[refused.why]}") from refused


def _compare_with_here(read: Genuine) -> None:
    """On the computer of the school itself a head is also held against the list of today."""
    try:
        school = open_school(read_settings(os.environ))
    except NotConfigured:
        return
    try:
        ours = (school.keystore.folder / "evidence.key").exists() and evidence_key(school.keystore) == read.public_key
        if read.kind != HEAD or not ours:
            return
        fitting = fits(school, Head(read.facts["number"], read.facts["hash"]))
        if fitting is False:
            raise click.ClickException(f"Entry {read.facts['number']} of today's list is not the one of this head.")
        click.echo(
            "The list of today has this entry as it was."
            if fitting
            else "This entry went by its date; where the list begins now is signed in keystore/heads."
        )
    finally:
        school.engine.dispose()


COMMANDS = (verify_command,)
