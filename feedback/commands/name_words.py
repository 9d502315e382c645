"""The list of a round's name words, from the console."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.operations.counting.name_words import MOST_BYTES, give_name_words_at_the_console
from feedback.operations.errors import NameWordsRefused, NotFound, WrongState
from feedback.operations.rounds.course import round_id_of
from feedback.operations.school import now_utc

_WHY = {
    "no_words": "it has no names in it",
    "no_text": "it is not plain text in UTF-8",
    "too_long": "it is more than a list of names",
}


@click.command("name-words")
@click.argument("round_id", metavar="ROUND")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_place
def give_command(place: Place, round_id: str, file: Path) -> None:
    """Give the names that are taken out of a round's comments: plain text or CSV, in any order.

    The list falls into single words, which are kept so that nobody can read them, and destroyed with the comments.
    """
    school = place.school()
    with file.open("rb") as opened:
        text = opened.read(MOST_BYTES + 1).decode("utf-8-sig", "replace")
    try:
        found = round_id_of(school, round_id)
        new = give_name_words_at_the_console(school, found, text, account="console", now=now_utc())
    except NameWordsRefused as refused:
        raise click.ClickException(f"Nothing was taken from {file.name}: {_WHY[refused.why]}.") from refused
    except NotFound as unknown:
        raise click.ClickException(f"There is no round {round_id}. Its code stands on its page.") from unknown
    except WrongState as over:
        raise click.ClickException(f"{round_id} is counted already, so nothing would use them.") from over
    click.echo(f"{new} new words are kept. Now delete {file.name}, if nobody needs it.")


COMMANDS = (give_command,)
