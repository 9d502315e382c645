"""Where a form of the library is chosen, those for the same people stand under one heading."""

import pytest
from flask import Flask

from feedback.operations.school import School
from forms.library import names
from tests.desk import Desk
from tests.factories import a_pilot, a_staff_member

STUDENTS = ("For students of 6–8 years", "For students of 9–11 years", "For students of 12–14 years")


@pytest.mark.parametrize("path", ["/ask-my-class/", "/tickets/new/"])
def test_a_teacher_finds_the_forms_for_an_age_together_and_none_for_grown_ups(
    school: School, app: Flask, path: str
) -> None:
    a_pilot(school, standing=True)
    words = Desk(app, a_staff_member(school, "teacher")).open(path).words
    places = [words.index(heading) for heading in STUDENTS]
    assert places == sorted(places)
    assert [words.count(heading) for heading in STUDENTS] == [1, 1, 1]
    assert "For families" not in words
    assert places[0] < words.index("First Look") < places[1] < words.index("My Learning Tool") < places[2]


def test_a_round_can_be_planned_for_everybody_and_a_plan_names_any_form(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    desk = Desk(app, lead)
    words = desk.open(f"/pilots/{pilot.id}/rounds/new/").words
    assert words.index(STUDENTS[-1]) < words.index("For families") < words.index("For staff")
    page = desk.open(f"/pilots/{pilot.id}/plan/plan_line/new")
    assert page.fields["instrument"][0] in names()
    assert page.words.count("Safe and Respected") == 4
