"""Quick entry: a pile of sheets typed in with the keyboard; no page shows the sheet before, and none goes in half."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round, StaffMember
from feedback.operations.answers.quick_entry import put_in_sheet
from feedback.operations.results.read_release import latest
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.privacy.receipts import new_form_key
from tests.conftest import Server
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_family_instrument, a_round, a_slip, a_staff_member, drop_envelopes
from tests.pages import Page

#: Sheets in the pile of the acceptance test (issue 4), and the seconds that a fast typist could be held up by us.
PILE, SECONDS = 30, 60


@pytest.fixture
def reader(school: School) -> StaffMember:
    return a_staff_member(school, "reader", account="reader@example.org")


def _a_round(school: School, **facts: Any) -> Round:
    return a_round(school, a_family_instrument(), **{"group_size": 40, **facts})


def _in_the_box(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def _send(desk: Desk, round_: Round, go: str = "put-in", **typed: str) -> Page:
    page = desk.open(f"/rounds/{round_.id}/sheets")
    lines = {f"q-{name}" if name not in ("slip", "group", "form_key") else name: text for name, text in typed.items()}
    return desk.send(f"/rounds/{round_.id}/sheets", **{**_fields(page), **lines, "go": go})


def _fields(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in page.fields.items() if name != "csrf_token" and values}


def test_a_sheet_goes_into_the_box_and_the_next_page_is_empty(school: School, app: Flask, reader: StaffMember) -> None:
    round_, desk = _a_round(school), Desk(app, reader)
    page = _send(desk, round_, ease="2", again="1", liked="1 3", days="4", wish="Warm soup")
    assert (page.status, _in_the_box(school)) == (200, 1)
    assert "The sheet is in the box." in page.words
    assert "You put in 1 sheet." in page.words
    assert "Warm soup" not in page.response.text
    assert {name: text for name, text in _fields(page).items() if name.startswith("q-")} == dict.fromkeys(
        ("q-ease", "q-again", "q-liked", "q-days", "q-wish"), ""
    )


def test_what_is_no_answer_is_named_and_everything_typed_stays(school: School, app: Flask, reader: StaffMember) -> None:
    page = _send(Desk(app, reader), _a_round(school), ease="9", again="1", days="8", wish="Warm soup")
    assert (page.status, _in_the_box(school)) == (422, 0)
    assert page.title.startswith("Please look again:")
    assert "Line 1 is no answer to its question." in page.words
    assert "Line 4 is no answer to its question." in page.words
    assert {"#q-ease", "#q-days"} <= set(page.links)
    assert (page.fields["q-ease"], page.fields["q-wish"]) == (["9"], ["Warm soup"])


def test_enter_without_scripts_looks_through_the_sheet_and_puts_nothing_in(
    school: School, app: Flask, reader: StaffMember
) -> None:
    page = _send(Desk(app, reader), _a_round(school), go="look", ease="2")
    assert (page.status, _in_the_box(school)) == (200, 0)
    assert page.fields["q-ease"] == ["2"]
    assert (
        'id="q-again" name="q-again" value="" inputmode="numeric" dir="ltr" autocomplete="off" ' in page.response.text
    )
    (focused,) = [line for line in page.response.text.splitlines() if " autofocus" in line]
    assert 'id="q-again"' in focused


def test_a_sheet_that_is_sent_twice_by_mistake_is_in_the_box_once(
    school: School, app: Flask, reader: StaffMember
) -> None:
    round_, desk = _a_round(school), Desk(app, reader)
    typed = {**_fields(desk.open(f"/rounds/{round_.id}/sheets")), "q-ease": "2", "go": "put-in"}
    desk.send(f"/rounds/{round_.id}/sheets", **typed)
    page = desk.send(f"/rounds/{round_.id}/sheets", **typed)
    assert "This sheet was in the box already. It counts once." in page.words
    assert _in_the_box(school) == 1
    # Control: the same answers on another sheet are another voice.
    _send(desk, round_, ease="2")
    assert _in_the_box(school) == 2


@pytest.mark.parametrize("form_key", ["", "0", "g" * 32])
def test_a_sheet_without_a_key_of_its_own_is_refused(
    school: School, app: Flask, reader: StaffMember, form_key: str
) -> None:
    assert _send(Desk(app, reader), _a_round(school), form_key=form_key, ease="2").status == 400
    assert _in_the_box(school) == 0


def test_an_empty_sheet_and_a_used_slip_are_told_in_words(school: School, app: Flask, reader: StaffMember) -> None:
    desk = Desk(app, reader)
    page = _send(desk, _a_round(school))
    assert (page.status, "A sheet without an answer need not be typed in." in page.words) == (422, True)
    round_ = _a_round(school, slips=True, slips_printed=40)
    slip = a_slip(school, round_)
    assert "code of the slip" in _send(desk, round_, slip="ABC", ease="2").words
    assert "The sheet is in the box." in _send(desk, round_, slip=slip, ease="2").words
    page = _send(desk, round_, slip=slip, ease="2")
    assert (page.status, "Put the sheet aside." in page.words, page.fields["slip"]) == (422, True, [slip])


def test_the_group_of_a_pile_is_kept_from_sheet_to_sheet(school: School, app: Flask, reader: StaffMember) -> None:
    round_ = _a_round(school, groups=[{"code": "AB12", "name": "3A", "size": None}])
    page = _send(Desk(app, reader), round_, group="AB12", ease="2")
    assert '<option value="AB12" selected>' in page.response.text


def test_the_page_says_until_when_sheets_can_be_typed_in(school: School, app: Flask, reader: StaffMember) -> None:
    round_ = _a_round(school, paper_until=NOW + timedelta(days=14), closes_at=NOW - timedelta(hours=1))
    page = Desk(app, reader).open(f"/rounds/{round_.id}")
    assert "Closed on screens. Sheets of paper until December 7, 2026" in page.words
    assert f"/en/desk/rounds/{round_.id}/sheets" in page.links


def test_results_say_that_some_answered_on_paper_only_where_both_are_a_crowd(
    school: School, app: Flask, reader: StaffMember
) -> None:
    lead, told = Desk(app, a_staff_member(school, "lead")), "Some answered on a screen, others on paper."
    for sheets, expected in ((10, True), (9, False)):
        round_ = _a_round(school)
        drop_envelopes(school, round_, *[{"ease": "easy"}] * 12)
        for _ in range(sheets):
            put_in_sheet(school, reader, round_.id, new_form_key(), {"ease": "easy"}, now=NOW)
        fill_and_count(school, round_)
        assert (told in lead.open(f"/rounds/{round_.id}/results").words) is expected
        assert (told in Page(app.test_client().get(f"/en/r/{round_.code}/results")).words) is expected


@pytest.fixture
def tab(context: BrowserContext, server: Server, school: School, reader: StaffMember) -> Tab:
    token = remember_browser(school, None, {"staff_id": reader.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    return context.new_page()


def test_thirty_sheets_are_typed_in_with_the_keyboard_alone(
    tab: Tab, server: Server, school: School, check_access: Callable[[Tab], None]
) -> None:
    round_ = _a_round(school)
    tab.goto(f"{server.root}/en/desk/rounds/{round_.id}/sheets")
    check_access(tab)
    began = time.monotonic()
    for sheet in range(PILE):
        for line in ("2", "1", "1 3", str(sheet % 8), "Soup"):
            tab.keyboard.type(line)
            tab.keyboard.press("Enter")
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
    took = time.monotonic() - began
    assert f"You put in {PILE} sheets." in tab.inner_text("main")
    assert _in_the_box(school) == PILE
    assert took < SECONDS, f"{PILE} sheets took {took:.0f} s"
    # With a crowd on screens beside it, so that the count may tell how many came on paper.
    fill_and_count(school, round_, *[{"ease": "easy"}] * round_.k)
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).counted_on_paper == PILE
    lead = a_staff_member(school, "lead", account="lead@example.org")
    assert latest(school, lead, round_.id).summary.question("liked").people.kind == "people"


def test_boxes_are_marked_while_their_numbers_are_typed(tab: Tab, server: Server, school: School) -> None:
    tab.goto(f"{server.root}/en/desk/rounds/{_a_round(school).id}/sheets")
    tab.fill("#q-liked", "١ 3")
    assert tab.locator("#q-liked-boxes .chosen").all_inner_texts() == ["1 The games", "3 The stars"]
    tab.fill("#q-liked", "23")
    assert tab.locator("#q-liked-boxes .chosen").all_inner_texts() == ["2 The books", "3 The stars"]
    tab.press("#q-liked", "ArrowUp")
    assert tab.evaluate("document.activeElement.id") == "q-again"


def test_going_back_shows_no_sheet_that_was_put_in(tab: Tab, server: Server, school: School) -> None:
    tab.goto(f"{server.root}/en/desk/rounds/{_a_round(school).id}/sheets")
    tab.fill("#q-wish", "needle-in-the-sheet")
    assert "needle-in-the-sheet" in tab.input_value("#q-wish")
    with tab.expect_navigation():
        tab.click("#put-in")
    tab.go_back()
    assert tab.input_value("#q-wish") == ""
    assert "needle-in-the-sheet" not in tab.content()
