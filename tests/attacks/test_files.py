"""Attack (m) of domain.md 2.1d on what leaves the house as files: spreadsheets, JSON, and a pilot's calendar.

Who reads them finds no number that the release does not have, so that what the solver cannot work out of a release
(`test_releases`, `test_sums`) nobody can work out of its files.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Release, Round
from feedback.operations.finish import finish_round
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_round, a_staff_member, drop_envelopes

#: Three of Green's seven liked the books, and 23 of 27 said yes: no file may say 3, 7, 23 or 27 of people.
_GROUPS = [{"code": "AAAA", "name": "Blue", "size": 20}, {"code": "BBBB", "name": "Green", "size": 20}]
_NUMBER = re.compile(r"\d+")


@pytest.fixture
def counted(school: School) -> Round:
    """A round with a hidden group and a hidden answer, counted and released."""
    round_ = a_round(
        school, pilot=a_pilot(school), group_size=40, groups=_GROUPS, breakdowns=["group"], title="Year two"
    )
    games: dict[str, Answer] = {"again": "yes", "liked": ("games",)}
    drop_envelopes(school, round_, *[games] * 20, group="AAAA")
    books: dict[str, Answer] = {"again": "yes", "liked": ("books",)}
    drop_envelopes(school, round_, *[books] * 3, *[{"again": "no"}] * 4, group="BBBB")
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=NOW.date())
    return round_


@pytest.mark.parametrize("reader", ["team", "public"])
def test_attack_m_a_file_of_figures_has_no_number_that_the_release_has_not(
    school: School, app: Flask, counted: Round, reader: str
) -> None:
    lead = a_staff_member(school, "lead")
    with Session(school.engine) as session:
        body = session.scalars(select(Release.body).where(Release.part == "figures", Release.reader == reader)).one()
    told = set(_numbers(json.loads(body)))
    # A share's other side, and a band's other end, say what the release says.
    told |= {100 - number for number in told if 0 <= number <= 100}
    address = f"/rounds/{counted.id}/results/export/{reader}"
    desk = Desk(app, lead)
    rows = json.loads(desk.client.get(f"/en/desk{address}.json").data)["figures"]
    figures = {int(number) for row in rows for cell in _said_of(row) for number in _NUMBER.findall(cell)}
    assert figures
    # "About 7 in 10" is the middle of a band.
    assert figures - {number // 10 for number in told} - {10} <= told
    for bad in ("Green: 7", "7 people", "23 people", "27 people"):
        for raw in (desk.client.get(f"/en/desk{address}.{ending}").data for ending in ("csv", "xlsx")):
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                assert all(bad.encode() not in packed.read(name) for name in packed.namelist())


def test_attack_m_a_calendar_says_days_and_no_numbers_of_people(school: School, app: Flask, counted: Round) -> None:
    lead = a_staff_member(school, "lead")
    path = f"/en/desk/pilots/{counted.pilot_id}/calendar.ics"
    told = Desk(app, lead).client.get(path).text
    said = " ".join(re.findall(r"^(?:SUMMARY|DESCRIPTION|COMMENT)[^:]*:(.*(?:\r?\n .*)*)", told, re.MULTILINE))
    assert "Year two" in said.replace("\r\n ", "")
    assert _NUMBER.findall(said) == []


def _said_of(row: dict[str, Any]) -> Iterator[str]:
    """Of a row what tells of people: not the ids, names and words of what was asked."""
    for column in ("people", "figure", "low", "high"):
        yield str(row.get(column, ""))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value
