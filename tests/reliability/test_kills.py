"""R1, small: the whole storm is `make soak`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.reliability.audit import look_into_the_box
from tests.reliability.kills import kill_the_count, kill_the_server
from tests.reliability.posters import Storm
from tests.reliability.service import Service, serving

_DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """A school on the database of this test."""
    if request.param == "sqlite":
        with serving(tmp_path) as school:
            yield school
        return
    with request.getfixturevalue("postgresql").lent_database() as url, serving(tmp_path, database_url=url) as school:
        yield school


@pytest.mark.parametrize("service", _DATABASES, indirect=True)
def test_what_was_acknowledged_outlives_the_server_and_is_counted_once(service: Service) -> None:
    outcome = kill_the_server(service, kills=2, slips=3000, posters=24, rest=0.3)
    assert outcome.is_kept, outcome
    assert outcome.box.acknowledged > 0
    assert outcome.felt > 0, "no kill hit anybody"


@pytest.mark.parametrize("service", _DATABASES, indirect=True)
def test_a_count_that_is_killed_again_and_again_counts_everybody_once(service: Service) -> None:
    outcome = kill_the_count(service, kills=4)
    assert outcome.wrong == 0, outcome
    assert outcome.kills == 4


@pytest.mark.parametrize("service", ["sqlite"], indirect=True)
def test_the_audit_notices_what_was_lost_and_what_was_put_in(service: Service) -> None:
    service.open_round()
    service.start()
    storm = Storm(service.port, service.address)
    storm.run(posters=4, each=2)
    assert look_into_the_box(service, storm).is_kept
    with service.school() as school, school.engine.begin() as connection:
        connection.execute(text("DELETE FROM envelope WHERE id IN (SELECT min(id) FROM envelope)"))
    assert look_into_the_box(service, storm).lost == 1
    storm.acknowledged.popitem()
    storm.acknowledged.popitem()
    assert look_into_the_box(service, storm).strange > 0
