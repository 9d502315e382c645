"""The database's versions, built in code so that they work from a wheel as from a checkout."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to this version; does nothing where it is there."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Bring the database back to this version ("base" is an empty one)."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), to)


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest version."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory(str(_folder())).get_current_head()


def differences(engine: Engine) -> list[object]:
    """What the models have and the database has not, or the other way round; empty if they are equal."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - only tests and developers compare

    from feedback.models import Base  # noqa: PLC0415 - as above

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["connection"] = connection
    return config


def _folder() -> Path:
    return Path(__file__).resolve().parent
