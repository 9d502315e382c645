"""Recordings that read a round's questions aloud: bringing them in, and seeing which are missing."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place, progress_bar
from feedback.operations.errors import LanguageUnknown, NotFound, RecordingsRefused, WrongState
from feedback.operations.rounds.add_recordings import add_recordings, missing_recordings
from feedback.operations.rounds.course import round_id_of
from feedback.operations.school import School, now_utc

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("add-recordings")
@click.argument("round_id", metavar="ROUND")
@click.argument("language")
@click.argument("folder", type=_FOLDER)
@in_place
def add_command(place: Place, round_id: str, language: str, folder: Path) -> None:
    """Take in recordings of a round's questions: one file each, named by the question's id, for example again.mp3.

    Each is made anew as MP3, so that nothing but the sound is kept. All files of the folder are taken in, or none.
    """
    school = place.school()
    try:
        found = round_id_of(school, round_id)
        with progress_bar("recordings") as progress:
            files = add_recordings(school, found, language, folder, now=now_utc(), account="console", progress=progress)
        click.echo(f"{files} recordings are taken in.")
        _tell_missing(school, found)
    except RecordingsRefused as refused:
        reasons = "\n".join(f"  {name}: {reason}" for name, reason in refused.files)
        raise click.ClickException(f"Nothing was taken in from {folder.name}:\n{reasons}") from refused
    except LanguageUnknown as unknown:
        raise click.ClickException(
            f"{round_id} is not asked in {language}. `voicebox recordings {round_id}` lists its languages."
        ) from unknown
    except NotFound as unknown:
        raise click.ClickException(f"There is no round {round_id}. Its code stands on its page.") from unknown
    except WrongState as over:
        raise click.ClickException(f"Nobody answers {round_id} any more, so nobody would listen.") from over


@click.command("recordings")
@click.argument("round_id", metavar="ROUND")
@in_place
def recordings_command(place: Place, round_id: str) -> None:
    """Say what no recording of a round reads yet, language by language."""
    school = place.school()
    try:
        _tell_missing(school, round_id_of(school, round_id))
    except NotFound as unknown:
        raise click.ClickException(f"There is no round {round_id}. Its code stands on its page.") from unknown


def _tell_missing(school: School, round_id: str) -> None:
    for language, missing in missing_recordings(school, round_id).items():
        click.echo(f"{language}: not recorded yet: {', '.join(missing)}" if missing else f"{language}: all is recorded")


COMMANDS = (add_command, recordings_command)
