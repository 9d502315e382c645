"""Whoever holds the database file does not learn from its pages who answered first (privacy.md, L3)."""

from itertools import combinations
from statistics import mean

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from feedback.db import scrub
from feedback.models import Envelope, Round
from feedback.operations.school import School
from feedback.operations.shake import shake
from tests.factories import NOW, a_round, drop_envelopes

_RUNS = 40


def _arrive(school: School, round_: Round, people: int) -> list[bytes]:
    """Put one envelope after another into an empty box; their sealed bytes in the order of arrival."""
    with Session(school.engine) as session, session.begin():
        session.execute(delete(Envelope))
    scrub(school.engine)
    seen: list[bytes] = []
    for _ in range(people):
        drop_envelopes(school, round_, {"again": "yes"})
        with Session(school.engine) as session:
            seen.extend(sealed for sealed in session.scalars(select(Envelope.sealed)) if sealed not in seen)
    return seen


def _tau(school: School, arrived: list[bytes]) -> float:
    """Kendall's tau between the order of arrival and the place in the file: 0 is chance, 1 or -1 is known."""
    with school.engine.connect() as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    file = (school.settings.instance / "voicebox.db").read_bytes()
    # A seal is too long for one cell: its end lies on an overflow page, and those are handed out one after another.
    places = [file.index(sealed[-200:]) for sealed in arrived]
    pairs = list(combinations(places, 2))
    return sum(1 if first < second else -1 for first, second in pairs) / len(pairs)


@pytest.mark.parametrize("people", [12, 25])
def test_after_a_shake_the_place_in_the_file_says_nothing_of_the_order_of_arrival(school: School, people: int) -> None:
    round_ = a_round(school)
    found = []
    for _ in range(_RUNS):
        arrived = _arrive(school, round_, people)
        shake(school, now=NOW)
        found.append(_tau(school, arrived))
    assert abs(mean(found)) <= 0.15


def test_without_a_shake_the_order_can_be_read_off_the_file(school: School) -> None:
    # The negative control: this is what the shake is there for.
    round_ = a_round(school)
    assert abs(mean(_tau(school, _arrive(school, round_, 12)) for _ in range(5))) > 0.5
