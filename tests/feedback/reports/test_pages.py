"""Pages for families and pupils, and sheets for the team: one side, machine-checked, and nothing hidden on them."""

import logging
import re
from datetime import date
from typing import Any

import page as validator
import pikepdf
import pytest
from flask import Flask

from feedback.i18n import Catalogue, speaking
from feedback.models import Round, StaffMember
from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.reports.form_paper import Paper
from feedback.operations.reports.report import Wanted, report_facts
from feedback.operations.results.replies import publish_reply, write_reply
from feedback.operations.school import School
from feedback.reports.make import make_report
from feedback.reports.papers import render_paper
from forms.questions.base import Answer
from tests.desk import fill_and_count
from tests.factories import NOW, a_pilot, a_round, a_staff_member, an_instrument, in_languages
from tests.feedback.replied import a_reply, hide_from_everybody, ready
from tests.feedback.reports.conftest import opened, text_of
from tests.feedback.reports.papers import the_facts
from tests.feedback.reports.pilots import a_tried_pilot

_CONTACTS = {"contacts": "School office: 555 01 23"}
_WORDS = {"title": "Reading app", "trying": "Class 2 reads with an app.", "why": "We want more fun.", "promise": "Yes."}


@pytest.fixture(name="app")
def the_whole_app(request: pytest.FixtureRequest, school: School) -> Flask:
    """Not this folder's app with templates alone: these pages are made of a school's things."""
    whole: Flask = request.getfixturevalue("one_app")
    whole.extensions["school"] = school
    return whole


@pytest.fixture
def asked(school: School) -> tuple[StaffMember, Round]:
    """Forty children, of whom 33 want it again; most liked the games."""
    teacher = a_staff_member(school)
    pilot = a_pilot(school, words={"en": {**_WORDS, **_CONTACTS}})
    form = in_languages(an_instrument(), ("en", "ar", "ur"))
    round_ = a_round(school, form, pilot=pilot, owner_id=teacher.id, group_size=60)
    pleased: dict[str, Answer] = {"again": "yes", "liked": ("games",)}
    fill_and_count(school, round_, *[pleased] * 33, *[{"again": "no"}] * 7)
    return teacher, round_


def _made(app: Flask, school: School, wanted: Wanted, caplog: pytest.LogCaptureFixture, sides: int = 1) -> str:
    """What the PDF says; it is PDF/UA with every letter in its place, on at most so many sides."""
    with app.app_context(), caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = make_report(school, wanted)
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, report.to_json()
    assert caplog.messages == []
    assert len(opened(pdf).pages) <= sides
    assert str(opened(pdf).Root.Lang) == wanted.language
    return text_of(pdf)


def _reply(school: School, teacher: StaffMember, round_: Round, *args: Any, **facts: Any) -> None:
    publish_reply(school, teacher, write_reply(school, teacher, round_.id, a_reply(*args, **facts), now=NOW), now=NOW)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_family_page_has_public_figures_only_and_the_promise_until_there_is_an_answer(
    school: School, app: Flask, asked: tuple[StaffMember, Round], caplog: pytest.LogCaptureFixture, language: str
) -> None:
    wanted = Wanted(asked[1].id, language, "family")
    words = _made(app, school, wanted, caplog)
    # The team reads 83%; everybody reads the coarser release.
    assert "75%" in words
    assert "83%" not in words
    assert f"{language}/r/{asked[1].code}/" in words.replace("/ ", "/")
    assert "555 01 23" in words
    if language == "en":
        assert "By December 14, 2026 we will tell you here what we think and what we do." in words
        assert "Nobody sees what one person answered." in words
    assert report_facts(school, wanted).of == report_facts(school, wanted).of


def test_what_is_hidden_from_everybody_is_on_no_page_for_everybody(
    school: School, app: Flask, asked: tuple[StaffMember, Round], caplog: pytest.LogCaptureFixture
) -> None:
    hide_from_everybody(school, asked[1])
    for kind in ("family", "pupil"):
        words = _made(app, school, Wanted(asked[1].id, "en", kind), caplog)
        assert "%" not in words
        assert "answered: Yes" not in words


def test_answers_stand_on_both_pages_and_the_pupils_page_has_words_for_figures(
    school: School, app: Flask, asked: tuple[StaffMember, Round], caplog: pytest.LogCaptureFixture
) -> None:
    teacher, round_ = asked
    _reply(school, teacher, round_, ready("quiet_place"))
    _reply(school, teacher, round_, ready("more_devices", number="12"), "will", question="liked", due=date(2027, 3, 1))
    before = report_facts(school, Wanted(round_.id, "en", "pupil")).of
    for kind in ("family", "pupil"):
        words = _made(app, school, Wanted(round_.id, "en", kind), caplog)
        for said in ("You said", "We thought", "There is a quiet place to work now.", "We will, by March 1, 2027"):
            assert said in words
        assert "By December 14" not in words
        assert ("%" in words) is (kind == "family")
    assert "Most people answered: Yes." in words
    assert report_facts(school, Wanted(round_.id, "en", "pupil")).of == before
    _made(app, school, Wanted(round_.id, "ar", "pupil"), caplog)


def test_urdu_is_printed_in_nastaliq_too(
    school: School, app: Flask, asked: tuple[StaffMember, Round], caplog: pytest.LogCaptureFixture
) -> None:
    _made(app, school, Wanted(asked[1].id, "ur", "family_nastaliq"), caplog)
    with app.app_context(), speaking("ur", Catalogue.RESPONDENT):
        letter = render_paper(the_facts("ur", slips=True), Paper.NASTALIQ)
    assert validator.is_pdf_compliant_bytes(letter, profile="ua1")
    assert caplog.messages == []
    assert len(opened(letter).pages) == 1
    with opened(letter) as document:
        fonts = {
            str(each.BaseFont)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
    assert any("Nastaliq" in name for name in fonts), fonts


def test_the_teams_sheets_are_filled_from_the_evidence_and_the_book(
    school: School, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    tried = a_tried_pilot(school)
    book: list[tuple[str, dict[str, Any]]] = [
        ("conversation", {"notice": "One in four says no.", "causes": ["Slow tablets.", "No headphones."]}),
        ("debrief", {"adjust": ["Start with fewer books"]}),
        ("idea", {"idea": "A quiet corner", "proposed_by": "Class 2B"}),
        ("milestone", {"day": "2026-12-18", "what": "Half-way look", "decision_point": True}),
        *[("why_not", {"tool": "Reading app", "why": "no_time"})] * 4,
    ]
    for kind, body in book:
        write_entry(school, tried.lead, tried.pilot.id, NewEntry(kind, body), now=NOW)
    words = _made(app, school, Wanted(tried.end.id, "en", "conversation"), caplog)
    assert re.search(r"75% answered: Yes\..*One in four says no\..*1\. Slow tablets\. 2\. No headphones\.", words)
    words = _made(app, school, Wanted(tried.pilot.id, "en", "brief"), caplog)
    for said in ("40 to 44", "Clear yes", "Start with fewer books", "Money: 480", "Evidence level A", "Deputy head"):
        assert said in words
    words = _made(app, school, Wanted(tried.pilot.id, "en", "leadership"), caplog, sides=3)
    for said in ("7. Was it done as planned?", "December 18, 2026: Half-way look", "Sessions held: 5 of 6", "not yet"):
        assert said in words
    # Four taps could be told apart; five are told.
    assert "No time" not in words
