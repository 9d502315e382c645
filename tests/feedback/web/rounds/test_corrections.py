"""Putting a spelling right at the desk: from the round's page, with what is refused said at the field."""

from flask import Flask
from flask.testing import FlaskClient

from feedback.operations.school import School
from tests.desk import Desk, fill_and_count
from tests.factories import a_family_instrument, a_pilot, a_round, a_staff_member
from tests.feedback.operations.rounds.test_corrections import EASE, WRONG


def test_a_text_is_chosen_put_right_and_told_everywhere(school: School, app: Flask, client: FlaskClient) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, a_family_instrument(questions=[WRONG]), pilot=a_pilot(school, owner_id=lead.id))
    desk, address = Desk(app, lead), f"/rounds/{round_.id}/spelling"
    assert f"/en/desk{address}/" in desk.open(f"/rounds/{round_.id}").links
    texts = desk.open(f"{address}/?in=en")
    assert f"/en/desk{address}/en/{EASE}" in texts.links
    refused = desk.send(f"{address}/en/{EASE}", words="How hard is it at home?")
    assert refused.status == 422
    assert "Only spelling is put right while people answer." in refused.words
    assert refused.fields["words"] == ["How hard is it at home?"]
    page = desk.send(f"{address}/en/{EASE}", words="How easy is it at home?")
    assert "It is put right for everybody who answers from now on." in page.words
    assert "On November 23, 2026 in English: How eesy is it at home? was put right" in " ".join(page.words.split())
    about = client.get(f"/en/r/{round_.code}/about").text
    assert "A spelling on this form was put right on November 23, 2026." in about
    fill_and_count(school, round_, *[{"ease": "easy"}] * 12)
    results = desk.open(f"/rounds/{round_.id}/results").words
    assert "How easy is it at home?" in results
    assert "A spelling was put right on November 23, 2026" in results


def test_languages_texts_and_rounds_that_are_not_there(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, a_family_instrument(questions=[WRONG]), languages=["ar", "es"])
    shut = a_round(school, a_family_instrument(questions=[WRONG]), state="closed")
    desk = Desk(app, lead)
    assert desk.open(f"/rounds/{round_.id}/spelling/").status == 200
    assert "سهولتة" in desk.open(f"/rounds/{round_.id}/spelling/", "ar").words
    for path, status in (("/?in=en", 404), ("/ar/items/nothing/text", 404), (f"/en/{EASE}", 404)):
        assert desk.status(f"/rounds/{round_.id}/spelling{path}") == status
    assert desk.status(f"/rounds/{shut.id}/spelling/") == 409
    assert "Put a spelling right" not in desk.open(f"/rounds/{shut.id}").words
