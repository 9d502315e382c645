"""A second school beside the one of the tests, with a database and keys of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from feedback.config import Settings
from feedback.operations.school import School, open_school


@contextmanager
def another_school(settings: Settings, empty_tables: Path, tmp_path: Path) -> Iterator[School]:
    """The other school, in a folder of its own."""
    folder = tmp_path / "other"
    folder.mkdir()
    shutil.copyfile(empty_tables, folder / "voicebox.db")
    url = f"sqlite:///{folder / 'voicebox.db'}"
    opened = open_school(replace(settings, instance=folder, keystore=folder / "keystore", database_url=url))
    yield opened
    opened.engine.dispose()
