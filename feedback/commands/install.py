"""Setting up and looking after an installation."""

import secrets

import click

from feedback.commands.place import Place, in_place
from feedback.operations.door.links import console_link
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.school import now_utc
from feedback.operations.schools import SCHOOL_UNSAID, add_school, schools_of
from feedback.operations.staff import add_staff, set_languages
from feedback.privacy.passwords import SHORTEST_PASSWORD
from feedback.privacy.permissions import ROLES

_WHY_REFUSED = {
    "account": "The account needs a name of at most 120 characters.",
    "account_taken": "There is an account with this name already.",
    "password_short": f"The password needs at least {SHORTEST_PASSWORD} characters.",
    "password_common": "This password, or what it is made of, is among the most common. Take some words at random.",
    "password_names": "The password holds the name of the account or of the school.",
    "roles": "Give at least one role with --role; the roles are: " + ", ".join(ROLES),
    "languages": "An interpreter or a translator needs at least one --language, by its code, such as so or zh-Hans.",
    "officer": "A privacy officer is never an administrator: make two accounts, for two people.",
    "administrator": "An administrator is never a lead or a reader: whoever gives rights away reads nothing.",
    "auditor": "An auditor has no other role.",
    "school": "There are several schools: say which with --school, or --all-schools for the district's staff.",
}


@click.command()
def make_secret() -> None:
    """Print a secret for VOICEBOX_SECRET."""
    click.echo(secrets.token_urlsafe(32))


@click.group()
def staff() -> None:
    """Accounts of the school's staff."""


@staff.command("add")
@click.argument("account")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="May be given several times.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="What an interpreter translates from, or a translator into; several times.",
)
@click.option("--school", "school", help="The name of the school, where there are several.")
@click.option("--all-schools", is_flag=True, help="For the district's staff, who work for all schools.")
@click.option("--password", help="Asked for if left out; one is made up with --make-password.")
@click.option("--make-password", is_flag=True, help="Make up a password and print it.")
@in_place
def staff_add(
    place: Place,
    account: str,
    roles: tuple[str, ...],
    languages: tuple[str, ...],
    school: str | None,
    all_schools: bool,
    password: str | None,
    make_password: bool,
) -> None:
    """Add an account, e.g. `voicebox staff add m.lead --role lead`."""
    if make_password:
        password = secrets.token_urlsafe(12)
    elif password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        at, here = _school_named(place, school), place.school()
        add_staff(here, account, password, roles, languages=languages, at=at, everywhere=all_schools, now=now_utc())
    except NotReady as refused:
        raise click.ClickException(" ".join(_WHY_REFUSED[code] for code in refused.missing)) from refused
    except SCHOOL_UNSAID as unsaid:
        raise click.ClickException(_WHY_REFUSED["school"]) from unsaid
    click.echo(f"Added {account}." + (f" Password: {password}" if make_password else ""))


@staff.command("languages")
@click.argument("account")
@click.argument("languages", nargs=-1, required=True)
@in_place
def staff_languages(place: Place, account: str, languages: tuple[str, ...]) -> None:
    """Say what an interpreter translates from, or a translator into: `voicebox staff languages interpreter so ar`."""
    try:
        set_languages(place.school(), account, languages, now=now_utc())
    except NotReady as refused:
        raise click.ClickException(_WHY_REFUSED["languages"]) from refused
    except NotFound as refused:
        raise click.ClickException(f"There is no interpreter or translator called {account}.") from refused
    click.echo(f"The languages of {account}: {', '.join(sorted(set(languages)))}")


@staff.command("link")
@click.argument("account")
@click.option("--second-step", is_flag=True, help="For a new second step instead of a new password.")
@in_place
def staff_link(place: Place, account: str, second_step: bool) -> None:
    """Print a link, good once and for two hours: for a new password, or for a new second step."""
    school = place.school()
    try:
        token = console_link(school, account, now=now_utc(), renew_factor=second_step)
    except NotFound as refused:
        raise click.ClickException(f"There is no account called {account}.") from refused
    click.echo(f"{school.settings.public_address}/en/desk/link/{token}")


def _school_named(place: Place, name: str | None) -> str | None:
    if name is None:
        return None
    found = [each.id for each in schools_of(place.school()) if each.name.casefold() == name.strip().casefold()]
    if not found:
        raise click.ClickException(f"There is no school called {name}. See: voicebox schools list")
    return found[0]


@click.group()
def schools() -> None:
    """The schools of a district that share this installation."""


@schools.command("list")
@in_place
def schools_list(place: Place) -> None:
    """The names of all schools."""
    for each in schools_of(place.school()):
        click.echo(each.name)


@schools.command("add")
@click.argument("name")
@in_place
def schools_add(place: Place, name: str) -> None:
    """Add a school, e.g. `voicebox schools add "Lake School"`. None sees anything of another one."""
    try:
        add_school(place.school(), None, name, now=now_utc())
    except NotReady as refused:
        raise click.ClickException("A school needs a name of its own, of at most 120 characters.") from refused
    click.echo(f"Added {name}. Its staff: voicebox staff add ACCOUNT --role lead --school NAME")


COMMANDS = (make_secret, staff, schools)
