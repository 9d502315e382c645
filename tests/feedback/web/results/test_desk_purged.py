"""After retention has deleted something, every page says so and no button leads to what is gone."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback.models import Release, Round
from feedback.operations.school import School
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member
from tests.pages import Page

DELETED = "The results were kept as long as promised and have been deleted."


def test_comments_that_were_deleted_can_neither_be_read_nor_waited_for(school: School, app: Flask) -> None:
    round_ = _counted(school)
    desk = Desk(app, a_staff_member(school, "lead"))
    reading, waiting = f"/en/desk/rounds/{round_.id}/review", "The comments are read by a person."
    assert reading in desk.open(f"/rounds/{round_.id}").links
    assert waiting in desk.open(f"/rounds/{round_.id}/results").words
    _purged(school, round_, comments_purged_on=NOW.date())
    round_page, results = desk.open(f"/rounds/{round_.id}"), desk.open(f"/rounds/{round_.id}/results")
    assert reading not in {*round_page.links, *results.links}
    assert waiting not in results.words
    assert "What people wrote has been deleted on schedule." in results.words


def test_results_that_were_deleted_are_said_to_be_gone_and_no_button_leads_there(
    school: School, app: Flask, client: FlaskClient
) -> None:
    round_ = _counted(school)
    desk = Desk(app, a_staff_member(school, "lead"))
    gone = f"/en/desk/rounds/{round_.id}/results"
    assert gone in desk.open(f"/rounds/{round_.id}").links
    _purged(school, round_, comments_purged_on=NOW.date(), tallies_purged_on=NOW.date())
    for path in ("/", f"/pilots/{round_.pilot_id}", f"/rounds/{round_.id}"):
        page = desk.open(path)
        assert gone not in page.links
        assert "Results are ready" not in page.words
    assert DELETED in page.words
    for page in (desk.open(f"/rounds/{round_.id}/results"), Page(client.get(f"/en/r/{round_.code}/results"))):
        assert (page.status, page.title, DELETED in page.words) == (410, "The results are gone", True)


def _counted(school: School) -> Round:
    round_ = a_round(school, a_family_instrument())
    fill_and_count(school, round_, *[{"ease": "easy", "wish": "More books."}] * 12)
    return round_


def _purged(school: School, round_: Round, **days: Any) -> None:
    with Session(school.engine) as session, session.begin():
        for name, day in days.items():
            setattr(session.get_one(Round, round_.id), name, day)
        if "tallies_purged_on" in days:
            session.query(Release).filter_by(round_id=round_.id).delete()
