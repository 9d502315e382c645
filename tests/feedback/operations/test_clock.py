"""A clock that is wrong destroys nothing (R6): 400 days ahead or behind, and back again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Chore, Comment, Envelope, Round
from feedback.operations import clock, finish
from feedback.operations.answers.shake import shake
from feedback.operations.clock import believe, is_credible, last_seen_day
from feedback.operations.finish import catch_up
from feedback.operations.school import School
from feedback.operations.staff import browser_contents, remember_browser
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes
from tests.feedback.operations.results.test_release import a_counted_round

YES = {"again": "yes"}
LEAP = timedelta(days=400)


def _work(school: School, now: datetime) -> list[str]:
    """What the worker does at this moment, and what it said."""
    said: list[str] = []
    today = now.replace(tzinfo=UTC).astimezone(school.settings.zone).date()
    catch_up(school, now=now, today=today, run=lambda *_command: True, said=said.append)
    return said


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return len(session.scalars(select(table)).all())


def _state(school: School, round_: Round) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).state


@pytest.fixture
def busy_school(school: School) -> tuple[School, Round, Round]:
    """A school on a working day: one open round with six answers, one counted round with twelve comments."""
    counted = a_counted_round(school, *[{"wish": "x"}] * 12, instrument=a_family_instrument())
    open_round = a_round(school)
    drop_envelopes(school, open_round, *[YES] * 6)
    _work(school, NOW)
    return school, open_round, counted


def test_a_clock_400_days_ahead_closes_counts_and_purges_nothing(busy_school: tuple[School, Round, Round]) -> None:
    school, open_round, _counted = busy_school
    said = _work(school, NOW + LEAP)
    assert "nothing is closed, counted or purged" in said[0]
    assert (_state(school, open_round), _rows(school, Envelope), _rows(school, Comment)) == ("open", 6, 12)
    assert not any("leapt" in line for line in _work(school, NOW + timedelta(hours=1)))
    drop_envelopes(school, open_round, *[YES] * 4)
    _work(school, open_round.closes_at)
    assert _state(school, open_round) == "scrubbed"


def test_without_the_guard_the_same_leap_shuts_the_box_and_deletes_the_comments(
    busy_school: tuple[School, Round, Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    school, open_round, _counted = busy_school
    monkeypatch.setattr(clock, "LONGEST_OFF", timedelta(days=4000))
    _work(school, NOW + LEAP)
    assert (_state(school, open_round), _rows(school, Comment)) == ("destroyed", 0)


def test_a_clock_400_days_behind_counts_nothing_under_a_wrong_day(busy_school: tuple[School, Round, Round]) -> None:
    school, open_round, _counted = busy_school
    assert _work(school, NOW - LEAP) != []
    assert not any("leapt" in line for line in _work(school, NOW + timedelta(minutes=5)))
    assert _state(school, open_round) == "open"


def test_boxes_are_shaken_whatever_the_clock_says_and_on_the_right_day_again(
    busy_school: tuple[School, Round, Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    school, _open_round, _counted = busy_school
    shaken: list[datetime] = []

    def note_and_shake(school: School, *, now: datetime) -> None:
        shaken.append(now)
        shake(school, now=now)

    monkeypatch.setattr(finish, "shake", note_and_shake)
    moments = [NOW + LEAP, NOW + LEAP + timedelta(minutes=1), NOW, NOW - LEAP, NOW]
    for moment in moments:
        _work(school, moment)
    assert shaken == [NOW + LEAP, NOW, NOW - LEAP, NOW]


@pytest.mark.parametrize(
    ("days", "is_believed"), [(-400, False), (-2, False), (-1, True), (0, True), (100, True), (101, False)]
)
def test_a_summer_is_believed_and_a_mistyped_year_is_not(days: int, is_believed: bool) -> None:
    seen = date(2026, 7, 1)
    assert is_credible(seen + timedelta(days=days), seen) is is_believed
    assert is_credible(seen + timedelta(days=days), None)


def test_a_person_can_say_that_the_clock_is_right(busy_school: tuple[School, Round, Round]) -> None:
    school, open_round, _counted = busy_school
    later = NOW + LEAP
    assert _work(school, later) != []
    believe(school, today=later.date(), now=later, account="console")
    assert not any("leapt" in said for said in _work(school, later))
    assert _state(school, open_round) == "destroyed"
    believe(school, today=NOW.date(), now=NOW, account="console")
    with Session(school.engine) as session:
        assert max(session.scalars(select(Chore.done_on))) == NOW.date()


def test_a_database_from_before_the_guard_knows_its_last_day_from_its_chores(school: School) -> None:
    with Session(school.engine) as session, session.begin():
        session.add(Chore(name="purge", done_on=NOW.date()))
    for _ in range(2):
        assert _work(school, NOW + LEAP) != []
    assert last_seen_day(school) == NOW.date()


@pytest.mark.parametrize("leap", [LEAP, -LEAP])
def test_pages_are_shown_and_refuse_calmly_whatever_the_clock_says(school: School, app: Flask, leap: timedelta) -> None:
    round_ = a_round(school)
    app.extensions["clock"] = lambda: NOW + leap
    client = app.test_client()
    for path in (f"/en/r/{round_.code}", f"/en/r/{round_.code}/about", "/en/desk/", "/en/desk/sign-in"):
        assert client.get(path).status_code < 500
    refused = client.post(f"/en/r/{round_.code}", data={"again": "yes"})
    assert refused.status_code < 500
    assert _rows(school, Envelope) == 0
    app.extensions["clock"] = lambda: NOW
    assert client.get(f"/en/r/{round_.code}").status_code == 200


@pytest.mark.parametrize("leap", [LEAP, -LEAP])
def test_sign_ins_end_whichever_way_the_clock_leaps(school: School, leap: timedelta) -> None:
    token = remember_browser(school, None, {"staff_id": a_staff_member(school).id}, now=NOW)
    assert browser_contents(school, token, now=NOW + timedelta(minutes=29)) is not None
    assert browser_contents(school, token, now=NOW + leap) is None
