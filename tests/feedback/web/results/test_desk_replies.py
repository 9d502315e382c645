"""Answering back at the desk, and what everybody reads of it on the round's own page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.models import Round, StaffMember
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_family_instrument, a_round
from tests.feedback.replied import a_counted_round, hide_from_everybody
from tests.pages import Page


@pytest.fixture
def asked(school: School) -> tuple[StaffMember, Round]:
    """A teacher, and the class that has been counted."""
    return a_counted_round(school)


@pytest.fixture
def counted(asked: tuple[StaffMember, Round]) -> Round:
    """The class."""
    return asked[1]


@pytest.fixture
def desk(app: Flask, asked: tuple[StaffMember, Round]) -> Desk:
    """The teacher's browser."""
    return Desk(app, asked[0])


def test_a_teacher_answers_a_finding_with_two_ready_sentences(desk: Desk, counted: Round, client: FlaskClient) -> None:
    path = f"/rounds/{counted.id}/replies"
    page = desk.open(path)
    assert f"/en/desk{path}" in desk.open(f"/rounds/{counted.id}/results").links
    assert "Choose a sentence about the past only if it is so." in page.words
    assert "By December 14, 2026 we will tell you here what we think" in _public(client, counted).words
    chosen = f"{path}/to/again/write?thought=agree&answer=less_homework"
    assert "From … there will be less homework." in desk.open(chosen).words
    refused = desk.send(chosen, owner="Class teacher")
    assert (refused.status, "Choose the day that stands in the sentence." in refused.words) == (422, True)
    page = desk.send(chosen, owner="Class teacher", answer_day="2026-12-01", go="publish")
    assert "The answer is published." in page.words
    public = _public(client, counted)
    for said in ("You said", "We agree with you.", "From December 1, 2026 there will be less homework."):
        assert said in public.words
    assert public.words.index("We agree") < public.words.index("40 to 44 people answered")
    assert "Class teacher" not in public.words
    arabic = client.get(f"/ar/r/{counted.code}/results")
    assert (Page(arabic).dir, "Set-Cookie" in arabic.headers) == ("rtl", False)
    both = client.get(f"/ar+en/r/{counted.code}/results").text
    assert '<span class="below" lang="en" dir="ltr">From December 1, 2026 there will be less homework.</span>' in both


def test_own_words_wait_for_a_translation_and_nothing_in_them_becomes_a_page(
    desk: Desk, counted: Round, client: FlaskClient
) -> None:
    path, evil = f"/rounds/{counted.id}/replies/to/again", "<script>alert(1)</script> & more"
    own = f"{path}/write?thought=own&answer=own"
    missing = desk.send(own, answer_is="will")
    assert (missing.status, "Say by when." in missing.words) == (422, False)
    assert "Say what you thought." in missing.words
    page = desk.send(own, thought_text=evil, answer_text=evil, answer_is="did", go="look")
    assert "waits for a translation" in page.words
    assert evil in page.words
    desk.send(f"{path}/publish")
    answer = client.get(f"/en/r/{counted.code}/results")
    assert "<script>alert" not in answer.text
    assert evil in Page(answer).words
    assert "alert" not in client.get(f"/ar/r/{counted.code}/results").text
    assert "تم" in desk.send(f"{path}/translate/ar", thought="تم", answer="تم").words
    assert "تم" in Page(client.get(f"/ar/r/{counted.code}/results")).words
    desk.send(f"{path}/withdraw")
    assert evil not in _public(client, counted).words


def test_a_promise_is_ticked_when_it_is_done_and_today_tells_what_is_owed(desk: Desk, counted: Round) -> None:
    path = f"/rounds/{counted.id}/replies/to/again"
    assert "still to come" in desk.open("/").words
    desk.send(f"{path}/write?thought=agree&answer=more_devices", answer_number="4", due="2026-12-01", go="publish")
    page = desk.open(path)
    assert "We will, by December 1, 2026" in page.words
    assert "today or earlier" in desk.send(f"{path}/kept", on="2026-12-01").words
    assert "Done on November 23, 2026." in desk.send(f"{path}/kept", on="2026-11-23").words
    assert desk.status(f"{path}/write?thought=agree&answer=more_breaks", "POST") == 409


def test_what_everybody_may_not_see_is_named_by_its_question_only(
    desk: Desk, counted: Round, client: FlaskClient, school: School
) -> None:
    desk.send(f"/rounds/{counted.id}/replies/to/again/write?thought=agree&answer=keep", go="publish")
    assert "answered: Yes." in _public(client, counted).words
    hide_from_everybody(school, counted)
    words = _public(client, counted).words
    assert "You told us about: Do you want to use it again?" in words
    assert "answered: Yes." not in words


def test_texts_to_copy_lead_to_the_answers(desk: Desk, counted: Round) -> None:
    path = f"/rounds/{counted.id}/replies"
    assert "No answer is published yet." in desk.open(f"{path}/texts").words
    desk.send(f"{path}/to/liked/write?thought=glad&answer=more_of_it", due="2027-01-10", go="publish")
    fields = desk.open(f"{path}/texts/en").fields
    ((short,), (long,)) = fields["short"], fields["long"]
    assert len(short) <= 160
    assert short.startswith("Hill Road School: We heard you. Here is what we do: ")
    assert short.endswith(f"/en/r/{counted.code}/results")
    assert "You told us about: What did you like?" in long
    assert "We will do more of what you liked. (We will, by January 10, 2027)" in long


def test_sentences_have_to_be_chosen_for_both_sides(desk: Desk, counted: Round) -> None:
    path = f"/rounds/{counted.id}/replies/to/again"
    for chosen in ("", "?thought=agree", "?thought=more_breaks&answer=agree"):
        page = Page(desk.client.get(f"/en/desk{path}/write{chosen}", follow_redirects=True))
        assert (page.status, "Choose a sentence in both lists." in page.words) == (422, True)
    assert desk.status(f"{path}/choose") == 200
    assert desk.status(path) == desk.status(f"/rounds/{counted.id}/replies/to/shoe-size/choose") == 404


def test_the_page_about_a_closed_round_leads_to_its_answers(counted: Round, client: FlaskClient) -> None:
    results = f"/en/r/{counted.code}/results"
    assert results in Page(client.get(f"/en/r/{counted.code}/about")).links
    assert results in Page(client.get(f"/en/r/{counted.code}")).links


def test_a_round_in_its_box_is_not_answered_yet(desk: Desk, school: School) -> None:
    assert desk.status(f"/rounds/{a_round(school, a_family_instrument()).id}/replies") == 404


def _public(client: FlaskClient, round_: Round) -> Page:
    return Page(client.get(f"/en/r/{round_.code}/results"))
