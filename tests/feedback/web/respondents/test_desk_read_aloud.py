"""An adult who reads aloud, at the desk: planned, pointed to the script, and said in the report."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import thaw_summary
from feedback.models import Release, Round
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.reports.report import Wanted, report_facts
from feedback.operations.school import School
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_pilot, a_round, a_staff_member
from tests.feedback.web.rounds.test_desk_rounds import PLANNED

_PRINT, _READ = "print the script.", "An adult read the questions aloud."


@pytest.mark.parametrize("declared", [True, False])
def test_the_plan_says_whether_an_adult_reads_and_the_form_follows_it(
    school: School, app: Flask, declared: bool
) -> None:
    desk, pilot = Desk(app, a_staff_member(school, "lead")), a_pilot(school)
    now = {"opens_at": "2026-11-23T08:00"}
    typed = {**PLANNED, **now, **({"read_aloud": "y"} if declared else {})}
    page = desk.send(f"/pilots/{pilot.id}/rounds/new/family-window", **typed)
    assert ("from the script among the papers to print" in page.words) is declared
    with Session(school.engine) as session:
        round_ = session.scalars(select(Round)).one()
    assert round_.read_aloud is declared
    desk.send(f"/rounds/{round_.id}/open")
    assert open_for_answers(school, round_.code, "en", now=NOW).read_aloud is declared
    assert (_PRINT in desk.open(f"/rounds/{round_.id}/papers").words) is declared


@pytest.mark.parametrize("declared", [True, False])
def test_results_say_that_an_adult_read(school: School, app: Flask, declared: bool) -> None:
    round_ = a_round(school, read_aloud=declared)
    fill_and_count(school, round_, *[{"again": "yes"}] * 12)
    with Session(school.engine) as session:
        bodies = list(session.scalars(select(Release.body).where(Release.part == "figures")))
    assert {thaw_summary(body).read_aloud for body in bodies} == {declared}
    # Releases from before anybody could say so have no word about it.
    assert not thaw_summary(bodies[0].replace(',"read_aloud":true', "").replace(',"read_aloud":false', "")).read_aloud
    page = Desk(app, a_staff_member(school, "lead")).open(f"/rounds/{round_.id}/results")
    assert (_READ in page.words) is declared
    with app.test_request_context("/en/"):
        assert report_facts(school, Wanted(round_.id, "en")).page.summary.read_aloud is declared
