"""Twenty-five in English and one in Somali beside twenty-six in English: what anybody gets to see is the same."""

import logging
import re
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import AuditEntry, Base, Release, Round, StaffMember
from feedback.operations.reports.report import Wanted
from feedback.operations.review.read_comments import read_comments
from feedback.operations.school import School
from feedback.reports.make import make_report
from tests.desk import Desk, fill_and_count
from tests.factories import a_family_instrument, a_pilot, a_round, a_staff_member
from tests.feedback.reports.conftest import text_of
from tests.pages import Page

_SOMALI = "qadadu waa qabow maalin kasta"
_ENGLISH = [f"the lunch is cold on day {number}" for number in range(26)]
_MIXED = [*_ENGLISH[:25], _SOMALI]
#: What differs from round to round and from page to page whoever wrote: ids, codes, digests, tokens.
_OWN = re.compile(r"[0-9a-f]{32,64}|R\d{5}|20\d\d-\d\d-\d\dT[\d:.]+|(?<=name=\"csrf_token\" value=\")[^\"]+")


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead")


def _reviewed(app: Flask, school: School, lead: StaffMember, written: Sequence[str]) -> Round:
    """Counted, read by the machine, every suggested theme accepted, signed."""
    round_ = a_round(school, a_family_instrument(), pilot=a_pilot(school), group_size=30)
    fill_and_count(school, round_, *[{"ease": "easy", "wish": text} for text in written])
    read_comments(school, round_.id)
    desk, review = Desk(app, lead), f"/rounds/{round_.id}/review"
    (theme,) = {link for link in desk.open(review).links if "/themes/" in link}
    desk.send(theme.removeprefix("/en/desk"), decision="accepted", label="Food")
    desk.send(f"{review}/sign")
    return round_


def _pages(app: Flask, lead: StaffMember, round_: Round) -> list[str]:
    desk = Desk(app, lead)
    shown = [desk.open(f"/rounds/{round_.id}{more}").response.text for more in ("", "/results", "/review")]
    shown.append(Page(app.test_client().get(f"/en/r/{round_.code}/results")).response.text)
    return [_OWN.sub("…", page) for page in shown]


def _bodies(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session:
        ours = select(Release).where(Release.round_id == round_.id).order_by(Release.part, Release.id)
        return sorted(_OWN.sub("…", release.body) for release in session.scalars(ours))


def _lengths(school: School, round_: Round) -> dict[str, list[list[int]]]:
    """Of every row of the round's in every table: how long each of its values is."""
    found: dict[str, list[list[int]]] = {}
    with reading(school.engine) as session:
        for table in Base.metadata.sorted_tables:
            if "round_id" in table.c:
                rows = session.execute(select(table).where(table.c.round_id == round_.id)).all()
                found[table.name] = sorted([len(v) if isinstance(v, str | bytes) else 0 for v in row] for row in rows)
    return found


def _audit(school: School, round_: Round) -> list[tuple[str, str]]:
    with Session(school.engine) as session:
        ours = select(AuditEntry).where(AuditEntry.object_id == round_.id).order_by(AuditEntry.number)
        return [(entry.action, _OWN.sub("…", str(entry.facts))) for entry in session.scalars(ours)]


def test_pages_pdf_releases_rows_audit_and_log_are_the_same(
    school: School, app: Flask, lead: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said, rounds = [], []
    for written in (_ENGLISH, _MIXED):
        caplog.clear()
        rounds.append(_reviewed(app, school, lead, written))
        said.append(sorted(_OWN.sub("…", line) for line in caplog.messages))
    english, mixed = rounds
    for page, other in zip(_pages(app, lead, english), _pages(app, lead, mixed), strict=True):
        assert page.splitlines() == other.splitlines()
    assert _bodies(school, english) == _bodies(school, mixed)
    assert _lengths(school, english) == _lengths(school, mixed)
    assert _audit(school, english) == _audit(school, mixed)
    assert said[0] == said[1]
    with app.app_context():
        papers = [text_of(make_report(school, Wanted(round_.id, "en"))) for round_ in rounds]
    assert _OWN.sub("…", papers[0]) == _OWN.sub("…", papers[1])
    assert "Food" in papers[0]


def test_one_voice_less_would_show(school: School, app: Flask, lead: StaffMember) -> None:
    # The negative control: the comparison sees a difference where there is one.
    fewer, all_ = (_reviewed(app, school, lead, written) for written in (_ENGLISH[:14], _ENGLISH))
    assert _pages(app, lead, fewer) != _pages(app, lead, all_)
    assert _bodies(school, fewer) != _bodies(school, all_)
    assert _lengths(school, fewer) != _lengths(school, all_)
