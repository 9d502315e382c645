"""What a form is, before it is chosen: its questions, themes, criteria, and a sample report that nobody answered."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Base
from feedback.operations.school import School
from feedback.operations.workshop.drafts import draft_for, start_draft
from feedback.operations.workshop.publish_form import publish_form
from forms.draft import as_data
from forms.library import names, open_library
from forms.wording import say
from tests.asked import statements
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_staff_member


@pytest.fixture
def desk(app: Flask, school: School) -> Desk:
    """A teacher's browser."""
    return Desk(app, a_staff_member(school, "teacher"))


def test_all_that_there_is_to_know_of_a_form_stands_on_one_page(desk: Desk) -> None:
    form = open_library("family-window")
    page = desk.open("/forms/about/family-window")
    assert "For families" in page.words
    assert f"{form.minutes} minutes" in page.words
    for endonym in ("English", "Español", "العربية", "Soomaali"):
        assert endonym in page.words
    for question in form.questions:
        assert say(question.text, "en")[0] in page.words
    for theme in form.themes:
        assert say(theme.title, "en")[0] in page.words
        assert say(theme.next_step, "en")[0] in page.words
    assert form.suggested
    for each in form.suggested:
        assert f"At least {each.target}% answer" in page.words


@pytest.mark.parametrize("name", names())
def test_every_form_of_the_library_has_a_sample_report(desk: Desk, name: str) -> None:
    page = desk.open(f"/forms/about/{name}")
    assert page.status == 200
    assert "Made-up answers: nobody has been asked." in page.words
    assert "The computer made up the answers of 17 people." in page.words
    assert "First of all" in page.words


def test_the_sample_is_for_as_many_as_were_typed_and_nothing_is_kept(school: School, desk: Desk) -> None:
    desk.open("/")
    before = _rows(school)
    page = desk.open("/forms/about/first-look?people=300")
    assert "The computer made up the answers of 210 people." in page.words
    few = desk.open("/forms/about/first-look?people=8")
    assert "fewer than 10, and the box stays shut" in few.words
    wrong = desk.open("/forms/about/first-look?people=lots")
    assert wrong.status == 422
    assert "Please type a whole number from 1 to 500." in wrong.words
    assert _rows(school) == before


def test_the_schools_own_published_form_has_one_too(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead", account="lead")
    draft = start_draft(school, lead, as_data(open_library("first-look")) | {"id": "our-look"}, now=NOW)
    desk = Desk(app, lead)
    assert desk.status("/forms/about/our-look") == 404
    revision = draft_for(school, lead, draft).draft.revision
    publish_form(school, lead, draft, ["en"], revision=revision, change_note="", adapted_from="", now=NOW)
    page = desk.open("/forms/about/our-look")
    assert "Your school’s own, version 1" in page.words
    assert "Sample report" in page.words


def test_where_a_form_is_chosen_a_way_leads_there(school: School, app: Flask) -> None:
    desk, pilot = Desk(app, a_staff_member(school, "lead")), a_pilot(school, standing=True)
    for path in ("/ask-my-class/", f"/pilots/{pilot.id}/rounds/new/", "/forms/"):
        assert "/en/desk/forms/about/first-look" in desk.open(path).links


@pytest.mark.parametrize("role", ["reader", "officer", "interpreter", "administrator", "translator"])
def test_others_do_not_see_it(school: School, app: Flask, role: str) -> None:
    desk = Desk(app, a_staff_member(school, role, account=role))
    assert desk.status("/forms/about/first-look") == 403


def test_a_form_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.status("/forms/about/nothing") == 404


def test_the_page_comes_at_once(desk: Desk) -> None:
    longest = max(names(), key=lambda name: len(open_library(name).questions))
    desk.open(f"/forms/about/{longest}")
    with statements() as sent:
        assert desk.status(f"/forms/about/{longest}?people=500") == 200
    assert len(sent) < 30  # nothing of it is worked out from rows: its answers are made up


def _rows(school: School) -> dict[str, int]:
    with Session(school.engine) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
