"""A form's texts as files for translators, from the console."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place
from feedback.i18n import Catalogue, speaking
from feedback.languages import SOURCE
from feedback.operations.errors import DraftChanged, NotFound
from feedback.operations.school import now_utc
from feedback.operations.workshop.form_files import plan_at_the_console, sheet_at_the_console, take_at_the_console
from forms.translation_files import FORMATS, LARGEST, FileRefused, Found, Plan, read, write
from forms.translation_files.sheet import WHY

_BY_ENDING = {kind.ending: name for name, kind in FORMATS.items()}
#: Why a text is not taken.
_KINDS = {
    "drifted": "the form says something else by now",
    "conflict": "somebody worked on it at the desk after the file was made",
    "unknown": "the form has no such text",
    "markup": "it has marks of a tool that stand for nothing we know",
    "half": "only a part of it is translated, or the file ends in it",
    "characters": "it has signs that cannot be shown",
    "long": "it is far longer than a text of a form can be",
    "pipes": "its parts in braces are not those of the form",
}


@click.group("texts")
def texts() -> None:
    """A form's texts as files for translators."""


@texts.command("export")
@click.argument("name")
@click.argument("language")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@in_place
def export_command(place: Place, name: str, language: str, file: Path) -> None:
    """Write the texts of the draft NAME in LANGUAGE to FILE.

    Its ending says the format: .xlf (XLIFF 1.2), .xliff (XLIFF 2.1), .po, .csv or .xlsx.
    """
    format_ = _BY_ENDING.get(file.suffix[1:].lower())
    if format_ is None:
        raise click.BadParameter(f"It has to end in one of {', '.join(f'.{each}' for each in _BY_ENDING)}.")
    app = place.create_app(place.settings())
    school = app.extensions["school"]
    click.get_current_context().call_on_close(school.engine.dispose)
    with app.app_context(), speaking(SOURCE, Catalogue.STAFF):
        try:
            sheet = sheet_at_the_console(school, name, language)
            body = write(format_, sheet)
        except NotFound as unknown:
            raise click.ClickException(
                f"There is no draft {name}, or it is not translated into {language}."
            ) from unknown
        except FileRefused as refused:
            raise click.ClickException(_said(refused)) from refused
    file.write_bytes(body)
    click.echo(f"{len(sheet.units)} texts are in {file}.")


@texts.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Take what fits without asking.")
@in_place
def take_command(place: Place, file: Path, *, yes: bool) -> None:
    """Take the translations in FILE: first the list of what it changes, then, if you say so, the change."""
    school = place.school()
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    try:
        found = read(raw)
        plan = plan_at_the_console(school, found)
        _tell(plan)
        if not plan.taken:
            click.echo("Nothing is to be taken.")
            return
        if not yes:
            click.confirm(f"Take {len(plan.taken)} texts?", abort=True)
        taken = take_at_the_console(school, found, seen=plan.digest, now=now_utc())
    except FileRefused as refused:
        raise click.ClickException(f"Nothing was taken from {file.name}: {_said(refused)}") from refused
    except NotFound as unknown:
        raise click.ClickException(f"Nothing was taken: {_unknown(found)}") from unknown
    except DraftChanged as changed:
        raise click.ClickException("Somebody changed texts in the meantime. Nothing was taken; try again.") from changed
    click.echo(f"{taken} texts were taken. A person who reads the language signs them at the desk.")


def _tell(plan: Plan) -> None:
    for line in plan.refused:
        click.echo(f"not taken: {line.unit.key}: {_KINDS[line.kind]}")
    for line in plan.taken:
        click.echo(f"{line.kind.replace('_', ' ')}: {line.unit.key}")
    same, empty = plan.count("same"), plan.count("empty")
    click.echo(f"{same} are the same here, {empty} have no translation in the file, {len(plan.absent)} are not in it.")


def _said(refused: FileRefused) -> str:
    return WHY[refused.why] + (f" ({refused.detail})" if refused.detail else "")


def _unknown(found: Found) -> str:
    return f"there is no draft {found.form}, or it is not translated into {found.language}."


COMMANDS = (texts,)
