"""A draft's own report with made-up answers: what it hides, who sees it, and that nothing of it is kept."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Base, Round
from feedback.operations.results.preview import preview_of
from feedback.operations.rounds.made_up_report import Hidden
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_family_instrument, a_round, a_staff_member

GROUPS = [
    {"code": "AAAA", "name": "5A", "size": 40},
    {"code": "BBBB", "name": "5B", "size": 4},
    {"code": "CCCC", "name": "5C", "size": 26},
]
DRAFT: dict[str, Any] = {"state": "draft", "group_size": 70, "breakdowns": ["group"], "groups": GROUPS}


def test_the_group_that_the_real_report_would_merge_is_named_with_the_one_that_has_to_go_with_it(
    school: School, app: Flask
) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, a_family_instrument(), **DRAFT)
    hidden = preview_of(school, lead, round_.id).report.hidden
    assert Hidden("small", variable="group", group="5B", size=4) in hidden
    assert Hidden("with_small", variable="group", group="5C", size=26) in hidden
    page = Desk(app, lead).open(f"/rounds/{round_.id}/preview")
    assert "Made-up answers: nobody has been asked yet." in page.words
    assert "Group 5B (4 people): too small, will be merged with the others." in page.words
    assert "Group 5C: will be merged with the small ones, so that nobody can work those out." in page.words
    assert "5B (" not in page.words.split("Every question")[1]
    assert "45 to 49 people" in page.words


def test_a_preview_is_the_same_each_time_and_keeps_nothing(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, a_family_instrument(), **DRAFT)
    before = _rows(school)
    assert preview_of(school, lead, round_.id).report.summary == preview_of(school, lead, round_.id).report.summary
    assert _rows(school) == before


def test_where_seven_in_ten_are_too_few_it_is_said_that_the_box_would_stay_shut(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    small = a_round(school, state="draft", group_size=12)
    assert preview_of(school, lead, small.id).report.people == 10
    said = "If seven in ten answer, they are fewer than 10, and the box stays shut."
    assert said in Desk(app, lead).open(f"/rounds/{small.id}/preview").words
    assert not preview_of(school, lead, a_round(school, state="draft", group_size=25).id).report.too_few


def test_a_draft_leads_its_owner_to_its_preview_and_an_open_round_has_none(school: School, app: Flask) -> None:
    teacher = a_staff_member(school)
    draft, opened = a_round(school, state="draft", owner_id=teacher.id), a_round(school, owner_id=teacher.id)
    desk = Desk(app, teacher)
    assert f"/en/desk/rounds/{draft.id}/preview" in desk.open(f"/rounds/{draft.id}").links
    assert f"/en/desk/rounds/{opened.id}/preview" not in desk.open(f"/rounds/{opened.id}").links
    assert [desk.status(f"/rounds/{each.id}/preview") for each in (draft, opened)] == [200, 409]


def _rows(school: School) -> dict[str, int]:
    """Rows of every table but the desk's own sign-ins."""
    with Session(school.engine) as session:
        assert session.scalar(select(func.count()).select_from(Round))
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
