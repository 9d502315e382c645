"""What every operation is given: the school's database, its keys and its settings."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from feedback.config import Settings
from feedback.db import connect
from feedback.privacy.keys import Keystore


@dataclass(frozen=True, slots=True)
class School:
    """One installation. Operations get it first; clock and limits are passed beside it."""

    settings: Settings
    engine: Engine
    keystore: Keystore


def open_school(settings: Settings) -> School:
    """The school these settings describe. Makes its folder, touches no table."""
    # For the owner only: whoever copies the database's log between two shakes could link what is in it.
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    return School(settings, connect(settings.database_url), Keystore(settings.keystore))


def now_utc() -> datetime:
    """The present moment as the database keeps it: UTC, naive, whole seconds. Only pages, commands and jobs ask."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
