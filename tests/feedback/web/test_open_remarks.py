"""The list of forms says of each draft how much the checker remarks on, without reading everything again."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from feedback.models import StaffMember
from feedback.operations import open_remarks as counted
from feedback.operations.drafts import change_draft, start_draft
from feedback.operations.form_checks import checked_draft, decide
from feedback.operations.school import School
from forms.checks import Remark
from forms.checks import check as really
from forms.draft import as_data, new_draft
from forms.library import names, open_library
from forms.texts import Data
from tests.desk import Desk
from tests.factories import NOW, a_staff_member


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever writes the forms."""
    return a_staff_member(school, "lead")


def _draft(school: School, lead: StaffMember, text: str, name: str = "ours") -> str:
    data = new_draft(name, "Ours", "en", audience="families")
    data["introduction"] = {"en": "Tell us."}
    words = {"text": {"en": text}, "why": {"en": "It helps us."}}
    asked = {"type": "number", "id": "one", "minimum": 0, "maximum": 9, "bands": [0, 5], **words}
    data["sections"][0]["questions"] = [asked]
    return start_draft(school, lead, data, now=NOW)


def _reworded(text: str) -> Callable[[Data], Data]:
    def change(data: Data) -> Data:
        data["sections"][0]["questions"][0]["text"]["en"] = text
        return data

    return change


def test_the_list_counts_what_is_open_and_follows_every_change(school: School, app: Flask, lead: StaffMember) -> None:
    draft, desk = _draft(school, lead, "What is your name?"), Desk(app, lead)
    page = desk.open("/forms/")
    assert "1 thing has to change" in page.words
    assert f"/en/desk/forms/{draft}/check" in page.links
    reword = _reworded("How many books do you read?")
    change_draft(school, lead, draft, reword, revision=1, code="item_changed", now=NOW)
    page = desk.open("/forms/")
    assert "has to change" not in page.words
    assert "Nothing to remark." in page.words
    back = _reworded("What is your name?")
    change_draft(school, lead, draft, back, revision=2, code="item_changed", now=NOW)
    assert "1 thing has to change" in desk.open("/forms/").words


def test_what_was_decided_is_not_counted_any_more(school: School, app: Flask, lead: StaffMember) -> None:
    draft, desk = _draft(school, lead, "What is your name?"), Desk(app, lead)
    assert "1 thing has to change" in desk.open("/forms/").words
    digest = next(each.remark.digest for each in checked_draft(school, lead, draft).remarks)
    decide(school, lead, draft, digest, allowed=True, reason="It is a raffle.", now=NOW)
    assert "Nothing to remark." in desk.open("/forms/").words


def test_nothing_is_read_twice(school: School, app: Flask, lead: StaffMember, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        _draft(school, lead, f"How many books do you read in {number + 2} days?", f"ours-{number}")
    desk, read = Desk(app, lead), list[str]()

    def noted(data: Data, **how: Any) -> tuple[Remark, ...]:
        read.append(data["id"])
        return really(data, **how)

    monkeypatch.setattr(counted, "check", noted)
    desk.open("/forms/")
    desk.open("/forms/")
    assert sorted(read) == ["ours-0", "ours-1", "ours-2"]


def test_thirty_drafts_are_listed_in_a_moment(school: School, app: Flask, lead: StaffMember) -> None:
    ready = [as_data(open_library(name)) for name in names()]
    for number in range(30):
        own = ready[number % len(ready)]
        start_draft(school, lead, own | {"id": f"mine-{number}", "languages": ["en"]}, now=NOW)
    desk = Desk(app, lead)
    desk.open("/forms/")
    took = time.process_time()
    page = desk.client.get("/en/desk/forms/")
    assert (page.status_code, time.process_time() - took < 0.3) == (200, True)
