"""A school whose database was made by migrations, as every real one is, so that it can be backed up and upgraded."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from feedback.config import Settings
from feedback.migrations import upgrade
from feedback.operations.school import School, open_school


@pytest.fixture
def school(settings: Settings) -> Iterator[School]:
    """A school with empty tables of the newest version."""
    yield from _migrated(settings)


@pytest.fixture
def school_in_a_file(settings: Settings) -> Iterator[School]:
    """Likewise, and always on SQLite."""
    yield from _migrated(replace(settings, database_url=f"sqlite:///{settings.instance / 'voicebox.db'}"))


def _migrated(settings: Settings) -> Iterator[School]:
    opened = open_school(settings)
    upgrade(opened.engine)
    yield opened
    opened.engine.dispose()
