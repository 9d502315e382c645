"""The page on which classes are put together, and what it says when they are not."""

from flask import Flask

from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_pilot, a_round, a_staff_member
from tests.feedback.operations.results.test_roll_ups import a_class


def test_a_lead_puts_two_classes_together_and_reads_them_as_one(school: School, app: Flask) -> None:
    pilot = a_pilot(school)
    rounds = [a_class(school, pilot, 12, 12, title="Class 5A"), a_class(school, pilot, 24, 0, title="Class 5B")]
    desk = Desk(app, a_staff_member(school, "lead"))
    assert "Put classes together" in desk.open(f"/pilots/{pilot.id}").words
    page = desk.send(f"/pilots/{pilot.id}/roll-ups", name="Year 5", round=[each.id for each in rounds], kind="school")
    assert "Class 5A, Class 5B" in page.words
    assert "45 to 49 people" in page.words
    assert "60% to 75%" in page.words
    assert "Year 5" in desk.open(f"/pilots/{pilot.id}/roll-ups").words


def test_what_cannot_be_summed_is_said_and_what_was_typed_stays(school: School, app: Flask) -> None:
    pilot = a_pilot(school)
    round_ = a_class(school, pilot, 12, 12)
    a_class(school, pilot, 11, 12)
    a_round(school, pilot=pilot)
    desk = Desk(app, a_staff_member(school, "lead"))
    page = desk.send(f"/pilots/{pilot.id}/roll-ups", name="Year 5", round=[round_.id], kind="school")
    assert page.status == 422
    assert "Choose two rounds or more." in page.words
    assert f'value="{round_.id}" checked' in page.response.text
    page = desk.send(f"/pilots/{pilot.id}/roll-ups", round=[round_.id])
    assert "Give it a name that is not too long." in page.words
