"""Papers as schools have them, with real words in five scripts: whole, valid, in order, and nothing in English."""

import logging
import re

import page as validator
import pytest
from flask import Flask

from feedback.i18n import Catalogue, speaking
from feedback.operations.reports.form_paper import Paper
from feedback.reports.papers import render_paper
from tests.feedback.reports.conftest import opened, text_of
from tests.feedback.reports.long_papers import long_facts, the_family_form
from tests.feedback.reports.papers import SCRIPTS

#: Sides of form, letter, poster and script. Of each language, in this order.
MOST_SIDES = {Paper.FORM: 2, Paper.LETTER: 1, Paper.POSTER: 1, Paper.SCRIPT: 3}
#: Words that keep Latin letters: the school, its round, its classes, its address, and what the school itself reads.
_LATIN = re.compile(r"Hill Road School|R00001|\b3[AB]\b|X|voice\.hillroad\.example/[\w/-]*|Translated by .* checked\.")


_made: dict[tuple[Paper, str], bytes] = {}


def _printed(app: Flask, paper: Paper, language: str) -> bytes:
    """Rendered once for all tests that look at it."""
    if (paper, language) not in _made:
        with app.app_context(), speaking(language, Catalogue.RESPONDENT):
            _made[paper, language] = render_paper(long_facts(language), paper)
    return _made[paper, language]


@pytest.mark.parametrize("paper", [Paper.FORM, Paper.LETTER])
@pytest.mark.parametrize("language", SCRIPTS)
def test_real_words_are_pdf_ua_with_every_letter_and_no_english(
    app: Flask, paper: Paper, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = _printed(app, paper, language)
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, report.to_json()
    assert caplog.messages == []
    assert len(opened(pdf).pages) <= MOST_SIDES[paper]
    words = text_of(pdf)
    assert language == "en" or not re.search("[A-Za-z]{2}", _LATIN.sub("", words.replace("/ ", "/"))), words
    assert "\ufffd" not in words


@pytest.mark.parametrize("paper", [Paper.FORM, Paper.LETTER])
def test_two_languages_on_one_paper_are_pdf_ua_with_the_second_below_the_first(
    app: Flask, paper: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = _printed(app, paper, "zh-Hans+en")
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, report.to_json()
    assert caplog.messages == []
    assert len(opened(pdf).pages) <= 2 * MOST_SIDES[paper]
    words, asked = _bare(text_of(pdf)), long_facts("en").asked
    titles = (
        asked.instrument.title if paper is Paper.FORM else {at: told["title"] for at, told in asked.pilot_words.items()}
    )
    places = [words.index(_bare(titles[language])) for language in ("zh-Hans", "en")]
    assert places == sorted(places)


@pytest.mark.parametrize("language", SCRIPTS)
def test_poster_and_script_have_room_for_real_words(app: Flask, language: str) -> None:
    for paper in (Paper.POSTER, Paper.SCRIPT):
        assert len(opened(_printed(app, paper, language)).pages) <= MOST_SIDES[paper]


@pytest.mark.parametrize("language", ["en", "ur", "zh-Hans", "am"])
def test_every_question_can_be_searched_and_read_aloud_in_the_order_it_was_written(app: Flask, language: str) -> None:
    words = _bare(text_of(_printed(app, Paper.SCRIPT, language)))
    asked = [question.text[language] for question in the_family_form().questions]
    assert [text for text in asked if _bare(text) not in words] == []


def _bare(text: str) -> str:
    """Without spaces, which lines of Chinese do not have where they end."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_whom_to_call_is_read_from_the_left(app: Flask, language: str) -> None:
    assert "555 01 23" in text_of(_printed(app, Paper.LETTER, language))


def test_a_pilot_that_is_told_in_english_only_keeps_its_sentences_apart_and_in_order(app: Flask) -> None:
    told = {"en": {"title": "App", "trying": "Class 2 reads with an app.", "why": "We want fun.", "promise": "One."}}
    facts = long_facts("ar", pilot_words=told)
    with app.app_context(), speaking("ar", Catalogue.RESPONDENT):
        words = text_of(render_paper(facts, Paper.LETTER))
    assert "Class 2 reads with an app. We want fun." in words
