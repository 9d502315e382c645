"""The database's versions lead to what the models say, and back, on either kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from feedback.db import connect
from feedback.migrations import differences, downgrade, is_current, upgrade
from feedback.models import Base
from tests.postgres_server import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        opened = connect(f"sqlite:///{tmp_path / 'v.db'}")
        yield opened
        opened.dispose()
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.new_database()
    opened = connect(server.url_of(name))
    yield opened
    opened.dispose()
    server.drop_database(name)


def _checks(engine: Engine) -> dict[str, set[str]]:
    found = inspect(engine)
    return {
        table: {str(check["name"]) for check in found.get_check_constraints(table)} for table in Base.metadata.tables
    }


def _columns(engine: Engine) -> dict[str, list[tuple[str, str, bool]]]:
    found = inspect(engine)
    return {
        table: sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table))
        for table in found.get_table_names()
    }


def test_the_newest_version_equals_the_models_and_going_back_leaves_nothing(engine: Engine) -> None:
    upgrade(engine)
    assert is_current(engine)
    assert differences(engine) == []
    downgrade(engine, "base")
    assert not is_current(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert differences(engine) == []


def test_the_first_version_comes_back_as_it_was(engine: Engine) -> None:
    upgrade(engine, "0001_first_tables")
    before = _columns(engine)
    upgrade(engine)
    assert _columns(engine) != before
    downgrade(engine, "0001_first_tables")
    assert _columns(engine) == before


def test_every_promise_is_in_the_migrated_database_too(engine: Engine) -> None:
    upgrade(engine)
    migrated = _checks(engine)
    assert "envelopes_are_padded" in migrated["envelope"]
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    assert migrated == _checks(engine)
