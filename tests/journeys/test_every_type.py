"""Every type of question in a real browser: what a screen reader is told, and what buttons do where a script runs."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, expect

from feedback.operations.school import School
from feedback.resources import resource_dir
from forms.questions import QUESTION_TYPES
from forms.questions.smileys import FACES
from tests.conftest import Server
from tests.every_type import every_type
from tests.factories import a_round
from tests.pages import Respondent

#: What is heard of each type, reviewed by a person: names, roles, states and the labels of groups.
_HEARD = Path(__file__).with_name("heard")
_RANK = "[name='q-a-ranking.{}']"


@pytest.mark.parametrize("type_", sorted(QUESTION_TYPES))
def test_each_type_sounds_as_it_was_reviewed(
    school: School, server: Server, context: BrowserContext, type_: str
) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, every_type(type_)).code}")
    question = page.locator(".question")
    # States are heard as well: what is chosen, and what is not.
    for field in question.locator("input, textarea").all()[:1]:
        field.check() if field.get_attribute("type") in ("radio", "checkbox") else field.fill("3")
    for field in question.locator("select").all()[:1]:
        field.select_option(index=1)
    heard = question.aria_snapshot() + "\n"
    kept = _HEARD / f"{type_}.yaml"
    if not kept.exists():
        kept.write_text(heard, encoding="utf-8")
        pytest.fail(f"{kept} was written: read it as a screen reader would, then keep it")
    assert heard == kept.read_text(encoding="utf-8"), f"if this sounds right, delete {kept} and run again"


@pytest.mark.parametrize(
    ("type_", "told"),
    [
        ("choices", "Choose up to two."),
        ("ranking", "Give 1 to what you like best. You may leave some without a place."),
        ("points", "You have 10 points to share out."),
        ("number", "days"),
        ("short-text", "A word or two."),
        ("text", "Please write no names."),
    ],
)
def test_what_stands_below_a_question_is_heard_with_it_and_so_is_what_is_wrong(
    school: School, server: Server, context: BrowserContext, type_: str, told: str
) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, every_type(type_)).code}")
    asked = page.locator("fieldset.question, .question :is(input, textarea)").first
    expect(asked).to_have_accessible_description(told)
    if type_ in ("points", "number"):
        page.locator(".question input").first.fill("many")
        page.click("button[value=send]")
        expect(page.locator(".problems li")).to_have_count(1)
        wrong = page.locator(".question .error").inner_text()
        expect(asked).to_have_accessible_description(f"{told} {wrong}")
        assert page.locator(".question [aria-invalid=true]").count() >= 1


def test_every_type_can_be_answered_without_a_script_and_keeps_what_was_wrong(
    school: School, client: FlaskClient
) -> None:
    person = Respondent(client, f"/en/r/{a_round(school, every_type()).code}")
    typed: dict[str, str | list[str]] = {
        "a-choice": "unknown",
        "a-choices": ["books", "games"],
        "a-smileys": "much",
        "a-then-now.then": "little",
        "a-then-now.now": "much",
        "a-ranking.books": "2",
        "a-ranking.games": "2",
        "a-points.books": "7",
        "a-points.friends": "٣",
        "a-month": "2027-01",
        "a-week": "2026-w45",
        "a-short-text": "The book bus",
    }
    person.press("send", **typed)
    assert person.page.status == 422
    assert "Two answers have the same place. Please give each place only once." in person.page.words
    kept = {name: person.page.fields[f"q-{name}"] for name in typed}
    assert kept == {name: said if isinstance(said, list) else [said] for name, said in typed.items()}
    person.press("send", **{"a-ranking.games": "1"})
    assert "Thank you" in person.page.words


def test_buttons_move_an_answer_up_and_down_and_the_lists_follow(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, every_type('ranking')).code}")

    def press(direction: str, answer: str) -> None:
        page.get_by_role("button", name=f"Move {direction}: {answer}").press("Enter")

    def rows() -> list[str]:
        return [
            f"{row.locator('select').input_value()} {row.locator('label').inner_text()}"
            for row in page.locator(".row").all()
        ]

    press("up", "Games")
    press("up", "The tablet")
    press("up", "The tablet")
    assert rows() == ["1 The tablet", "2 Games", " Books to read", " Reading with friends"]
    expect(page.locator(".told-here")).to_have_text("The tablet: place 1")
    expect(page.get_by_role("button", name="Move up: The tablet")).to_be_focused()
    press("down", "The tablet")
    press("down", "The tablet")
    assert rows() == ["1 Games", " Books to read", " Reading with friends", " The tablet"]
    expect(page.locator(".told-here")).to_have_text("The tablet: no place")
    page.select_option(_RANK.format("books"), "1")
    assert rows() == ["1 Books to read", " Games", " Reading with friends", " The tablet"]
    page.select_option(_RANK.format("friends"), "3")
    page.select_option(_RANK.format("books"), "3")
    assert rows() == ["1 Reading with friends", "3 Books to read", " Games", " The tablet"]


def test_the_page_says_how_many_points_are_left(school: School, server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{server.root}/en/r/{a_round(school, every_type('points')).code}")
    left = page.locator(".told-here")
    page.fill("[name='q-a-points.books']", "4")
    expect(left).to_have_text("Points left: 6")
    page.fill("[name='q-a-points.games']", "7")
    expect(left).to_have_text("Points left: -1")
    page.fill("[name='q-a-points.games']", "seven")
    expect(left).to_have_text("")


def test_every_face_is_drawn() -> None:
    drawn = {path.stem for path in (resource_dir("static") / "pictograms").glob("face-*.svg")}
    assert drawn == {face for rows in FACES.values() for faces in rows for face in faces}
