"""Rooms that are full, closed or over, forms that cannot be stored, and what another site sends: nothing is lost."""

from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.models import Room
from feedback.operations.errors import StorageUnavailable
from feedback.operations.school import School
from feedback.privacy.slips import new_code
from feedback.web.respondents.kiosk import Left
from tests.factories import NOW, a_room, a_round
from tests.feedback.web.respondents.test_kiosk import at_the_end, envelopes, sent
from tests.pages import Page, Respondent


@pytest.fixture
def room(school: School) -> str:
    """A room of a round for six- to eight-year-olds."""
    return a_room(school, a_round(school))


@pytest.mark.parametrize(
    ("facts", "status", "sentence"),
    [
        ({"places": 0}, 409, "Nothing more fits into the box of this room, so nothing was sent."),
        ({"closed": True}, 410, "This room was closed, so nothing was sent."),
    ],
)
def test_answers_that_find_no_place_stay_on_the_page(
    school: School, client: FlaskClient, facts: dict[str, int], status: int, sentence: str
) -> None:
    room = a_room(school, a_round(school))
    child = at_the_end(client, room)
    with Session(school.engine) as session, session.begin():
        session.execute(update(Room).values(places_left="0000") if "places" in facts else update(Room).values(**facts))
    child.press("send")
    assert (child.page.status, sentence in child.page.words) == (status, True)
    with Session(school.engine) as session, session.begin():
        session.execute(update(Room).values(places_left="0001", closed=False))
    assert sent(child, client)[:2] == (303, f"/en/k/{room}/thanks")


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        (f"/en/k/{new_code()}", 404, "We cannot find this room"),
        ("/en/k/nowhere/thanks", 404, "We cannot find this room"),
        ("/xx/k/nowhere", 404, "We cannot find this page"),
    ],
)
def test_a_wrong_address_is_said_in_words(client: FlaskClient, path: str, status: int, title: str) -> None:
    page = Page(client.get(path))
    assert (page.status, page.title) == (status, title)


def test_a_room_says_when_it_or_its_round_is_over_and_waits_for_the_next_person(
    school: School, app: Flask, client: FlaskClient
) -> None:
    round_ = a_round(school)
    shut = a_room(school, round_, closed=True)
    assert Page(client.get(f"/en/k/{shut}")).title == "This room is closed"
    room = a_room(school, round_)
    app.extensions["clock"] = lambda: round_.closes_at
    over = Page(client.get(f"/en/k/{room}"))
    assert (over.status, over.title, f"/en/k/{room}" in over.links) == (410, "This form is closed", True)
    app.extensions["clock"] = lambda: NOW
    broken = Page(client.post(f"/en/k/{room}", data={"go": "next", "form_key": "?"}))
    assert (broken.status, f"/en/k/{room}" in broken.links) == (400, True)


def test_no_title_tells_more_than_the_form_for_browsers_list_the_titles_of_visited_pages(
    school: School, client: FlaskClient, room: str
) -> None:
    child = Respondent(client, f"/en/k/{room}")
    for _ in range(3):
        assert child.press("next").page.title == "First look"
    assert child.press("send").page.title == "Error: First look"
    # The negative control: on a device of one's own the title tells where one is.
    assert Respondent(client, f"/en/r/{a_round(school).code}").press("next").page.title != "First look"


def test_what_was_typed_while_nothing_can_be_stored_waits_in_the_page_and_can_be_left(
    client: FlaskClient, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise StorageUnavailable

    child = at_the_end(client, room)
    page, (key,) = child.page, child.page.fields["form_key"]
    with monkeypatch.context() as broken:
        broken.setattr("feedback.web.respondents.kiosk.enter", fail)
        child.press("send")
        assert (child.page.status, child.page.fields["form_key"], "Leave now" in child.page.words) == (503, [key], True)
        assert sent(child, client, "leave")[0] == 303
    response = client.post(page.action, data={**page.fields, "go": "send"})
    assert response.headers["Location"] == f"/en/k/{room}"


@pytest.mark.parametrize("told", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_no_other_site_can_send_a_childs_form_or_end_it(
    school: School, client: FlaskClient, room: str, told: dict[str, str]
) -> None:
    page = at_the_end(client, room).page
    for go in ("send", "leave"):
        assert client.post(page.action, data={**page.fields, "go": go}, headers=told).status_code == 403
    # The negative control: from here it can be sent.
    assert client.post(page.action, data={**page.fields, "go": "send"}).headers["Location"].endswith("/thanks")
    assert envelopes(school) == 1


def test_only_so_many_left_forms_are_remembered() -> None:
    left = Left()
    for number in range(5001):
        left.note(f"{number:032x}")
    assert not left.has(f"{0:032x}")
    assert left.has(f"{5000:032x}")
