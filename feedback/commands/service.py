"""Serving pages and doing the work behind them."""

import logging
import signal
import subprocess
import sys
import time

import click
from waitress import serve as serve_pages

from feedback.commands.place import Place, in_place
from feedback.commands.sample import show_sample
from feedback.jobs import queue, run_command
from feedback.migrations import upgrade
from feedback.operations.finish import apply_ledger
from feedback.operations.school import open_school

#: Half-open connections that a slow line, or an attacker, may hold without others waiting (privacy.md, section 6).
_CONNECTIONS = 1000
_THREADS = 8


@click.command()
@in_place
def serve(place: Place) -> None:
    """Serve the pages (no worker)."""
    settings = place.settings()
    app = place.create_app(settings)
    # Before the first request: what was counted or purged must not come back from an old backup.
    apply_ledger(app.extensions["school"])
    click.echo(f"Serving {settings.public_address} on {settings.host}:{settings.port}")
    # Waitress keeps no access log, and none is added: a line per request would be a time per respondent. Its remarks on
    # the length of its queue go too, for they tell when a class was answering.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    serve_pages(
        app,
        host=settings.host,
        port=settings.port,
        threads=_THREADS,
        connection_limit=_CONNECTIONS,
        clear_untrusted_proxy_headers=True,
        ident=None,
    )


@click.command()
@in_place
def work(place: Place) -> None:
    """Do the work in the background: close, count, read comments, make reports, purge."""
    apply_ledger(place.school())
    run_command("catch-up")
    consumer = queue(place.settings().instance).huey.create_consumer(
        workers=1, worker_type="thread", periodic=True, initial_delay=0.1, max_delay=1.0, check_worker_health=True
    )
    consumer.run()


@click.command()
@click.option("--sample", is_flag=True, help="Make a sample school first, if the installation is empty.")
@in_place
def start(place: Place, sample: bool) -> None:
    """Bring the database up to date, then serve the pages and do the work; stops both when one stops."""
    settings = place.settings()
    school = open_school(settings)
    upgrade(school.engine)
    apply_ledger(school)
    if sample:
        show_sample(school)
    school.engine.dispose()
    children = [
        subprocess.Popen([sys.executable, "-m", "feedback", command])  # noqa: S603 - our own two commands
        for command in ("serve", "work")
    ]

    def stop(*_signal: object) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    stop()
    raise SystemExit(max(abs(child.wait()) for child in children))


COMMANDS = (serve, work, start)
