"""The database's versions, built in code so that they work from a wheel as from a checkout."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


class ReferencesBroken(Exception):
    """A migration left rows that point at nothing; it was rolled back."""


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to this version; does nothing where it is there."""
    with _changing(engine) as connection:
        command.upgrade(_config(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Bring the database back to this version ("base" is an empty one)."""
    with _changing(engine) as connection:
        command.downgrade(_config(connection), to)


def version_of(engine: Engine) -> str | None:
    """The database's version; None where it has no tables yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(version: str) -> bool:
    """Whether this version is ours or an earlier one of ours; it is not where a newer Voicebox has been here."""
    return version in {script.revision for script in ScriptDirectory(str(_folder())).walk_revisions()}


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest version."""
    return version_of(engine) == ScriptDirectory(str(_folder())).get_current_head()


def differences(engine: Engine) -> list[object]:
    """What the models have and the database has not, or the other way round; empty if they are equal."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - only tests and developers compare

    from feedback.models import Base  # noqa: PLC0415 - as above

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be made anew; on SQLite every reference is checked before it ends."""
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Not possible inside a transaction; past SQLAlchemy, which would begin one.
            _set_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                # With names as they are, a table that takes another's place must not take its references along.
                if sqlite:
                    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")
                yield connection
                if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                    raise ReferencesBroken(str(broken))
        finally:
            if sqlite:
                connection.exec_driver_sql("PRAGMA legacy_alter_table=OFF")
                connection.rollback()
                _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - open as long as the block that holds it
    driver.execute(f"PRAGMA foreign_keys={state}")


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["connection"] = connection
    return config


def _folder() -> Path:
    return Path(__file__).resolve().parent
