"""The list of forms says of each draft how much the checker remarks on, without reading everything again."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.workshop import form_checks
from feedback.operations.workshop.drafts import change_draft, start_draft
from feedback.operations.workshop.form_checks import checked_draft, decide
from feedback.operations.workshop.form_languages import add_language
from feedback.operations.workshop.translatable import form_for
from feedback.operations.workshop.translate import Written, translate_text
from forms.checks import Remark
from forms.checks import check as really
from forms.draft import as_data, new_draft
from forms.library import names, open_library
from forms.texts import Data, words_hash
from tests.asked import statements
from tests.desk import Desk
from tests.factories import NOW, a_staff_member

#: Thirty where every look is wanted: making them takes longer than looking.
_DRAFTS = 30 if os.environ.get("EVERY_LOOK") else 3


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

    monkeypatch.setattr(form_checks, "check", noted)
    desk.open("/forms/")
    desk.open("/forms/")
    assert sorted(read) == ["ours-0", "ours-1", "ours-2"]


def _never(*_words: object, **_more: object) -> tuple[Remark, ...]:
    raise AssertionError("read a second time")


def test_both_lists_of_many_drafts_in_fifteen_languages_are_there_in_a_moment(
    school: School, app: Flask, lead: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = [as_data(open_library(name)) for name in names()]
    for number in range(_DRAFTS):
        start_draft(school, lead, ready[number % len(ready)] | {"id": f"mine-{number}"}, now=NOW)
    _draft(school, lead, "Which religion does your family have?")
    officer = Desk(app, a_staff_member(school, "officer", account="officer"))
    assert "religion" in officer.open("/topics").words
    for desk, path in ((officer, "/en/desk/topics"), (Desk(app, lead), "/en/desk/forms/")):
        desk.client.get(path)
        with statements() as sent, monkeypatch.context() as patched:
            # What was read once is known, and however many drafts there are, they are fetched together.
            patched.setattr(form_checks, "check", _never)
            assert desk.client.get(path).status_code == 200
        assert len(sent) < 30, path


def test_the_officer_sees_a_topic_that_only_a_translation_touches(
    school: School, app: Flask, lead: StaffMember
) -> None:
    draft = _draft(school, lead, "How many books do you read?")
    officer = Desk(app, a_staff_member(school, "officer", account="officer"))
    assert "No form touches a protected topic." in officer.open("/topics").words
    add_language(school, lead, draft, "es", now=NOW)
    translator = a_staff_member(school, "translator", account="translator", languages=["es"])
    _form, told = form_for(school, translator, "ours", "es")
    for each in told:
        words = "¿Qué religión tiene su familia?" if each.text.field == "text" else "Unas palabras."
        written = Written(each.text.key, words, each.revision, words_hash(each.source))
        translate_text(school, translator, "ours", "es", written, now=NOW)
    assert "religión" in officer.open("/topics").words
    assert "How many books do you read?" in officer.open("/topics").words
