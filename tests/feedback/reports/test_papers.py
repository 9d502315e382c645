"""What a round prints: readable by eye, by ear and by whoever types it in, in every script, with nobody's name."""

import logging
import re
from collections.abc import Callable
from datetime import date

import page as validator
import pytest
from flask import Flask

from feedback.i18n import Catalogue, speaking
from feedback.operations.reports.form_paper import Paper, PaperFacts, papers_in
from feedback.reports.papers import paper_html, render_paper
from tests.feedback.reports.conftest import opened, tags_of, text_of
from tests.feedback.reports.papers import SCRIPTS, an_instrument, the_facts
from tests.forms.factories import an_instrument as every_type
from tests.winding import a_winding_form

Print = Callable[[Paper, PaperFacts], bytes]
EVERY_PAPER = pytest.mark.parametrize("paper", papers_in("en"))
EVERY_SCRIPT = pytest.mark.parametrize("language", SCRIPTS)


@pytest.fixture
def printed(app: Flask) -> Print:
    def printed(paper: Paper, facts: PaperFacts) -> bytes:
        with app.app_context(), speaking(facts.language, Catalogue.RESPONDENT):
            return render_paper(facts, paper)

    return printed


@EVERY_PAPER
@EVERY_SCRIPT
def test_every_paper_is_pdf_ua_with_every_letter_in_its_place(
    printed: Print, paper: Paper, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = printed(paper, the_facts(language, slips=True))
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, report.to_json()
    assert caplog.messages == []
    assert str(opened(pdf).Root.Lang) == language
    assert len(pdf) < 400_000


@EVERY_SCRIPT
def test_letter_and_poster_have_one_side_and_the_form_two_at_most(printed: Print, language: str) -> None:
    facts = the_facts(language, slips=True)
    assert [len(opened(printed(paper, facts)).pages) for paper in (Paper.LETTER, Paper.POSTER)] == [1, 1]
    assert len(opened(printed(Paper.FORM, facts)).pages) <= 2


def test_a_form_numbers_its_boxes_as_they_are_typed_in(printed: Print) -> None:
    words = text_of(printed(Paper.FORM, the_facts()))
    assert re.search(r"1\. How easy is it at home\? 1 2 3 Hard Quite easy Very easy 4 I don't know", words)
    assert "Give this sheet back to the school by December 7, 2026" in words
    assert "Please write no names." in words


def test_every_answer_is_an_entry_of_a_list_for_whoever_hears_the_form(printed: Print) -> None:
    assert len(tags_of(printed(Paper.FORM, the_facts()), "/LI")) >= 15


@pytest.mark.parametrize("slips", [True, False])
def test_there_is_a_place_for_a_slip_only_where_slips_are_needed(printed: Print, slips: bool) -> None:
    facts = the_facts(slips=slips)
    assert ("The code of your slip" in text_of(printed(Paper.FORM, facts))) is slips
    assert ("Cut here" in text_of(printed(Paper.LETTER, facts))) is slips
    assert ("You need your slip." in text_of(printed(Paper.POSTER, facts))) is slips


def test_the_letter_says_what_why_who_and_how_long_and_where_to_go(printed: Print) -> None:
    words = text_of(printed(Paper.LETTER, the_facts()))
    for said in ("The class reads with an app.", "at least 10 people", "90 days", "1,095 days", "December 14, 2026"):
        assert said in words
    assert "voice.hillroad.example/en/r/R00001" in words.replace("/ ", "/")


def test_the_letter_about_childrens_answers_leads_families_to_the_page_that_explains_them(printed: Print) -> None:
    facts = the_facts(instrument=an_instrument(audience="students", ages="9-11"))
    words = text_of(printed(Paper.LETTER, facts))
    assert "We ask the children" in words
    assert "voice.hillroad.example/en/r/R00001/about" in words.replace("/ ", "/")
    assert "90 days" not in words


def test_the_script_reads_every_question_with_every_answer(printed: Print) -> None:
    words = text_of(printed(Paper.SCRIPT, the_facts()))
    assert "How easy is it at home? Hard Quite easy Very easy I don't know" in words
    assert "Use it again? Yes Maybe No" in words
    assert "Everybody writes a number." in words


def test_arabic_is_searched_and_read_aloud_in_the_order_it_was_written(printed: Print) -> None:
    words = text_of(printed(Paper.FORM, the_facts("ar")))
    assert "يقرأ الصف مع تطبيق يستمع إلى الأطفال قبل الاجتماع" in words


def test_the_same_facts_give_the_same_bytes_and_no_clock_or_name_is_in_the_file(printed: Print) -> None:
    facts = the_facts("ar")
    pdf = printed(Paper.FORM, facts)
    assert pdf == printed(Paper.FORM, facts)
    assert set(opened(pdf).docinfo) <= {"/Producer", "/Title"}


def test_a_paper_in_a_language_that_nobody_checked_says_so(app: Flask) -> None:
    for language, marked in (("ar", True), ("en", False)):
        with app.app_context(), speaking(language, Catalogue.RESPONDENT):
            html = paper_html(the_facts(language), Paper.FORM, "roomy")
        assert ("ترجمة آلية لم تُراجَع بعد" in html) is marked


def test_a_group_has_its_own_link_on_its_papers(printed: Print) -> None:
    words = text_of(printed(Paper.POSTER, the_facts(group="AB12", return_by=date(2026, 11, 30))))
    assert "voice.hillroad.example/en/r/R00001/g/AB12" in words.replace("/ ", "/")


@EVERY_PAPER
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_type_of_question_and_a_winding_form_are_pdf_ua(printed: Print, paper: Paper, language: str) -> None:
    for instrument in (every_type(layout="page"), a_winding_form()):
        report = validator.validate_pdf_bytes(printed(paper, the_facts(language, instrument=instrument)), profile="ua1")
        assert report.is_compliant, report.to_json()


def test_a_winding_form_says_on_paper_for_whom_its_questions_are(printed: Print) -> None:
    words = text_of(printed(Paper.FORM, the_facts(instrument=a_winding_form())))
    assert "Only if you answered" in words
    assert "In your own words, if you like." in words
    assert "{" not in words
