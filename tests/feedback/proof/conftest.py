"""A made-up school to steal from, on either build of SQLite."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pysqlite3
import pytest

from feedback.proof.live import check_installation
from feedback.proof.made_up import MadeUp, made_up_school
from tests.factories import NOW

#: Debian's SQLite deletes securely by default, the other one does not: no promise may lean on that.
BUILDS = {"Debian's SQLite": sqlite3, "SQLite with secure_delete off": pysqlite3}


@pytest.fixture(params=list(BUILDS.values()), ids=list(BUILDS))
def sqlite_build(request: pytest.FixtureRequest) -> ModuleType:
    """Each of the two builds."""
    build: ModuleType = request.param
    return build


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[MadeUp]:
    """A made-up school with nobody in it yet."""
    with made_up_school(tmp_path, now=NOW) as school:
        yield school


@pytest.fixture
def fails(made_up: MadeUp) -> Callable[[], set[str]]:
    """The names of the checks of a live installation that the made-up school does not pass now."""

    def failed() -> set[str]:
        lines = check_installation(made_up.school, beside=made_up.folder, today=NOW.date(), said=lambda _what: None)
        return {line.name for line in lines if not line.holds}

    return failed
