"""Every kind of report in every language that it is offered in: PDF/UA, every letter, small, and nobody's name in it.

A share of them runs always; all of them with EVERY_LOOK (`make test-looks`).
"""

import logging

import page as validator
import pytest
from flask import Flask

from feedback.i18n import Catalogue
from feedback.operations.reports.kinds import KINDS
from feedback.operations.reports.report import Wanted
from feedback.operations.school import School
from feedback.reports.make import make_report
from tests.desk import fill_and_count
from tests.factories import a_pilot, a_round
from tests.feedback.reports.conftest import opened, tags_of
from tests.feedback.reports.long_papers import long_words, the_family_form
from tests.feedback.reports.pilots import Tried, a_tried_pilot
from tests.looks import is_every

#: A script that is joined, one that is dense, one that is high, one whose marks share a glyph, one of many signs.
SCRIPTS = {Catalogue.STAFF: ("en", "ar", "es"), Catalogue.RESPONDENT: ("en", "ar", "ur", "zh-Hans", "hi", "am")}
LARGEST = 2_000_000


def _looks() -> list[tuple[str, str]]:
    """Kind and language: all of them, or each kind in one language and each language in one kind of a catalogue."""
    every = [(kind, language) for kind, report in KINDS.items() for language in SCRIPTS[report.catalogue]]
    if is_every():
        return every
    turns = {kind: SCRIPTS[report.catalogue][place % 2] for place, (kind, report) in enumerate(KINDS.items())}
    return [
        (kind, language)
        for kind, language in every
        if turns[kind] == language or (kind == "family" and language != "en")
    ]


@pytest.fixture(name="app")
def the_whole_app(request: pytest.FixtureRequest, school: School) -> Flask:
    """Not this folder's app with templates alone: these reports are made of a school's things."""
    whole: Flask = request.getfixturevalue("one_app")
    whole.extensions["school"] = school
    return whole


@pytest.fixture
def tried(school: School, app: Flask) -> Tried:  # noqa: ARG001 - the app is the one whose templates print
    return a_tried_pilot(school)


def _a_counted_round(school: School) -> str:
    languages = list(SCRIPTS[Catalogue.RESPONDENT])
    pilot = a_pilot(school, words=long_words())
    round_ = a_round(school, the_family_form(), pilot=pilot, group_size=50, languages=languages)
    pleased, other = {"knows": "very-much", "easy-at-home": "a-little"}, {"knows": "a-little"}
    fill_and_count(school, round_, *[pleased] * 27, *[other] * 9)
    return round_.id


def test_every_kind_is_pdf_ua_in_every_script(
    school: School, app: Flask, tried: Tried, caplog: pytest.LogCaptureFixture
) -> None:
    round_id = _a_counted_round(school)
    for kind, language in _looks():
        about = round_id if KINDS[kind].scope == "round" else tried.pilot.id
        with app.app_context(), caplog.at_level(logging.WARNING, logger="weasyprint"):
            pdf = make_report(school, Wanted(about, language, kind))
        assert caplog.messages == [], (kind, language)
        assert validator.is_pdf_compliant_bytes(pdf, profile="ua1"), (kind, language)
        assert len(pdf) < LARGEST
        assert {header["scope"] for header in tags_of(pdf, "/TH")} <= {"/Row", "/Column"}, (kind, language)
        with opened(pdf) as document:
            assert str(document.Root.Lang) == language
            assert str(document.docinfo["/Title"]).strip()
            assert not {"/Author", "/Creator"} & set(document.docinfo.keys())
            assert KINDS[kind].sides is None or len(document.pages) <= (KINDS[kind].sides or 0), (kind, language)
        assert b"/tmp/" not in pdf
        assert b"file://" not in pdf
