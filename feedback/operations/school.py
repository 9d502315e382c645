"""What every operation is given: the school's database, its keys and its settings."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from feedback.config import Settings
from feedback.db import connect, narrowed, widened
from feedback.privacy.keys import Keystore


@dataclass(frozen=True, slots=True)
class School:
    """One installation, or one school of it. Operations get it first; clock and limits are passed beside it."""

    settings: Settings
    engine: Engine
    keystore: Keystore
    #: The id of the one school of a district that is meant; None: all of them. Only `at` gives one.
    only: str | None = None

    def at(self, school_id: str, name: str) -> "School":
        """The same installation, of which nothing is seen but this school; `name` is "" where the settings have it."""
        settings = replace(self.settings, school_name=name) if name else self.settings
        return replace(self, settings=settings, engine=narrowed(self.engine, school_id), only=school_id)

    @property
    def whole(self) -> "School":
        """The installation with all of its schools, for what has to be known of all of them."""
        return replace(self, engine=widened(self.engine), only=None)


def open_school(settings: Settings) -> School:
    """The school these settings describe. Makes its folder, touches no table."""
    # For the owner only: whoever copies the database's log between two shakes could link what is in it.
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    return School(settings, connect(settings.database_url), Keystore(settings.keystore))


def now_utc() -> datetime:
    """The present moment as the database keeps it: UTC, naive, whole seconds. Only pages, commands and jobs ask."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
