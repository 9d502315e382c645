"""What a command needs of its surroundings: settings, school, clock, and the web app where pages are rendered."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date

import click
from flask import Flask
from tqdm import tqdm

from feedback.config import Settings, read_settings
from feedback.operations.school import School, now_utc, open_school


@dataclass(frozen=True, slots=True)
class Place:
    """Given to every command by `feedback.__main__`; the app is made only when a command needs it."""

    create_app: Callable[[Settings], Flask]

    def settings(self) -> Settings:
        """The settings in the environment; NotConfigured where they are wrong."""
        return read_settings(os.environ)

    def school(self) -> School:
        """The school these settings describe; its connections are closed when the command ends."""
        school = open_school(self.settings())
        click.get_current_context().call_on_close(school.engine.dispose)
        return school


in_place = click.make_pass_decorator(Place)


def today(school: School) -> date:
    """The day in the school's time zone."""
    return now_utc().replace(tzinfo=UTC).astimezone(school.settings.zone).date()


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, moved by calls with (done, of how many)."""
    # Only on a terminal: in a journal every step would be a line.
    with tqdm(desc=label, unit="row", leave=True, dynamic_ncols=True, disable=None) as bar:

        def move(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield move
