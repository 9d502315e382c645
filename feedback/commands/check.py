"""A form's questions, checked as they are written in a file."""

from pathlib import Path

import click

from forms.checks import STRICTEST, Remark, check, profile_of, profiles
from forms.draft import as_data
from forms.loader import InstrumentRefused, load_instrument
from forms.wording import N_


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--profile",
    type=click.Choice(sorted(profiles())),
    default=STRICTEST.id,
    show_default=True,
    help="Whose law protects topics.",
)
def check_command(file: Path, profile: str) -> None:
    """Say what could be asked better in a form: FILE.yaml. Ends with 1 where something has to change first."""
    try:
        instrument = load_instrument(file.read_text(encoding="utf-8"), name=file.name)
    except (InstrumentRefused, UnicodeDecodeError) as refused:
        raise click.ClickException(str(refused)) from refused
    remarks = check(as_data(instrument), profile=profile_of(profile))
    for remark in remarks:
        click.echo(_told(remark))
    blocks = sum(remark.weight == "block" for remark in remarks)
    click.echo(f"{len(remarks)} remarks, {blocks} of them to be cured or decided before the form is used.")
    if blocks:
        raise SystemExit(1)


def _told(remark: Remark) -> str:
    place = " ".join(part for part in (remark.key or "the form", remark.language) if part)
    what, cure = remark.told(N_)
    better = f"\n  Better: {remark.better}" if remark.better else ""
    return f"{remark.weight}: {place}\n  {what}\n  {cure}{better}"


COMMANDS = (check_command,)
