"""A device that goes from hand to hand, in a browser without JavaScript: next person, leave now, and the way back."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from feedback.models import Envelope, Room, Round, Slip
from feedback.operations.school import School
from tests.desk import fill_and_count
from tests.factories import a_family_instrument, a_room, a_round
from tests.pages import Page, Respondent

NEEDLE = "Needle in a haystack"
_RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


def envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def at_the_end(client: FlaskClient, room: str, answer: str = "yes") -> Respondent:
    child = Respondent(client, f"/en/k/{room}").press("next").press("next", again=answer)
    return child.press("next", liked=["games"])


def sent(child: Respondent, client: FlaskClient, go: str = "send") -> tuple[int, str, str]:
    """Status, where it leads, and what is to be cleared, of the answer to the form on the page."""
    response = client.post(child.page.action, data={**child.page.fields, "go": go})
    return response.status_code, response.headers["Location"], response.headers["Clear-Site-Data"]


@pytest.fixture
def room(school: School) -> str:
    """A room of a round for six- to eight-year-olds."""
    return a_room(school, a_round(school))


def test_a_child_answers_without_a_slip_and_the_device_waits_for_the_next_one(
    school: School, client: FlaskClient
) -> None:
    room = a_room(school, a_round(school, slips=True))
    child = at_the_end(client, room)
    assert "Your slip" not in child.page.words
    assert sent(child, client) == (303, f"/en/k/{room}/thanks", '"cache", "storage"')
    thanks = Page(client.get(f"/en/k/{room}/thanks"))
    assert "Nothing of them is left on this device." in thanks.words
    assert f"/en/k/{room}" in thanks.links
    assert envelopes(school) == 1
    with Session(school.engine) as session:
        assert session.scalars(select(Slip)).all() == []


def test_two_children_of_one_room_have_keys_of_their_own_and_are_twoenvelopes(
    school: School, client: FlaskClient, room: str
) -> None:
    children = [at_the_end(client, room) for _ in range(2)]
    assert len({child.page.fields["form_key"][0] for child in children}) == 2
    for child in children:
        sent(child, client)
    assert envelopes(school) == 2


def test_no_screen_of_a_form_that_was_sent_is_shown_again_and_it_counts_once(
    school: School, client: FlaskClient, room: str
) -> None:
    child = Respondent(client, f"/en/k/{room}").press("next")
    earlier = [child.page]
    child.press("next", again="maybe")
    earlier.append(child.page)
    child.press("next", liked=["games"])
    # The negative control: before it is sent, the way back shows what was answered.
    shown = client.post(child.page.action, data={**earlier[1].fields, "go": "back"})
    assert 'value="maybe" checked' in shown.text
    sent(child, client)
    for page in [*earlier, child.page]:
        for go in ("next", "back", "skip", "send", "receipt"):
            response = client.post(page.action, data={**page.fields, "go": go})
            assert (response.status_code, response.headers["Location"]) == (303, f"/en/k/{room}/thanks")
            assert "games" not in response.text
    assert envelopes(school) == 1


def test_a_form_that_was_left_is_sent_nowhere_and_never_shown_again(
    school: School, client: FlaskClient, room: str
) -> None:
    child = at_the_end(client, room)
    page = child.page
    assert sent(child, client, "leave") == (303, f"/en/k/{room}", '"cache", "storage"')
    for go in ("back", "send", "receipt"):
        response = client.post(page.action, data={**page.fields, "go": go})
        assert (response.status_code, response.headers["Location"]) == (303, f"/en/k/{room}")
    assert envelopes(school) == 0


@pytest.mark.parametrize("state", ["closed", "counted"])
def test_leaving_works_whatever_became_of_the_round_or_the_room(
    school: School, client: FlaskClient, state: str
) -> None:
    round_ = a_round(school, k=5)
    room = a_room(school, round_)
    child = at_the_end(client, room)
    if state == "counted":
        fill_and_count(school, round_, *[{"again": "yes"}] * 5)
    with Session(school.engine) as session, session.begin():
        session.execute(update(Round).values(state="closed") if state == "closed" else update(Room).values(closed=True))
    assert sent(child, client, "leave")[:2] == (303, f"/en/k/{room}")


def test_every_screen_can_be_left_and_says_that_the_device_is_shared(
    school: School, client: FlaskClient, room: str
) -> None:
    child = Respondent(client, f"/en/k/{room}")
    assert "data-shared" in child.page.response.text
    assert "Leave now" not in child.page.words  # nothing to leave yet
    for go in ("next", "next", "next"):
        child.press(go)
        assert "data-shared" in child.page.response.text
        assert "Leave now" in child.page.words
        assert "Are you still here?" in child.page.words
    about = Page(client.get(f"/en/k/{room}/about"))
    assert "Leave now" in about.words
    # No link leads out of the room.
    assert {link.split("/")[2] for page in (child.page, about) for link in page.links if link[0] == "/"} <= {"k"}
    # The negative control: a device of one's own is not marked, and is not asked.
    own = Respondent(client, f"/en/r/{a_round(school).code}").press("next")
    assert "data-shared" not in own.page.response.text
    assert "Leave now" not in own.page.words


def test_the_young_and_slow_get_the_time_their_room_gives_them(school: School, client: FlaskClient) -> None:
    room = a_room(school, a_round(school), pause_seconds=300)
    for page in (Respondent(client, f"/en/k/{room}").press("next").page, Page(client.get(f"/en/k/{room}/thanks"))):
        assert 'data-pause="300"' in page.response.text


def test_a_receipt_is_shown_to_whoever_asks_for_it_and_only_once(
    school: School, client: FlaskClient, room: str
) -> None:
    silent = at_the_end(client, room).page
    thanks = client.post(silent.action, data={**silent.fields, "go": "send"}, follow_redirects=True)
    assert (Page(thanks).title, _RECEIPT.search(thanks.text)) == ("Thank you", None)
    asks = at_the_end(client, room)
    last = asks.page
    asks.press("receipt")
    assert _RECEIPT.fullmatch(asks.page.receipt)
    assert asks.page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    again = client.post(last.action, data={**last.fields, "go": "receipt"})
    assert (again.status_code, again.headers["Location"]) == (303, f"/en/k/{room}/thanks")
    assert envelopes(school) == 2


def test_a_form_on_one_page_begins_with_a_press_so_that_no_cache_hands_one_key_to_two(
    school: School, client: FlaskClient
) -> None:
    room = a_room(school, a_round(school, a_family_instrument()))
    waiting = Respondent(client, f"/en/k/{room}").page
    assert "form_key" not in waiting.fields
    begun = [Page(client.post(waiting.action, data={"go": "begin"})) for _ in range(2)]
    assert len({page.fields["form_key"][0] for page in begun}) == 2
    for page in begun:
        client.post(page.action, data={**page.fields, "q-ease": "easy", "go": "send"})
    assert envelopes(school) == 2


def test_what_was_typed_can_travel_sealed_and_is_read_in_its_own_room_only(school: School, client: FlaskClient) -> None:
    rooms = [a_room(school, a_round(school, a_family_instrument())) for _ in range(2)]
    page = Page(client.post(f"/en/k/{rooms[0]}", data={"go": "begin"}))
    typed = {**page.fields, "q-wish": NEEDLE, "q-liked": ["games", "books"], "q-days": "?", "go": "send"}
    sealed = client.post(f"/en/k/{rooms[0]}/carry", data=typed)
    assert NEEDLE not in sealed.text
    opened = Page(client.post(f"/en/k/{rooms[0]}", data={"typed": sealed.text}))
    assert (opened.status, opened.fields["q-wish"], opened.fields["q-liked"]) == (422, [NEEDLE], ["games", "books"])
    assert client.post(f"/en/k/{rooms[1]}", data={"typed": sealed.text}).status_code == 400
    assert client.post(f"/en/k/{rooms[0]}", data={"typed": sealed.text[:-8]}).status_code == 400


def test_what_is_wrong_is_said_with_everything_typed_and_is_gone_once_the_form_is_sent(
    school: School, client: FlaskClient
) -> None:
    room = a_room(school, a_round(school, a_family_instrument()))
    page = Page(client.post(f"/en/k/{room}", data={"go": "begin"}))
    wrong = {**page.fields, "q-wish": NEEDLE, "q-days": "?", "go": "send"}
    mistaken = client.post(page.action, data=wrong)
    assert (mistaken.status_code, NEEDLE in mistaken.text) == (422, True)
    client.post(page.action, data={**Page(mistaken).fields, "q-days": "2", "go": "send"})
    # The browser's way back to the page with the mistake, and yes to "send again".
    assert NEEDLE not in client.post(page.action, data=wrong).text
    assert envelopes(school) == 1
