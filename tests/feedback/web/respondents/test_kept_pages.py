"""A round's first page is made once: nobody's visit reads the database, and a change is seen all the same."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
import segno
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from feedback.db import connect, writing
from feedback.models import Round
from feedback.operations.answers import publish
from feedback.operations.school import School
from feedback.web.respondents.kept_pages import cut
from feedback.web.respondents.paper import square_of
from tests.factories import a_family_instrument, a_round
from tests.pages import Page, Respondent

_ADDRESS = "https://voice.school.example/c/RABC12#"


@pytest.fixture(autouse=True)
def _nothing_is_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "LOOKED_AT_EVERY", 3600)


@contextmanager
def _statements(school: School) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(school.engine, "before_cursor_execute", note)
    yield seen
    event.remove(school.engine, "before_cursor_execute", note)


def _close(school: School, round_: Round) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"


@pytest.mark.parametrize("group", ["", "/g/AB12"])
def test_the_second_visitor_reads_nothing_and_gets_the_same_page_with_a_key_of_its_own(
    school: School, client: FlaskClient, group: str
) -> None:
    round_ = a_round(school, a_family_instrument(), groups=[{"code": "AB12", "name": "5B", "size": 20}])
    address = f"/en/r/{round_.code}{group}"
    first = client.get(address).get_data(as_text=True)
    with _statements(school) as seen:
        second = client.get(address).get_data(as_text=True)
    assert seen == []
    keys = [re.findall(r'name="form_key" value="([0-9a-f]{32})"', page) for page in (first, second)]
    assert [len(each) for each in keys] == [1, 1]
    assert keys[0] != keys[1]
    assert first.replace(keys[0][0], "") == second.replace(keys[1][0], "")


def test_an_answer_that_is_put_in_makes_no_page_anew(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}").press("send", ease="easy")
    assert parent.page.title == "Thank you"
    with _statements(school) as seen:
        client.get(f"/en/r/{round_.code}")
    assert seen == []


def test_what_staff_change_is_seen_at_once(school: School, client: FlaskClient) -> None:
    round_ = a_round(school)
    address = f"/en/r/{round_.code}"
    assert client.get(address).status_code == 200
    _close(school, round_)
    assert Page(client.get(address)).status == 410


def test_what_another_process_changes_is_seen_a_second_later_and_nothing_is_stored_meanwhile(
    school: School, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}")
    other = connect(school.settings.database_url)
    with writing(other) as session:
        session.get_one(Round, round_.id).state = "closed"
    other.dispose()
    assert client.get(f"/en/r/{round_.code}").status_code == 200
    assert parent.press("send", ease="easy").page.status == 410
    monkeypatch.setattr(publish, "LOOKED_AT_EVERY", 0)
    assert client.get(f"/en/r/{round_.code}").status_code == 410


def test_a_page_is_cut_wherever_a_mark_stands() -> None:
    page = cut("a-K-b-L-c-K-", {"key": "K", "line": "L"})
    assert page.filled({"key": "1", "line": "2"}) == "a-1-b-2-c-1-"
    assert cut("nothing here", {"key": "K"}).filled({}) == "nothing here"


def _modules_of(square: str) -> list[list[int]]:
    """The modules that the SVG draws black."""
    side = int(re.findall(r'viewBox="0 0 (\d+)', square)[0]) - 8
    black = [[0] * side for _ in range(side)]
    for top, row in re.findall(r"M4 (\d+)\.5([^M\"]*)", square):
        column = 0
        for step, wide in re.findall(r"([hm])(\d+)", row):
            for each in range(column, column + int(wide)):
                black[int(top) - 4][each] = int(step == "h")
            column += int(wide)
    return black


def _encoded(digits: str) -> list[list[int]]:
    code = segno.make(_ADDRESS + digits, error="m", micro=False, boost_error=False, mask=3, mode="byte")
    return [list(row) for row in code.matrix]


def test_the_square_of_any_receipt_is_the_one_that_the_encoder_makes() -> None:
    dice = Random(1)  # noqa: S311 - samples of receipts, no secrets
    for digit in "0123456789":
        assert _modules_of(square_of(_ADDRESS, digit * 16)) == _encoded(digit * 16)
    for _ in range(60):
        digits = "".join(dice.choice("0123456789") for _ in range(16))
        spaced = " ".join(digits[start : start + 4] for start in range(0, 16, 4))
        assert _modules_of(square_of(_ADDRESS, spaced)) == _encoded(digits)
    # The negative control: one digit more or less is another square.
    assert _modules_of(square_of(_ADDRESS, "1" * 16)) != _encoded("1" * 15 + "2")
