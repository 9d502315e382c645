"""The page that publishes a form: while something is in the way it says what and where, and has no button."""

import pytest
from flask import Flask

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.workshop.drafts import draft_for, start_draft
from feedback.operations.workshop.versions import versions_of
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword, the_question

BUTTON = "<button>Publish version"


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever writes the form."""
    return a_staff_member(school, "lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their browser."""
    return Desk(app, lead)


def test_what_blocks_stands_there_with_a_way_to_its_place_and_no_button(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    draft_id = a_draft(school, lead)
    assert BUTTON in desk.open(f"/forms/{draft_id}/publish").response.text
    change(school, lead, draft_id, reword("again", "What is your name?"))
    page = desk.open(f"/forms/{draft_id}/publish")
    assert "This asks who somebody is" in page.words
    assert 'aria-label="Change it: What is your name?"' in page.response.text
    assert "you can publish the form here" in page.words
    assert BUTTON not in page.response.text
    assert f"/en/desk/forms/{draft_id}/items/again" in page.links
    refused = desk.send(f"/forms/{draft_id}/publish", revision="2", languages=["en"])
    assert (refused.status, "has to be decided first" in refused.words) == (422, True)
    assert versions_of(school, lead, draft_id).versions == ()


def test_a_second_version_that_is_blocked_loses_nothing_that_was_typed(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    change(school, lead, draft_id, reword("again", "What is your name?"))
    page = desk.send(f"/forms/{draft_id}/publish", revision="2", languages=["en"], change_note="We ask less.")
    assert (page.status, "We ask less." in page.words) == (422, True)
    bare = desk.send(f"/forms/{draft_id}/publish", revision="2", languages=["en"])
    assert "Write in a sentence" not in bare.words


def test_a_picture_that_is_gone_is_named_by_its_question(school: School, desk: Desk, lead: StaffMember) -> None:
    draft_id = a_draft(school, lead)
    change(school, lead, draft_id, lambda data: the_question(data, "again").update(picture="gone-12345"))
    change(school, lead, draft_id, lambda data: the_question(data, "liked")["options"][0].update(picture="gone-12345"))
    page = desk.open(f"/forms/{draft_id}/publish")
    assert "A picture that it shows is not here any more." in page.words
    assert BUTTON not in page.response.text
    assert f"/en/desk/forms/{draft_id}/items/liked" in page.links
    assert desk.send(f"/forms/{draft_id}/publish", revision="3", languages=["en"]).status == 422


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "A brace in this text"), ("ar", "في هذا النص قوس معقوف"), ("es", "Una llave en este texto")],
)
def test_what_is_wrong_in_a_translation_is_said_in_the_language_of_the_page(
    school: School, desk: Desk, lead: StaffMember, language: str, said: str
) -> None:
    first = draft_for(school, lead, a_draft(school, lead))
    whole = versions_of(school, lead, first.draft.id).data
    the_question(whole, "again")["text"]["es"] = "¿Quieres {otra vez?"
    draft_id = start_draft(school, lead, whole, now=NOW)
    page = desk.open(f"/forms/{draft_id}/publish")
    assert BUTTON in page.response.text
    typed = {"revision": "1", "languages": ["en", "es"], "csrf_token": page.fields["csrf_token"]}
    refused = desk.client.post(f"/{language}/desk/forms/{draft_id}/publish", data=typed)
    assert refused.status_code == 422
    assert (said in refused.text, "Español" in refused.text) == (True, True)
    assert f"/{language}/desk/forms/{draft_id}/languages" in refused.text
    assert desk.send(f"/forms/{draft_id}/publish", revision="1", languages=["en", "ar"]).status == 200
