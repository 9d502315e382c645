"""Here every school lives on PostgreSQL, whatever `--database` says."""

from collections.abc import Iterator

import pytest

from tests.postgres_server import Server


@pytest.fixture
def database_url(postgresql: Server) -> Iterator[str]:
    """A database of the server's with empty tables."""
    with postgresql.lent_database() as url:
        yield url
