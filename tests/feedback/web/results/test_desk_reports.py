"""Reports at the desk: which there are, each as a page of the same facts as its PDF, and the PDF from the worker."""

from typing import Any

import pytest
from flask import Flask

from feedback import jobs
from feedback.models import Round, StaffMember
from feedback.operations.reports.report import Wanted, keep_report, report_facts
from feedback.operations.school import School
from tests.desk import Desk, fill_and_count
from tests.factories import a_family_instrument, a_pilot, a_round, a_staff_member, in_languages

ANSWERS: list[dict[str, Any]] = [{"again": "yes", "ease": "easy"}] * 14 + [{"again": "no", "ease": "hard"}] * 6


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the worker was asked for."""
    commands: list[tuple[Any, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda _instance, *command: commands.append(command))
    return commands


def _counted(school: School, **facts: Any) -> tuple[StaffMember, Round]:
    teacher = a_staff_member(school, account="teacher@example.org")
    round_ = a_round(school, a_family_instrument(), **{"owner_id": teacher.id, **facts})
    fill_and_count(school, round_, *ANSWERS)
    return teacher, round_


def test_a_report_is_read_as_a_page_and_made_as_a_pdf(school: School, app: Flask, asked: list[tuple[Any, ...]]) -> None:
    teacher, round_ = _counted(school)
    desk, path = Desk(app, teacher), f"/rounds/{round_.id}/reports/"
    assert "Teacher’s page" in desk.open(path).words
    page = desk.open(f"{path}teacher").words
    assert "What we heard" in page
    assert "They are not for judging staff." in page
    waiting = desk.send(f"{path}teacher")
    wanted = Wanted(round_.id, "en")
    assert asked == [wanted.command]
    assert "The PDF is being made." in waiting.words
    assert waiting.response.headers["Refresh"] == f"4; url=/en/desk{path}"
    keep_report(school, report_facts(school, wanted), b"%PDF-1.7 two pages")
    assert f"/en/desk{path}teacher-en.pdf" in desk.open(path).links
    got = desk.client.get(f"/en/desk{path}teacher-en.pdf")
    assert (got.mimetype, got.data) == ("application/pdf", b"%PDF-1.7 two pages")
    assert "Class 2B" not in got.headers["Content-Disposition"]


def test_a_family_page_is_read_and_taken_home_in_each_language_of_its_round(
    school: School, app: Flask, asked: list[tuple[Any, ...]]
) -> None:
    teacher = a_staff_member(school, account="teacher@example.org")
    form = in_languages(a_family_instrument(), ("en", "ur", "zh-Hans"))
    round_ = a_round(school, form, owner_id=teacher.id)
    fill_and_count(school, round_, *ANSWERS)
    desk, path = Desk(app, teacher), f"/rounds/{round_.id}/reports/"
    listed = desk.open(path).words
    assert "Family page in Nastaliq" in listed
    # Families were asked, so there is no page for pupils.
    assert "Pupil page" not in listed
    assert "What happens to my answers?" in desk.open(f"{path}family").words
    assert desk.status(f"{path}family?in=so") == 404
    for wanted in (Wanted(round_.id, "zh-Hans", "family"), Wanted(round_.id, "ur", "family_nastaliq")):
        keep_report(school, report_facts(school, wanted), wanted.kind.encode())
        got = desk.client.get(f"/en/desk{path}{wanted.kind}-{wanted.language}.pdf")
        assert got.data == wanted.kind.encode()
    assert asked == []


def test_before_the_count_there_is_nothing_to_tell(school: School, app: Flask) -> None:
    lead, round_ = a_staff_member(school, "lead"), a_round(school)
    assert "There is nothing to tell yet." in Desk(app, lead).open(f"/rounds/{round_.id}/reports/").words
    assert Desk(app, lead).status(f"/rounds/{round_.id}/reports/teacher") == 409


def test_a_language_that_a_report_is_not_offered_in_is_not_there(school: School, app: Flask) -> None:
    teacher, round_ = _counted(school)
    assert Desk(app, teacher).status(f"/rounds/{round_.id}/reports/teacher?in=so") == 404
    assert Desk(app, teacher).status(f"/rounds/{round_.id}/reports/gossip") == 404


def test_a_pilots_reports_are_for_its_team(school: School, app: Flask) -> None:
    teacher, _round = _counted(school)
    theirs = a_pilot(school, owner_id=a_staff_member(school, "lead", account="lead@example.org").id)
    desk = Desk(app, teacher)
    assert desk.status(f"/pilots/{_round.pilot_id}/reports/") == 200
    assert desk.status(f"/pilots/{theirs.id}/reports/") == 404


def test_who_may_not_see_one_rounds_figures_does_not_see_them_in_the_pilots_report(school: School, app: Flask) -> None:
    pilot = a_pilot(school)
    teacher, mine = _counted(school, pilot=pilot)
    desk, path = Desk(app, teacher), f"/pilots/{mine.pilot_id}/reports/pilot"
    assert "What we expected, and the rule" in desk.open(path).words
    another = a_round(school, a_family_instrument(), pilot=pilot, title="Their class")
    fill_and_count(school, another, *ANSWERS)
    assert desk.status(path) == 404
