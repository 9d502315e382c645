"""SQL that was put into words once for all schools of a test run: every school of a test has an engine of its own.

SQLAlchemy keeps what it has compiled per engine and dialect: most of the time of a page that is opened once goes there.
All engines of one kind here are made alike, so one may use what another has compiled.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[Any, Any] = LRUCache(6_000)


def share() -> None:
    """From now on, all engines of this process share what they compile."""
    event.listen(Engine, "engine_connect", _use)
    # Told apart by what they are, no more by which engine made them.
    DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]  # a switch for tests alone
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]  # likewise


def _use(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_COMPILED)
