"""Shaking: slips as well as envelopes, all boxes in one transaction, and nothing is lost."""

from itertools import combinations
from secrets import token_hex
from statistics import mean

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from feedback.db import scrub
from feedback.models import Envelope, Round, Slip
from feedback.operations.answers.shake import shake
from feedback.operations.school import School
from tests.factories import NOW, a_round, drop_envelopes

_RUNS = 20


def _print_one_after_another(school: School, round_: Round, slips: int) -> list[str]:
    """New slips, stored one by one as no desk does it; their tags in that order."""
    with Session(school.engine) as session, session.begin():
        session.execute(delete(Slip))
    scrub(school.engine)
    tags = [token_hex(16) for _ in range(slips)]
    for tag in tags:
        with Session(school.engine) as session, session.begin():
            session.add(Slip(round_id=round_.id, tag=tag))
    return tags


def _tau(school: School, tags: list[str]) -> float:
    """Kendall's tau between the order of storing and the place in the file."""
    scrub_nothing = school.engine.raw_connection()
    scrub_nothing.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    scrub_nothing.close()
    file = (school.settings.instance / "voicebox.db").read_bytes()
    pairs = list(combinations([file.index(tag.encode()) for tag in tags], 2))
    return sum(1 if first < second else -1 for first, second in pairs) / len(pairs)


@pytest.fixture
def round_(school: School) -> Round:
    return a_round(school, slips=True)


def test_after_a_shake_the_file_does_not_tell_the_order_of_the_slips(school_in_a_file: School) -> None:
    school = school_in_a_file
    round_ = a_round(school, slips=True)
    before, after = [], []
    for _ in range(_RUNS):
        tags = _print_one_after_another(school, round_, 25)
        before.append(_tau(school, tags))
        shake(school, now=NOW)
        after.append(_tau(school, tags))
    # 20 runs of 25: the mean of chance deviates from 0 by 0.032 (one sigma).
    assert abs(mean(after)) <= 0.15
    # The negative control.
    assert abs(mean(before)) > 0.5


def test_used_slips_stay_used(school: School, round_: Round) -> None:
    tags = [token_hex(16) for _ in range(30)]
    with Session(school.engine) as session, session.begin():
        session.add_all(Slip(round_id=round_.id, tag=tag, used=tag < "8") for tag in tags)
    shake(school, now=NOW)
    with Session(school.engine) as session:
        found = [(slip.tag, slip.used) for slip in session.scalars(select(Slip))]
    assert sorted(found) == sorted((tag, tag < "8") for tag in tags)


@pytest.mark.parametrize("state", ["open", "closed", "too_few"])
def test_every_box_that_waits_is_rewritten_in_one_transaction(school: School, state: str) -> None:
    rounds = [a_round(school), a_round(school)]
    for each in rounds:
        drop_envelopes(school, each, *[{"again": "yes"}] * 3)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, rounds[0].id).state = state
    said: list[str] = []
    event.listen(school.engine, "commit", lambda _connection: said.append("commit"))
    event.listen(school.engine, "before_cursor_execute", lambda _c, _r, words, *_more: said.append(words))
    shake(school, now=NOW)
    written = [place for place, words in enumerate(said) if words.startswith(("DELETE FROM env", "INSERT INTO env"))]
    assert len(written) == 4
    assert "commit" not in said[written[0] : written[-1]]
    assert "commit" in said
    with Session(school.engine) as session:
        assert len(session.scalars(select(Envelope.id)).all()) == 6
