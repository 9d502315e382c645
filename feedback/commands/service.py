"""Serving pages and doing the work behind them: as two services of two users, or both at once with `start`.

The pages are served by waitress, alone or behind a proxy; `feedback.commands.serving` says why and with which limits.
`feedback/service/` holds what an installation needs around it: units, samples for Caddy and nginx, the installer.
"""

import os
import sys
from pathlib import Path

import click

from feedback.commands import both
from feedback.commands.place import Place, in_place, today
from feedback.commands.sample import show_sample
from feedback.commands.serving import keep_out_of_dumps, serve_until_told
from feedback.copies import CopyImpossible, is_half_restored
from feedback.jobs import queue, run_command
from feedback.operations.doctor import wrong_in
from feedback.operations.errors import BackupRefused, UpgradeFailed
from feedback.operations.floor import refuse_below_floor
from feedback.operations.restoring.upgrade import upgrade
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import School, now_utc, open_school


@click.command()
@in_place
def serve(place: Place) -> None:
    """Serve the pages (no worker)."""
    keep_out_of_dumps()
    settings = place.settings()
    app = place.create_app(settings)
    _refuse_half_restored(app.extensions["school"])
    # Before the first request: what was counted or purged must not come back from an old backup.
    apply_ledger(app.extensions["school"])
    click.echo(f"Serving {settings.public_address} on {settings.host}:{settings.port}")
    serve_until_told(app, host=settings.host, port=settings.port)


@click.command()
@in_place
def work(place: Place) -> None:
    """Do the work in the background: close, count, read comments, make reports, purge."""
    keep_out_of_dumps()
    school = place.school()
    _refuse_half_restored(school)
    refuse_below_floor(school)
    apply_ledger(school)
    run_command("catch-up")
    consumer = queue(place.settings().instance).huey.create_consumer(
        workers=1, worker_type="thread", periodic=True, initial_delay=0.1, max_delay=1.0, check_worker_health=True
    )
    consumer.run()


@click.command()
@click.option("--sample", is_flag=True, help="Make a sample school first, if the installation is empty.")
@in_place
def start(place: Place, sample: bool) -> None:
    """Bring the database up to date, then serve the pages and do the work; stop both when one stops."""
    settings = place.settings()
    school = open_school(settings)
    try:
        upgrade(school, today=today(school), now=now_utc(), account="console", find_wrong=wrong_in)
    except (BackupRefused, UpgradeFailed) as refused:
        raise click.ClickException(f"Voicebox does not start. {refused}") from refused
    if sample:
        show_sample(school)
    school.engine.dispose()
    # In place of this process, whose libraries nobody needs any more. -P: no import from the folder of that file.
    os.execv(sys.executable, [sys.executable, "-P", str(Path(both.__file__))])  # noqa: S606 - our own file, no shell


def _refuse_half_restored(school: School) -> None:
    try:
        is_cut_off = is_half_restored(school.engine)
    except CopyImpossible as unknown:
        # Systemd tries again, for after a power cut this may be up before the server is.
        raise click.ClickException(f"Voicebox does not start. {unknown}") from unknown
    if is_cut_off:
        raise click.ClickException(
            "A restore goes on, or was cut off; what is answered now would be lost. When no restore runs any more, "
            "run `voicebox upgrade`, which puts the database from before it back. Then restore again."
        )


COMMANDS = (serve, work, start)
