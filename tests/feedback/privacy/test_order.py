"""Whoever holds the database file does not learn from its pages who answered first (privacy.md, L3).

Here with rounds as they are without slips; `tests/feedback/proof` attacks classes with slips, and `make prove` many.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest
from pysqlite3 import dbapi2 as built_elsewhere
from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.config import Settings
from feedback.db import connect, scrub
from feedback.models import Base, Envelope, Round
from feedback.operations.answers.shake import shake
from feedback.operations.school import School
from feedback.privacy.keys import Keystore
from feedback.proof.chance import tau, widest_tau
from feedback.proof.log import latest
from feedback.proof.pages import PageFile
from feedback.proof.relink import box_in, overflow_places, places
from tests.factories import NOW, a_round, drop_envelopes

#: The bound is ±0.15 or five standard errors, whichever is wider: chance fails it less than twice in a million runs.
_RUNS = 25


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A file, whatever `--database` says; the other half is tests/postgres/test_linking.py."""
    return f"sqlite:///{tmp_path / 'voicebox.db'}"


@pytest.fixture(params=[sqlite3, built_elsewhere], ids=["of Debian", "with secure_delete off by default"])
def school(request: pytest.FixtureRequest, settings: Settings) -> Iterator[School]:
    """A school in either build of SQLite."""
    engine = connect(settings.database_url, module=request.param)
    Base.metadata.create_all(engine)
    yield School(settings, engine, Keystore(settings.keystore))
    engine.dispose()


def _file(school: School) -> PageFile:
    body, log = ((school.settings.instance / f"voicebox.db{ending}") for ending in ("", "-wal"))
    return latest(body.read_bytes(), log.read_bytes())


def _arrive(school: School, round_: Round, people: int) -> list[str]:
    """Put one envelope after another into an empty box; their ids in the order of arrival."""
    with Session(school.engine) as session, session.begin():
        session.execute(delete(Envelope))
    scrub(school.engine)
    arrived: list[str] = []
    for _ in range(people):
        drop_envelopes(school, round_, {"again": "yes"})
        arrived += box_in(_file(school), round_.id).envelopes.keys() - set(arrived)
    return arrived


def _taus(school: School, arrived: list[str]) -> tuple[float, float]:
    """Kendall's tau of arrival with the place of each envelope's cell, and with that of its overflow page."""
    file = _file(school)
    envelopes = box_in(file).envelopes
    # A seal is too long for one cell: its end lies on an overflow page, and those are handed out one after another.
    found = places(envelopes), overflow_places(file, envelopes)
    cells, overflow = (tau([lies[id_] for id_ in arrived]) for lies in found)
    return cells, overflow


@pytest.mark.parametrize("people", [12, 25])
def test_after_a_shake_the_place_in_the_file_says_nothing_of_the_order_of_arrival(school: School, people: int) -> None:
    round_ = a_round(school)
    found = []
    for _ in range(_RUNS):
        arrived = _arrive(school, round_, people)
        shake(school, now=NOW)
        found.append(_taus(school, arrived))
    for by_place in zip(*found, strict=True):
        assert abs(mean(by_place)) <= widest_tau(people, _RUNS)


def test_without_a_shake_the_order_can_be_read_off_the_file(school: School) -> None:
    # The negative control: this is what the shake is there for.
    round_ = a_round(school)
    assert abs(mean(_taus(school, _arrive(school, round_, 12))[1] for _ in range(5))) > 0.5
