"""The look of respondents' pages: the school's colour and logo."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.operations.workshop.look import LogoUnreadable, forget_look, set_colour, set_logo
from feedback.palette import ColourTooPale, ColourUnreadable


@click.command()
@click.option("--colour", help='The school\'s colour, as in "#0b5d5e".')
@click.option("--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A PNG, JPEG, WebP or GIF.")
@click.option("--forget", is_flag=True, help="Back to Voicebox's own look.")
@in_place
def look(place: Place, colour: str | None, logo: Path | None, *, forget: bool) -> None:
    """The school's colour and logo on the pages of students and families."""
    if not (colour or logo or forget):
        raise click.UsageError("Give --colour, --logo, or --forget.")
    settings = place.settings()
    if forget:
        forget_look(settings)
    try:
        if colour:
            set_colour(settings, colour)
        if logo:
            set_logo(settings, logo.read_bytes())
    except ColourUnreadable as refused:
        raise click.ClickException(f'{colour} is no colour. Write it as in "#0b5d5e".') from refused
    except ColourTooPale as pale:
        raise click.ClickException(
            f"Words in {colour} could not be read on our pages. The nearest shade that can is {pale.instead}"
        ) from pale
    except LogoUnreadable as refused:
        raise click.ClickException(f"{logo} is not a picture that we can read. Use a PNG or a JPEG.") from refused
    click.echo("Done. Pages that are open show it after a reload.")


COMMANDS = (look,)
