"""Backups: making one, putting one back, and bringing the installation to a new version."""

from pathlib import Path

import click

from feedback.commands.place import Place, in_place, today
from feedback.operations.backup import backup
from feedback.operations.clock import believe
from feedback.operations.doctor import wrong_in
from feedback.operations.errors import BackupRefused, UpgradeFailed, UpgradeStuck
from feedback.operations.restoring.drill import drill
from feedback.operations.restoring.restore import restore
from feedback.operations.restoring.upgrade import upgrade
from feedback.operations.school import now_utc

_ACCOUNT = "console"


class _Stuck(click.ClickException):
    """An upgrade that neither came about nor was undone: by its exit code `install.sh` starts no program at all."""

    exit_code = 3


@click.command("backup")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Another folder, e.g. on a USB disk.")
@in_place
def backup_command(place: Place, to: Path | None) -> None:
    """Put a sealed copy of the database into the folder of backups. Runs by itself every day."""
    school = place.school()
    try:
        made = backup(school, today=today(school), now=now_utc(), account=_ACCOUNT, to=to.resolve() if to else None)
    except BackupRefused as refused:
        raise click.ClickException(f"Nothing was backed up. {refused}") from refused
    over = f" It is over on {made.header.expires_on}." if made.header else ""
    click.echo(f"{made.file}\nOnly VOICEBOX_SECRET opens it: keep that on paper, away from this computer.{over}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_place
def restore_command(place: Place, file: Path) -> None:
    """Put a backup in the place of the database. Stop the service first."""
    school = place.school()
    try:
        restored = restore(school, file, today=today(school), now=now_utc(), account=_ACCOUNT)
    except BackupRefused as refused:
        raise click.ClickException(f"Nothing was changed. {refused}") from refused
    click.echo(f"The database is as it was on {restored.header.made_on}. What came in after that day is not in it.")
    click.echo(f"Put right from the ledger, so that nothing comes back: {restored.mended} rounds.")
    click.echo(f"Deleted because it was due: something of {restored.purged} rounds.")
    for title in restored.with_slips:
        click.echo(f"Slips of “{title}” that were printed after the backup are not known any more: print new ones.")
    for title in restored.without_keys:
        click.echo(f"The keys of “{title}” are gone: nobody can open its box any more.")


@click.command("restore-drill")
@in_place
def drill_command(place: Place) -> None:
    """Try whether the newest backup could be put back, beside everything; nothing is changed. Once in a term."""
    school = place.school()
    try:
        done = drill(school, today=today(school), now=now_utc(), account=_ACCOUNT)
    except BackupRefused as refused:
        raise click.ClickException(f"The drill could not be made. {refused}") from refused
    click.echo(f"{done.file}, made on {done.made_on}, opens. Put right from the ledger: {done.mended} rounds.")
    if done.wrong:
        raise click.ClickException(f"It could not be put back as it should: {', '.join(done.wrong)}. See the log.")
    click.echo("The database is whole, the log holds, nothing that was deleted is back. The copy is thrown away.")


@click.command("upgrade")
@in_place
def upgrade_command(place: Place) -> None:
    """Bring the database to this version of Voicebox: backup, change, check; undone if anything goes wrong."""
    school = place.school()
    try:
        done = upgrade(school, today=today(school), now=now_utc(), account=_ACCOUNT, find_wrong=wrong_in)
    except UpgradeStuck as stuck:
        raise _Stuck(str(stuck)) from stuck
    except (BackupRefused, UpgradeFailed) as refused:
        undone = isinstance(refused, UpgradeFailed) and refused.restored
        how = "Everything is as it was before: the backup was put back." if undone else "Nothing was changed."
        raise click.ClickException(f"{refused}\n{how}") from refused
    if done.backup is not None:
        click.echo(f"The backup from before is {done.backup}.")
    mended = f" Rounds put right from the ledger: {done.mended}." if done.mended else ""
    click.echo(f"The database is up to date ({done.after}).{mended}")


@click.command("clock-is-right")
@in_place
def clock_command(place: Place) -> None:
    """Say that the computer's clock is right, after it leapt and `voicebox doctor` asked."""
    school = place.school()
    believe(school, today=today(school), now=now_utc(), account=_ACCOUNT)
    click.echo(f"Today is {today(school)}. Rounds are closed, counted and purged again.")


COMMANDS = (backup_command, restore_command, drill_command, upgrade_command, clock_command)
