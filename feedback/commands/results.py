"""From a closed round to a report: counting, reading comments, rendering. Analysis is imported only when needed."""

import sys
from pathlib import Path

import click

from feedback.commands.place import Place, in_place, today
from feedback.jobs import run_command
from feedback.operations.errors import NotEnoughVoices, NotFound, ResultsPurged, StillInTheBox, WrongState
from feedback.operations.finish import catch_up, finish_round
from feedback.operations.reports.kinds import KINDS
from feedback.operations.reports.report import Wanted
from feedback.operations.rounds.course import round_id_of
from feedback.operations.school import School, now_utc
from feedback.privacy.keeper import KeeperAway, PassphraseNeeded, PassphraseWrong
from feedback.privacy.keys import KeyGone


@click.command("finish-round")
@click.argument("round_id", metavar="ROUND")
@click.option("--passphrase-stdin", is_flag=True, help="Read the keystore's passphrase from standard input.")
@in_place
def finish_command(place: Place, round_id: str, passphrase_stdin: bool) -> None:
    """Count a closed round, release its figures and read its comments. Asks for the passphrase where there is one."""
    school = place.school()
    try:
        round_id = round_id_of(school, round_id)
        passphrase = _passphrase(school, passphrase_stdin)
        finished = finish_round(
            school, round_id, today=today(school), now=now_utc(), passphrase=passphrase, said=click.echo
        )
    except (WrongState, NotFound) as wrong:
        raise click.ClickException(f"{round_id} is not a closed round.") from wrong
    except PassphraseNeeded as waiting:
        raise click.ClickException(f"{round_id} waits for the privacy officer, who has the passphrase.") from waiting
    except PassphraseWrong as wrong:
        raise click.ClickException("This is not the keystore's passphrase. Nothing was opened.") from wrong
    except KeeperAway as away:
        raise click.ClickException(str(away)) from away
    except KeyGone as gone:
        raise click.ClickException("The key of this box is lost: nobody can open it. See voicebox doctor.") from gone
    if not finished:
        raise click.ClickException("Too few voices are in the box: nothing was counted, and nothing will be shown.")
    click.echo("Counted. The box's key is destroyed, the figures are released.")
    run_command("read-comments", round_id)


@click.command("catch-up")
@in_place
def catch_up_command(place: Place) -> None:
    """Do whatever the database says is still to be done. Runs by itself every minute."""
    school = place.school()
    catch_up(
        school,
        now=now_utc(),
        today=today(school),
        run=lambda *command: run_command(*command) == 0,
        said=click.echo,
    )


@click.command("make-report")
@click.argument("about", metavar="ROUND_OR_PILOT")
@click.argument("language", default="en")
@click.option("--kind", type=click.Choice(tuple(KINDS)), default="teacher", help="Which report.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Also write the PDF to this file.")
@in_place
def make_report_command(place: Place, about: str, language: str, kind: str, to: Path | None) -> None:
    """Render a report of a released round, or of a pilot (by its id), once, and store it with its hash."""
    from feedback.reports.make import make_report  # noqa: PLC0415 - loads WeasyPrint

    settings = place.settings()
    app = place.create_app(settings)
    with app.app_context():
        try:
            school = app.extensions["school"]
            found = round_id_of(school, about) if KINDS[kind].scope == "round" else about
            body = make_report(school, Wanted(found, language, kind))
        except (StillInTheBox, NotEnoughVoices, ResultsPurged, NotFound) as wrong:
            raise click.ClickException(f"{about} has no released figures.") from wrong
    if to is not None:
        to.write_bytes(body)
    click.echo(f"The report has {len(body) // 1024} kB." + (f" It is in {to}." if to else ""))


@click.command("make-papers")
@click.argument("round_id", metavar="ROUND")
@click.argument("language", default="en")
@click.option("--group", default="", help="Code of the group whose link the papers carry.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Also write the PDFs into this folder.")
@in_place
def make_papers_command(place: Place, round_id: str, language: str, group: str, to: Path | None) -> None:
    """Render what a round prints: the form, a letter, a poster, and a script to read aloud."""
    from feedback.reports.papers import make_papers  # noqa: PLC0415 - loads WeasyPrint

    app = place.create_app(place.settings())
    with app.app_context():
        try:
            school = app.extensions["school"]
            bodies = make_papers(school, round_id_of(school, round_id), language, group)
        except (NotFound, WrongState) as wrong:
            raise click.ClickException(f"{round_id} prints no papers in {language}.") from wrong
    for paper, body in bodies.items():
        click.echo(f"The {paper} has {len(body) // 1024} kB.")
        if to is not None:
            to.mkdir(parents=True, exist_ok=True)
            (to / f"{paper}-{language}.pdf").write_bytes(body)


@click.command("make-letter")
@click.argument("letter_id", metavar="LETTER")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Also write the PDF to this file.")
@in_place
def make_letter_command(place: Place, letter_id: str, to: Path | None) -> None:
    """Render a letter that the privacy officer wrote, once, and store it with its hash."""
    from feedback.reports.letters import make_letter  # noqa: PLC0415 - loads WeasyPrint

    app = place.create_app(place.settings())
    with app.app_context():
        try:
            body = make_letter(app.extensions["school"], letter_id)
        except NotFound as wrong:
            raise click.ClickException(f"There is no letter {letter_id}.") from wrong
    if to is not None:
        to.write_bytes(body)
    click.echo(f"The letter has {len(body) // 1024} kB.")


def _passphrase(school: School, from_stdin: bool) -> str | None:
    # Never an argument: those can be read by everybody on the machine.
    if from_stdin:
        return sys.stdin.read()
    if school.keystore.has_passphrase and sys.stdin.isatty():
        typed: str = click.prompt("Passphrase of the keystore", hide_input=True)
        return typed
    return None


COMMANDS = (
    finish_command,
    catch_up_command,
    make_report_command,
    make_papers_command,
    make_letter_command,
)
