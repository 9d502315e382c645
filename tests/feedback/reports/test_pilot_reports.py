"""Reports about a pilot as PDFs: machine-checked, the same bytes twice, and nothing in them that is hidden."""

import logging

import page as validator
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.i18n import speaking
from feedback.models import Pilot
from feedback.operations.evidence.frozen import freeze_evidence
from feedback.operations.reports.report import (
    Wanted,
    ask_for_report,
    pilot_reports_asked_for,
    report_facts,
    report_state,
)
from feedback.operations.school import School
from feedback.reports.make import make_report
from feedback.reports.pdf import render_report
from tests.factories import NOW
from tests.feedback.reports.conftest import opened, tags_of, text_of
from tests.feedback.reports.pilots import Tried, a_tried_pilot

SAID = {
    "pilot": (
        "Yes. The target was 60%, and we heard 75%.",
        "Results are held against the rule as it was locked.",
        "Students, families and staff are shown apart.",
        "So we compare two crowds, not what each person said before and after.",
        "one source only",
        "That is 24 for each student who used it in the busiest week.",
        "What would change our mind",
        "Who saw it otherwise, and why",
    ),
    "pdsa": (
        "cycle 2",
        "Will pairs like it?",
        "How easy is it at home? Half will",
        "75% answered: Yes.",
        "Change it and try again",
    ),
    "annex": (
        "209–212",
        "Answers are shown together: too few people gave one of them.",
        "SHA-256",
        "0.74",
        "unpaired",
        "Net: ",
    ),
}
SIDES = {"pilot": range(4, 7), "pdsa": range(1, 2), "annex": range(3, 9)}


@pytest.fixture
def tried(school: School, app: Flask) -> Tried:  # noqa: ARG001 - the app is the one whose templates print
    return a_tried_pilot(school)


@pytest.fixture(name="app")
def the_whole_app(request: pytest.FixtureRequest, school: School) -> Flask:
    """Not this folder's app with templates alone: these reports are made of a school's things."""
    whole: Flask = request.getfixturevalue("one_app")
    whole.extensions["school"] = school
    return whole


def test_each_kind_is_pdf_ua_with_bookmarks_and_says_what_it_must(
    school: School, app: Flask, tried: Tried, caplog: pytest.LogCaptureFixture
) -> None:
    for kind, sentences in SAID.items():
        wanted = Wanted(tried.pilot.id, "en", kind)
        with app.app_context(), caplog.at_level(logging.WARNING, logger="weasyprint"):
            pdf = make_report(school, wanted)
            # Rendered once, and the same if it were rendered again.
            with speaking("en", wanted.report.catalogue):
                assert render_report(wanted.report, report_facts(school, wanted).page) == pdf
        assert caplog.messages == []
        assert validator.is_pdf_compliant_bytes(pdf, profile="ua1"), kind
        text = text_of(pdf)
        for sentence in sentences:
            assert sentence in text, (kind, sentence)
        assert len(opened(pdf).pages) in SIDES[kind]
        assert {header["scope"] for header in tags_of(pdf, "/TH")} <= {"/Row", "/Column"}
        with opened(pdf) as document, document.open_outline() as outline:
            assert len(outline.root[0].children) >= 3
        assert "Not frozen yet" in text
        # 5 of 15 children said no: only bands of five, and "about 7 in 10", may tell of them.
        assert "33%" not in text
        assert "67%" not in text.replace("(67% to 73%)", "")


def test_what_is_frozen_says_so_with_its_seal(school: School, app: Flask, tried: Tried) -> None:
    with Session(school.engine) as session, session.begin():
        seal = freeze_evidence(session, school, session.get_one(Pilot, tried.pilot.id), NOW.date()).sha256
    with app.app_context():
        text = text_of(make_report(school, Wanted(tried.pilot.id, "ar", "pilot")))
    assert seal[:12] in text
    assert "Not frozen yet" not in text


def test_a_pilots_report_is_asked_for_made_and_kept(school: School, app: Flask, tried: Tried) -> None:
    wanted = Wanted(tried.pilot.id, "en", "pdsa")
    assert report_state(school, tried.lead, wanted) == "none"
    ask_for_report(school, tried.lead, wanted, now=NOW)
    ask_for_report(school, tried.lead, wanted, now=NOW)
    with Session(school.engine) as session:
        assert pilot_reports_asked_for(session) == [wanted]
    assert report_state(school, tried.lead, wanted) == "asked"
    with app.app_context():
        make_report(school, wanted)
    assert report_state(school, tried.lead, wanted) == "made"
    with Session(school.engine) as session:
        assert pilot_reports_asked_for(session) == []
