"""What a teacher sees by how many answered (domain.md 5.3), and that another teacher sees nothing of it."""

import re

import pytest
from flask import Flask

from feedback.operations.school import School
from tests.desk import Desk, fill_and_count
from tests.factories import a_family_instrument, a_round, a_staff_member


@pytest.mark.parametrize(
    ("people", "first"),
    [
        (4, None),
        # Below 10 a word; below 20 tenths; from there on whole percents. Comments begin at 10 (`test_release`).
        (9, "Most people answered: Yes."),
        (10, "About 7 in 10 people answered: Yes."),
        (24, "67% answered: Yes."),
    ],
)
def test_the_more_people_answered_the_more_is_shown(school: School, app: Flask, people: int, first: str | None) -> None:
    teacher = a_staff_member(school)
    round_ = a_round(school, a_family_instrument(), k=5, group_size=30, owner_id=teacher.id)
    no = people // 3
    fill_and_count(school, round_, *[{"again": "yes"}] * (people - no), *[{"again": "no"}] * no)
    page = Desk(app, teacher).open(f"/rounds/{round_.id}/results")
    if first is None:
        told = page.response.text.partition("<main")[2].partition("</main>")[0]
        assert "Too few voices this time" in told
        assert not re.search(r"\b4\b", re.sub("<[^>]*>", " ", told))
        return
    findings = re.findall("<h3>(.*?)</h3>", page.response.text.partition("First of all")[2])
    assert findings[0] == first


def test_another_teachers_class_is_nowhere(school: School, app: Flask) -> None:
    teacher, other = a_staff_member(school), a_staff_member(school, account="other@example.org")
    round_ = a_round(school, owner_id=teacher.id)
    fill_and_count(school, round_, *[{"again": "yes"}] * 24)
    desk = Desk(app, other)
    for path in ("results", "results.pdf", "results/export", "results/export/team.json", "reports/", "reports/teacher"):
        assert desk.status(f"/rounds/{round_.id}/{path}") == 404
