"""Reading what people wrote: after a count, again after corrections, and what is learned for it at set-up."""

import os
from pathlib import Path

import click

from feedback.commands.place import Place, in_place, progress_bar
from feedback.config import folder_in, read_encoder
from feedback.operations.errors import AlreadyReleased, NotFound, NotPermitted, ReviewOver
from feedback.operations.school import now_utc
from feedback.operations.staff import account_of
from feedback.privacy.keys import KeyGone


@click.command("read-comments")
@click.argument("round_id", metavar="ROUND")
@in_place
def read_comments_command(place: Place, round_id: str) -> None:
    """Suggest a theme, a language and a mood for each comment of a counted round."""
    from feedback.operations.review.read_comments import read_comments  # noqa: PLC0415 - loads the analysis stack

    with progress_bar("reading") as progress:
        comments = read_comments(place.school(), round_id, progress=progress)
    click.echo(f"{comments} comments are read and wait for review.")


@click.command("read-again")
@click.argument("round_id", metavar="ROUND")
@click.argument("staff_id", metavar="STAFF_ID")
@in_place
def read_again_command(place: Place, round_id: str, staff_id: str) -> None:
    """Sort the comments anew that nobody has looked at, with what this reviewer said of others."""
    from feedback.operations.review.read_again import read_again  # noqa: PLC0415 - loads the analysis stack

    school = place.school()
    by = account_of(school, staff_id)
    if by is None:
        raise click.ClickException("There is no such account.")
    try:
        changed = read_again(school, by, round_id, now=now_utc())
    except (NotPermitted, NotFound, AlreadyReleased, ReviewOver, KeyGone) as ended:
        raise click.ClickException(
            "This account reviews no comments of this round, or they are signed or purged."
        ) from ended
    click.echo(f"{changed} comments have other themes now.")


@click.command("train")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Keep what is learned in this folder.")
@in_place
def train_command(place: Place, to: Path | None) -> None:
    """Learn how people write about schools, from the comments that come with Voicebox, if that was not done."""
    from feedback.operations.text_reader import models_folder, reader_in  # noqa: PLC0415 - loads the analysis stack

    # With --to, set-up learns before there are settings.
    encoder = read_encoder(os.environ.get("VOICEBOX_ENCODER", "")) if to else place.settings().encoder
    reader = reader_in(to or models_folder(place.settings()), model=folder_in(encoder), said=click.echo)
    click.echo(f"Comments are read by {reader.name}.")


COMMANDS = (read_comments_command, read_again_command, train_command)
