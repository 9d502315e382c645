"""A family that reads Urdu answers without JavaScript: few pages, a mirrored scale, and the same answers in the box."""

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, FloatRect, Locator, Page, Request, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Round, Tally
from feedback.operations.school import School
from tests.conftest import Server
from tests.desk import fill_and_count
from tests.every_type import every_type
from tests.factories import a_round
from tests.pages import Respondent

_LANGUAGES = ("en", "ur")
_TYPES = ("scale", "smileys", "choices", "yes-maybe-no", "number")
#: What families choose who take the first of everything, and what they type in their own digits.
_CHOSEN = {"a-scale": "not", "a-smileys": "little", "a-choices": "books", "a-yes-maybe-no": "yes"}
_DIGIT = {"en": "3", "ur": "۳"}
_ENOUGH = 10


@pytest.fixture
def rounds(school: School) -> dict[str, Round]:
    """A round with the same form in either language, for each language one."""
    form = every_type(*_TYPES, languages=_LANGUAGES)
    return {language: a_round(school, form) for language in _LANGUAGES}


def _tally(school: School, round_: Round) -> dict[tuple[str, str], int]:
    with Session(school.engine) as session:
        rows = session.scalars(select(Tally).where(Tally.round_id == round_.id))
        return {(row.question, row.cell): row.people for row in rows}


def _asked(page: Page) -> list[Request]:
    """Every request of the page's from now on."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks what it is given
    return asked


def _box(there: Locator) -> FloatRect:
    box = there.bounding_box()
    assert box is not None
    return box


def _answer(page: Page, language: str) -> None:
    for question in _CHOSEN:
        page.locator(f"[name=q-{question}]").first.check()
    page.fill("[name=q-a-number]", _DIGIT[language])
    page.click("button[value=send]")
    expect(page.locator(".receipt")).to_be_visible()


def test_in_urdu_a_form_is_sent_in_two_pages_and_counts_as_in_english(
    school: School, server: Server, client: FlaskClient, browser: Browser, rounds: dict[str, Round]
) -> None:
    for language, round_ in rounds.items():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        asked = _asked(page)
        page.goto(f"{server.root}/{language}/r/{round_.code}")
        _answer(page, language)
        assert [request.method for request in asked if request.is_navigation_request()] == ["GET", "POST"]
        context.close()
        for _ in range(_ENOUGH):
            person = Respondent(client, f"/{language}/r/{round_.code}")
            person.press("send", **_CHOSEN, **{"a-number": _DIGIT[language]})
        fill_and_count(school, round_)
    english, urdu = (_tally(school, round_) for round_ in rounds.values())
    assert urdu == english
    people = _ENOUGH + 1
    assert {question: urdu[question, cell] for question, cell in _CHOSEN.items()} == dict.fromkeys(_CHOSEN, people)


def test_the_scale_begins_at_the_side_where_reading_begins(
    server: Server, browser: Browser, rounds: dict[str, Round]
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, java_script_enabled=False)
    page = context.new_page()
    for language, round_ in rounds.items():
        page.goto(f"{server.root}/{language}/r/{round_.code}")
        scale, steps = _box(page.locator(".options.scale").first), page.locator("[name=q-a-scale]").all()[:4]
        cards = [_box(step.locator("xpath=..")) for step in steps]
        places = [card["x"] for card in cards]
        assert places == sorted(places, reverse=language == "ur")
        ends = {
            "en": (cards[0]["x"], scale["x"]),
            "ur": (cards[0]["x"] + cards[0]["width"], scale["x"] + scale["width"]),
        }
        assert ends[language][0] == pytest.approx(ends[language][1], abs=1)
    context.close()


def test_on_a_phone_the_circle_stands_before_its_word(
    server: Server, browser: Browser, rounds: dict[str, Round]
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    for language, round_ in rounds.items():
        page.goto(f"{server.root}/{language}/r/{round_.code}")
        card = page.locator(".scale > .option").first
        assert (_box(card.locator("input"))["x"] > _box(card.locator("span"))["x"]) is (language == "ur")
    context.close()
