"""School days where the product speaks of them, in the school's own time, in summer and in winter."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.calendar import read_holidays
from feedback.models import Round
from feedback.operations import finish
from feedback.operations.answers.shake import shake
from feedback.operations.errors import ReviewOver
from feedback.operations.finish import catch_up
from feedback.operations.results.read_release import latest
from feedback.operations.results.release import release_words
from feedback.operations.review.hours import sign_by
from feedback.operations.review.sort import sort_comment
from feedback.operations.review.themes import decide_theme
from feedback.operations.review.under_review import review_of, rounds_to_review
from feedback.operations.rounds.ask_my_class import ClassQuestion, ask_my_class
from feedback.operations.school import School
from tests.desk import Desk, fill_and_count, find_theme
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member, an_instrument

#: The promise date of `a_round` is Monday, the 14th; the 11th is a Friday.
LAST_DAY = date(2026, 12, 10)


def _in(school: School, zone: str, holidays: str = "") -> School:
    settings = replace(school.settings, time_zone=zone, holidays=read_holidays(holidays))
    return School(settings, school.engine, school.keystore)


def _written(school: School, **facts: Any) -> tuple[Round, str]:
    round_ = a_round(school, a_family_instrument(), **facts)
    fill_and_count(school, round_, *[{"wish": "Warm soup, please"}] * 12)
    return round_, find_theme(school, round_, "wish")


def _asked(school: School, day: date, *, now: datetime) -> Round:
    a_pilot(school, standing=True)
    teacher = a_staff_member(school)
    asked = ClassQuestion(an_instrument(), "Class 2B", 24, day, ("en",))
    with Session(school.engine) as session:
        return session.get_one(Round, ask_my_class(school, teacher, asked, now=now))


@pytest.mark.parametrize(("day", "is_late"), [(LAST_DAY, False), (LAST_DAY + timedelta(days=1), True)])
def test_words_can_be_signed_until_two_school_days_before_the_promise(school: School, day: date, is_late: bool) -> None:
    lead = a_staff_member(school, "lead")
    round_, _theme = _written(school)
    assert sign_by(school, round_) == LAST_DAY
    assert (round_.id in rounds_to_review(school, lead, today=day)) is not is_late
    if is_late:
        with pytest.raises(ReviewOver):
            release_words(school, lead, round_.id, today=day, now=NOW)
        assert latest(school, lead, round_.id).words is None
    else:
        release_words(school, lead, round_.id, today=day, now=NOW)
        assert latest(school, lead, round_.id).words is not None


def test_nothing_is_decided_about_words_that_are_left_out(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_, theme = _written(school)
    (question,) = review_of(school, lead, round_.id).questions
    late = datetime.combine(LAST_DAY + timedelta(days=1), time(0))
    with pytest.raises(ReviewOver):
        decide_theme(school, lead, round_.id, theme, decision="accepted", label="Lunch", now=late)
    first = question.themes[0].comments[0].id
    with pytest.raises(ReviewOver):
        sort_comment(school, lead, round_.id, first, themes=(), mood="unclear", now=late)


def test_holidays_bring_the_last_day_forward(school: School) -> None:
    round_, _theme = _written(school)
    assert sign_by(_in(school, "UTC", "2026-12-08..2026-12-11"), round_) == date(2026, 12, 4)


def test_the_review_page_says_until_when(school: School, app: Flask) -> None:
    round_, _theme = _written(school)
    page = Desk(app, a_staff_member(school, "reader")).open(f"/rounds/{round_.id}/review")
    assert "Please sign by December 10, 2026." in page.words
    assert f"/en/desk/rounds/{round_.id}/review/sign" in page.links


def test_the_review_page_says_that_it_is_over(school: School, app: Flask) -> None:
    round_, _theme = _written(school, promise_on=NOW.date() + timedelta(days=1))
    path, desk = f"/rounds/{round_.id}/review", Desk(app, a_staff_member(school, "reader"))
    assert "The last day to sign was November 20, 2026." in desk.open(path).words
    assert f"/en/desk{path}/sign" not in desk.open(path).links
    assert "release the words" not in desk.open(f"{path}/sign").words
    refused = desk.send(f"{path}/sign")
    assert (refused.status, "left out for ever" in refused.words) == (409, True)


def test_a_class_hears_back_on_a_day_with_school(school: School) -> None:
    round_ = _asked(_in(school, "UTC", "2026-12-07..2026-12-08"), NOW.date(), now=NOW)
    assert round_.promise_on == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("zone", "day", "closes_at"),
    [
        ("Europe/Lisbon", date(2026, 10, 23), datetime(2026, 10, 23, 17)),
        ("Europe/Lisbon", date(2026, 10, 25), datetime(2026, 10, 25, 18)),
        ("Europe/Lisbon", date(2026, 10, 26), datetime(2026, 10, 26, 18)),
        ("Europe/Lisbon", date(2027, 3, 27), datetime(2027, 3, 27, 18)),
        ("Europe/Lisbon", date(2027, 3, 28), datetime(2027, 3, 28, 17)),
        ("Europe/Lisbon", date(2027, 3, 29), datetime(2027, 3, 29, 17)),
        ("Asia/Riyadh", date(2026, 10, 25), datetime(2026, 10, 25, 15)),
        ("Asia/Riyadh", date(2027, 3, 28), datetime(2027, 3, 28, 15)),
    ],
)
def test_a_class_session_ends_at_six_on_the_schools_wall(
    school: School, zone: str, day: date, closes_at: datetime
) -> None:
    round_ = _asked(_in(school, zone), day, now=closes_at - timedelta(days=3))
    assert round_.closes_at == closes_at
    assert closes_at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).time() == time(18)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Lisbon", date(2026, 10, 25), 25),
        ("Europe/Lisbon", date(2027, 3, 28), 23),
        ("Asia/Riyadh", date(2026, 10, 25), 24),
    ],
)
def test_boxes_are_shaken_once_on_a_day_of_any_length(
    school: School, monkeypatch: pytest.MonkeyPatch, zone: str, day: date, hours: int
) -> None:
    there = _in(school, zone)
    shaken: list[date] = []

    def note_and_shake(school: School, *, now: datetime) -> None:
        shaken.append(_day(now, zone))
        shake(school, now=now)

    monkeypatch.setattr(finish, "shake", note_and_shake)
    begins = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
    assert _day(begins + timedelta(hours=hours), zone) == day + timedelta(days=1)
    for hour in range(-24, hours + 24):
        moment = begins + timedelta(hours=hour, minutes=30)
        catch_up(there, now=moment, today=_day(moment, zone), run=lambda *_command: True, said=list[str]().append)
    assert shaken == [day - timedelta(days=1), day, day + timedelta(days=1)]


def _day(moment: datetime, zone: str) -> date:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
