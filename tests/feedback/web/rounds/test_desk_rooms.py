"""Rooms at the desk: made, given more places and closed; how many places are used is on no page."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.models import Round, StaffMember
from feedback.operations.answers.rooms import rooms_of
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_room, a_round, a_staff_member, an_instrument
from tests.pages import Respondent

_GROUPS = [{"code": "AB12", "name": "3A", "size": 10}]
_TYPED = {"name": "Library", "places": "12", "group": "", "pause": "180"}


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody who may make rooms."""
    return a_staff_member(school, "lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their browser."""
    return Desk(app, lead)


def _rooms(school: School, lead: StaffMember, round_: Round) -> list[tuple[Any, ...]]:
    found = rooms_of(school, lead, round_.id, now=NOW).rooms
    return [(room.name, room.group, room.places, room.pause_seconds, room.is_closed) for room in found]


def test_a_room_is_made_and_its_address_opens_the_form(
    school: School, desk: Desk, lead: StaffMember, client: FlaskClient
) -> None:
    round_ = a_round(school, groups=_GROUPS)
    assert f"/en/desk/rounds/{round_.id}/rooms" in desk.open(f"/rounds/{round_.id}").links
    page = desk.send(f"/rounds/{round_.id}/rooms", **{**_TYPED, "places": "10", "group": "AB12"})
    assert (page.status, "The room is ready." in page.words) == (200, True)
    assert _rooms(school, lead, round_) == [("Library", "AB12", 10, 180, False)]
    (address,) = (link for link in page.links if "/k/" in link)
    assert Respondent(client, address.removeprefix("http://localhost:8080")).page.title == "First look"
    assert re.search(r'<div class="square" aria-hidden="true"><svg', page.response.text)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Give the room a name, for example “Library”."),
        ({"places": ""}, "Say how many people answer there."),
        ({"places": "4"}, "Please type a whole number from 5 to 300."),
        ({"places": "29"}, "Only 28 places can still be given."),
        ({"places": "12", "group": "AB12"}, "Only 11 places can still be given."),
        ({"pause": "5"}, "Please choose one of these."),
        ({"group": "ZZ99"}, "Please choose one of these."),
    ],
)
def test_what_is_wrong_with_a_room_is_said_at_its_place_and_nothing_is_made(
    school: School, desk: Desk, lead: StaffMember, wrong: dict[str, str], sentence: str
) -> None:
    round_ = a_round(school, groups=_GROUPS)
    page = desk.send(f"/rounds/{round_.id}/rooms", **{**_TYPED, **wrong})
    assert (page.status, page.words.count(sentence)) == (422, 2)
    assert _rooms(school, lead, round_) == []


def test_a_room_gets_more_places_and_is_closed(school: School, desk: Desk, lead: StaffMember) -> None:
    round_ = a_round(school)
    room = a_room(school, round_, places=20)
    assert "The room has more places now." in desk.send(f"/rounds/{round_.id}/rooms/{room}/more", more="3").words
    assert _rooms(school, lead, round_) == [("Library", None, 23, 90, False)]
    refused = desk.send(f"/rounds/{round_.id}/rooms/{room}/more", more="6")
    assert (refused.status, refused.words.count("Only 5 places can still be given.")) == (422, 2)
    unsaid = desk.send(f"/rounds/{round_.id}/rooms/{room}/more", more="")
    assert (unsaid.status, unsaid.words.count("Say how many places more.")) == (422, 2)
    page = desk.send(f"/rounds/{round_.id}/rooms/{room}/close")
    assert "Closed. Nobody answers in it any more." in page.words
    assert not any("/k/" in link for link in page.links)
    assert desk.send(f"/rounds/{round_.id}/rooms/{room}/more", more="1").status == 409


@pytest.mark.parametrize(("make", "pause"), [(an_instrument(ages="6-8"), "180"), (a_family_instrument(), "90")])
def test_the_usual_pause_is_longer_for_the_young(school: School, desk: Desk, make: Any, pause: str) -> None:
    page = desk.open(f"/rounds/{a_round(school, make).id}/rooms")
    assert (page.fields["pause"], page.fields["places"]) == ([pause], ["25"])


def test_where_all_places_are_given_no_room_can_be_made(school: School, desk: Desk) -> None:
    round_ = a_round(school)
    a_room(school, round_, places=28)
    page = desk.open(f"/rounds/{round_.id}/rooms")
    assert "All places are given to rooms, or printed as slips." in page.words
    assert "places" not in page.fields


@pytest.mark.parametrize("slips", [True, False])
def test_the_desk_looks_the_same_before_and_after_children_answered(
    school: School, desk: Desk, client: FlaskClient, slips: bool
) -> None:
    round_ = a_round(school, slips=slips)
    room = a_room(school, round_, places=20)
    pages = (f"/rounds/{round_.id}", f"/rounds/{round_.id}/rooms")
    before = [_without_token(desk, page) for page in pages]
    for _ in range(3):
        child = Respondent(client, f"/en/k/{room}").press("next").press("next", again="yes").press("next").page
        assert client.post(child.action, data={**child.fields, "go": "send"}).status_code == 303
    assert [_without_token(desk, page) for page in pages] == before


def _without_token(desk: Desk, page: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*', "", desk.open(page).response.text)
