"""Every page that respondents meet, in a language 40 % longer than English: nothing cut, nothing left in English."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from feedback.models import Round
from feedback.operations.school import School
from forms.definition import Instrument
from forms.library import open_library
from forms.questions import QUESTION_TYPES
from forms.questions.base import Answer
from tests import pseudo
from tests.conftest import Server
from tests.desk import fill_and_count
from tests.every_type import every_type
from tests.factories import NOW, a_pilot, a_room, a_round, a_slip
from tests.winding import a_winding_form

WIDTHS = (320, 1280)
_EMPTY = f'<html lang="{pseudo.CODE}"><title>Ň</title><body style="overflow-wrap:break-word">{{}}</body></html>'
_FAULTS = Path(__file__).with_name("page_faults.js").read_text(encoding="utf-8")


@pytest.fixture
def tab(browser: Browser, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A window on the school's own address, in which every address below /qps/ speaks the longer language."""
    with pseudo.spoken(monkeypatch):
        opened = browser.new_context(base_url=server.root, viewport={"width": WIDTHS[0], "height": 720})
        opened.set_default_timeout(30_000)
        yield opened.new_page()
        opened.close()


def faults_of(page: Page, *widths: int) -> list[tuple[int, Any]]:
    """What is wrong with the open page at a phone's width and at a desk's, or at these widths."""
    found = []
    for width in widths or reversed(WIDTHS):
        if page.viewport_size != {"width": width, "height": 720}:
            page.set_viewport_size({"width": width, "height": 720})
        found += [(width, fault) for fault in page.evaluate(_FAULTS, [pseudo.CODE, "Hill Road School"])]
    return found


def _asked(school: School, instrument: Instrument, **facts: Any) -> Round:
    """An open round in this language alone, with contacts in it."""
    said = a_pilot(school).words["en"] | {"contacts": "The counsellor: every day in room 4, or by telephone"}
    pilot = a_pilot(school, words={pseudo.CODE: {part: pseudo.pseudo(words) for part, words in said.items()}})
    return a_round(school, pseudo.in_pseudo(instrument), pilot=pilot, languages=[pseudo.CODE], **facts)


def _on(tab: Page, go: str = "next") -> None:
    with tab.expect_navigation():
        tab.click(f"button[value={go}]")


def _show(tab: Page, path: str, *, says: str) -> None:
    """Open a page and check that it is the one that is meant, and that nothing is wrong with it."""
    tab.goto(f"/{pseudo.CODE}/{path}")
    assert pseudo.pseudo(says) in tab.inner_text("main")
    assert faults_of(tab) == []


def test_every_screen_of_a_form_and_what_comes_after_it(tab: Page, school: School) -> None:
    round_ = _asked(school, a_winding_form(), slips=True, slips_printed=20)
    _show(tab, f"r/{round_.code}", says="Your slip")
    tab.fill("#slip", "WRONG")
    _on(tab)
    tab.fill("#slip", a_slip(school, round_))
    for chosen in (None, None, "other", "often", "never", "dont-know", "reading"):
        if chosen:
            tab.check(f"input[value={chosen}]")
        assert faults_of(tab) == []
        _on(tab)
    for shown in (".overview", ".receipt"):
        assert tab.locator(shown).count() == 1
        assert faults_of(tab) == []
        if shown == ".overview":
            _on(tab, "send")


def test_every_type_of_question_on_one_page_and_what_is_wrong_with_its_answers(tab: Page, school: School) -> None:
    _show(tab, f"r/{_asked(school, every_type()).code}", says="Send my answers")
    tab.select_option("[name='q-a-ranking.books']", "1")
    tab.locator("[name='q-a-then-now.now']").first.check()
    tab.fill("[name='q-a-points.books']", "3")
    _on(tab, "send")
    assert tab.locator(".problems li").count() == 2
    # With all that is shown only when the line is cut.
    tab.evaluate("document.querySelectorAll('main [hidden], main .behind').forEach((each) => { each.hidden = false; })")
    assert tab.locator("[data-do=again]").is_visible()
    assert faults_of(tab) == []


def test_every_type_of_question_on_a_screen_of_its_own(tab: Page, school: School) -> None:
    tab.goto(f"/{pseudo.CODE}/r/{_asked(school, every_type(layout='screens')).code}")
    for _screen in QUESTION_TYPES:
        _on(tab)
        assert tab.locator(".question").count() == 1
        # At a desk's width they are looked at on one page.
        assert faults_of(tab, 320) == []


def test_what_the_youngest_see_on_a_device_that_goes_from_hand_to_hand(tab: Page, school: School) -> None:
    room = a_room(school, _asked(school, open_library("first-look")))
    tab.goto(f"/{pseudo.CODE}/k/{room}")
    for screen in ("start", "practice", 1, 2, 3, 4, "overview"):
        tab.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        assert faults_of(tab) == []
        if screen == "practice":
            tab.evaluate("document.querySelector('#still-here').showModal()")
            assert faults_of(tab) == []
            tab.evaluate("document.querySelector('#still-here').close()")
        if tab.locator("input[value=yes]").count():
            tab.check("input[value=yes]")
        _on(tab, "next" if tab.locator("button[value=next]").count() else "send")
    _show(tab, f"k/{room}/thanks", says="Next person")
    _show(tab, f"k/{room}/about", says="Go to the form")


def test_the_pages_around_a_form(tab: Page, school: School) -> None:
    round_ = _asked(school, every_type("scale", "text"))
    _show(tab, f"r/{round_.code}/about", says="What we cannot promise")
    _show(tab, f"r/{round_.code}/results", says="The box is still shut")
    _show(tab, f"r/{round_.code}/receipt", says="Is my envelope in the box?")
    _on(tab, "check")
    assert faults_of(tab) == []
    tab.goto(f"/{pseudo.CODE}/r/{round_.code}")
    tab.check("input[value=lot]")
    _on(tab, "send")
    receipt = tab.inner_text(".receipt")
    tab.goto(f"/{pseudo.CODE}/r/{round_.code}/receipt")
    tab.fill("#receipt", receipt)
    for go in ("check", "really", "take-out"):
        _on(tab, go)
        assert tab.locator(".problems").count() == 0
        assert faults_of(tab) == []


def test_what_stops_somebody_and_what_everybody_is_told_in_the_end(tab: Page, school: School) -> None:
    _show(tab, "r/NOPE42", says="We cannot find this form")
    _show(tab, "k/NOPE42", says="We cannot find this room")
    _show(tab, f"r/{_asked(school, every_type('scale'), state='closed').code}", says="This form is closed")
    later = _asked(school, every_type("scale"), opens_at=NOW.replace(day=25))
    _show(tab, f"r/{later.code}", says="This form is not open yet")
    types = ("scale", "choices", "then-now", "ranking", "points", "number", "yes-maybe-no")
    round_ = _asked(school, every_type(*types))
    given: dict[str, Answer] = {
        "a-scale": "lot",
        "a-choices": ("books",),
        "a-then-now": ("little", "much"),
        "a-yes-maybe-no": "yes",
    }
    more: dict[str, Answer] = {"a-ranking": ("books", "games"), "a-points": {"books": 7, "games": 3}, "a-number": 3}
    fill_and_count(school, round_, *[given | more] * 14)
    _show(tab, f"r/{round_.code}/results", says="What you told us")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>Press Next</p>", "English"),
        ('<img alt="A box" src="data:,">', "English"),
        ("<p style='inline-size:4rem;overflow:hidden;white-space:nowrap'>Ňéẋť Ňéẋť Ňéẋť Ňéẋť</p>", "too wide"),
        ("<p style='inline-size:4rem;overflow-wrap:normal'>ŇéẋťŇéẋťŇéẋťŇéẋť</p>", "outside its box"),
        ("<p style='inline-size:1400px'>ŇŇ</p>", "the page scrolls sideways"),
        ("<p style='inline-size:1rem'>ŇéẋťŇéẋť Ňéẋť</p>", "squeezed"),
        ("<p style='block-size:1rem;overflow:hidden'>Ň<br>Ň<br>Ň</p>", "too high"),
    ],
)
def test_a_page_that_is_cut_or_in_english_is_noticed(tab: Page, app: Flask, body: str, fault: str) -> None:
    assert app.testing
    tab.set_content(_EMPTY.format(body))
    assert fault in {what for _, (what, _) in faults_of(tab)}
    tab.set_content(_EMPTY.format("<p>Ňéẋť</p>"))
    assert faults_of(tab) == []
