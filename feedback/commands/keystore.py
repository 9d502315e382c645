"""The keystore's passphrase, with which closed rounds wait for the privacy officer; and what to do if it is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from feedback.commands.place import Place, in_place
from feedback.operations.restoring.new_keeper import NothingLost, lost_boxes, new_keeper
from feedback.operations.school import now_utc
from feedback.privacy.keeper import SHORTEST_PASSPHRASE, KeeperAway, PassphraseWeak, PassphraseWrong

#: What has to be typed before boxes are destroyed: no key that is pressed too fast may do it.
_WORD = "destroy"


@click.group("keystore")
def keystore() -> None:
    """Who can open boxes: the worker alone, or the worker once the officer has typed a passphrase."""


@keystore.command("set-passphrase")
@in_place
def set_passphrase(place: Place) -> None:
    """Set the passphrase, or change it. From then on closed rounds wait for the privacy officer."""
    keeper = place.school().keystore.keeper
    old = click.prompt("The passphrase until now", hide_input=True) if keeper.has_passphrase else None
    new = click.prompt("The new passphrase", hide_input=True, confirmation_prompt="The same again")
    with _said_in_words():
        keeper.set_passphrase(new, old=old)
    click.echo("The passphrase is set. Closed rounds wait until the privacy officer types it at the desk, under Boxes.")
    click.echo("Nobody can recover it: without it no box can be opened, of rounds open now or of any from now on.")
    click.echo("If it is lost, only `voicebox keystore new-keeper` helps later rounds, and destroys what waits.")


@keystore.command("remove-passphrase")
@in_place
def remove_passphrase(place: Place) -> None:
    """Remove the passphrase. From then on closed rounds are counted by themselves."""
    keeper = place.school().keystore.keeper
    if not keeper.has_passphrase:
        raise click.ClickException("The keystore has no passphrase.")
    old = click.prompt("The passphrase", hide_input=True)
    click.confirm("Shall closed rounds be counted without the privacy officer from now on?", abort=True)
    with _said_in_words():
        keeper.remove_passphrase(old)
    click.echo("The passphrase is removed. Closed rounds are counted within a minute.")


@keystore.command("new-keeper")
@in_place
def new_keeper_command(place: Place) -> None:
    """Where the passphrase or the keeper's key is lost for good: destroy the boxes that wait, and begin anew."""
    school = place.school()
    with _said_in_words():
        lost = lost_boxes(school)
        click.echo("First look for the passphrase, and for the disk with the keeper's key: nothing else opens a box.")
        click.echo(f"These boxes will be destroyed unopened: {', '.join(lost.values()) or 'none'}.")
        if click.prompt(f"To go on, type {_WORD}") != _WORD:
            raise click.ClickException("Nothing was changed.")
        destroyed = new_keeper(school, now=now_utc())
    click.echo(f"Boxes destroyed: {destroyed}. There is a new keeper, without a passphrase; new rounds can open.")


@contextmanager
def _said_in_words() -> Iterator[None]:
    try:
        yield
    except PassphraseWrong as wrong:
        raise click.ClickException("This is not the keystore's passphrase. Nothing was changed.") from wrong
    except PassphraseWeak as weak:
        least = f"Use at least {SHORTEST_PASSPHRASE} characters, for example five words drawn by chance."
        raise click.ClickException(f"{least} Nothing was changed.") from weak
    except NothingLost as works:
        raise click.ClickException("The keeper is here and opens boxes. Nothing was changed.") from works
    except KeeperAway as away:
        raise click.ClickException(str(away)) from away


COMMANDS = (keystore,)
