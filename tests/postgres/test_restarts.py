"""The server crashes or is away for a while: nothing acknowledged is lost, nothing comes twice, nobody restarts us."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from feedback.db import connect, refuse_unsafe_server
from feedback.models import Envelope
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.errors import StorageUnavailable
from feedback.operations.school import School
from feedback.privacy.receipts import envelope_id, new_form_key
from tests.factories import NOW, a_family_instrument, a_round
from tests.pages import Page
from tests.postgres_server import Server, running_server

_POSTERS, _FORMS_EACH, _CRASHES = 8, 30, 4


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that these tests may stop."""
    with running_server() as running:
        yield running


@pytest.fixture
def database_url(own_server: Server) -> Iterator[str]:
    """A database of it."""
    with own_server.lent_database() as url:
        yield url


def _post(school: School, asked: Asked, seed: int, refused: list[str]) -> list[str]:
    """Send forms as a respondent's page does: again until it is acknowledged, and some a second time. The receipts."""
    chance = random.Random(seed)  # noqa: S311 - who sends twice, not a secret
    form_keys = [new_form_key() for _ in range(_FORMS_EACH)]
    sent = [form_key for form_key in form_keys for _ in range(2 if chance.random() < 0.15 else 1)]
    return [_send(school, asked, form_key, refused) for form_key in sent]


def _send(school: School, asked: Asked, form_key: str, refused: list[str]) -> str:
    for _ in range(200):
        try:
            return accept(school, asked, form_key, {"again": "yes"}, now=NOW).receipt
        except StorageUnavailable:
            refused.append(form_key)
            time.sleep(0.05)
    raise AssertionError("the server never came back")


def test_four_crashes_under_eight_posters_lose_nothing_and_double_nothing(school: School, own_server: Server) -> None:
    round_ = a_round(school, group_size=None, k=20)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    refused: list[str] = []
    with ThreadPoolExecutor(_POSTERS) as posters:
        sending = [posters.submit(_post, school, asked, seed, refused) for seed in range(_POSTERS)]
        for _ in range(_CRASHES):
            time.sleep(0.3)
            own_server.restart("immediate")
        acknowledged = {receipt for one in sending for receipt in one.result()}
    pepper = school.keystore.pepper(round_.id)
    with Session(school.engine) as session:
        stored = list(session.scalars(select(Envelope.id)))
    assert refused
    assert len(acknowledged) == _POSTERS * _FORMS_EACH
    assert sorted(stored) == sorted(envelope_id(receipt, pepper) for receipt in acknowledged)


def test_while_the_server_is_away_a_form_is_kept_and_afterwards_it_is_taken(
    app: Flask, school: School, own_server: Server
) -> None:
    round_ = a_round(school, a_family_instrument())
    client = app.test_client()
    form = {**Page(client.get(f"/en/r/{round_.code}")).fields, "q-wish": "More books.", "go": "send"}
    own_server.stop()
    started = time.monotonic()
    away = client.post(f"/en/r/{round_.code}", data=form)
    assert (away.status_code, away.headers["Retry-After"]) == (503, "60")
    page = Page(away)
    assert (page.fields["q-wish"], page.fields["form_key"]) == (["More books."], form["form_key"])
    # Nobody waits for a server that is not there.
    assert time.monotonic() - started < 2
    own_server.start()
    for _ in range(2):
        assert client.post(f"/en/r/{round_.code}", data={**page.fields, "go": "send"}).status_code == 200
    with Session(school.engine) as session:
        assert session.scalar(select(func.count()).select_from(Envelope)) == 1


def test_starting_before_the_server_is_up_is_no_reason_not_to_start(own_server: Server) -> None:
    engine = connect(own_server.url)
    own_server.stop()
    refuse_unsafe_server(engine)
    own_server.start()
    refuse_unsafe_server(engine)
    engine.dispose()


def test_a_writer_whose_machine_was_stopped_in_between_holds_nobody_up(school: School, own_server: Server) -> None:
    round_ = a_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    holding = school.engine.connect()
    holding.begin()
    # As when a web machine loses its power while it writes, and the server notices.
    own_server.ask("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
    assert accept(school, asked, new_form_key(), {"again": "yes"}, now=NOW)
    with pytest.raises(OperationalError):
        holding.execute(select(Envelope.id))
    holding.close()
