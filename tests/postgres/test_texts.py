"""Whatever people type or put into an address means the same on PostgreSQL as on SQLite."""

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Pilot
from feedback.operations.school import School
from tests.factories import a_pilot
from tests.postgres_server import Server

#: U+0000 is what PostgreSQL cannot keep; the others are what it must.
_ODD = "a\0b 😀 مرحبا \u202e ' \\ %s :x $1"


@pytest.mark.parametrize("address", ["/en/r/%00", "/en/r/R%00ABC", "/receipt/%00", "/en/r/%00/receipt"])
def test_an_address_with_a_character_that_is_none_is_unknown_and_no_error(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_character_is_kept_but_the_one_that_is_none(school: School) -> None:
    pilot = a_pilot(school, goal_sentence=_ODD, also_changing=[_ODD])
    with Session(school.engine) as session:
        kept = session.get_one(Pilot, pilot.id)
        assert kept.goal_sentence == _ODD.replace("\0", "\ufffd")
        assert kept.also_changing == [_ODD]
        assert session.scalar(select(Pilot.id).where(Pilot.goal_sentence == _ODD)) == pilot.id


def test_the_driver_alone_would_fail(postgresql: Server) -> None:
    # The negative control.
    with (
        psycopg.connect(host=str(postgresql.folder), user="voicebox", dbname="postgres") as connection,
        pytest.raises(psycopg.DataError),
    ):
        connection.execute("SELECT %s", [_ODD])
