import logging
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import page as validator
import pytest

from analysis.words import Quote
from feedback.operations.reports.kinds.kind import Mark
from feedback.operations.reports.kinds.teacher import TeacherPage
from tests.feedback.reports.conftest import Render, opened, tags_of, text_of
from tests.feedback.reports.pages import QUOTES, a_page, a_summary, some_words

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def a_page_without_words_or_findings() -> TeacherPage:
    summary = replace(a_summary(), criterion=None, findings=(), group_size=None, rate=None)
    return a_page(summary=summary, words=None, hypothesis=None, audience="families")


def a_page_full_of_long_words() -> TeacherPage:
    long = ("and then the reader asks what the hard word means " * 12)[:590], "en"
    loud = some_words(tuple(Quote("wonderful " * 25, "en") for _ in range(6)))
    keys = dict.fromkeys(("helps", "easy", "stuck"), long)
    return a_page(next_steps=keys, words=loud, trying=long, also_changing=(long,) * 3, marks=tuple(Mark))


@LANGUAGES
def test_the_report_is_pdf_ua(render: Render, language: str) -> None:
    report = validator.validate_pdf_bytes(render(a_page(language), language), profile="ua1")
    assert report.is_compliant, report.to_json()


@pytest.mark.parametrize("make", [a_page_without_words_or_findings, a_page_full_of_long_words])
def test_the_emptiest_and_the_fullest_report_are_pdf_ua_on_two_sides(render: Render, make: Any) -> None:
    pdf = render(make())
    assert validator.is_pdf_compliant_bytes(pdf, profile="ua1")
    assert len(opened(pdf).pages) == 2


@LANGUAGES
def test_a_teacher_reads_two_sides_in_a_small_file(render: Render, language: str) -> None:
    pdf = render(a_page(language), language)
    assert len(opened(pdf).pages) == 2
    assert len(pdf) < 2_000_000


def test_arabic_is_searched_and_read_aloud_in_the_order_it_was_written(render: Render) -> None:
    text = text_of(render(a_page("ar"), "ar"))
    assert "تحدثوا عن زر المساعدة في الاجتماع القادم" in text
    assert "واطلبوا من طالبين أن يشرحا الأمر على السبورة" in text
    assert "أحب أن أسمع الكلمة الصعبة قبل الاجتماع على السجادة" in text


@LANGUAGES
def test_no_letter_is_missing_in_any_script(
    render_anew: Render, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_anew(a_page(language), language)
        render_anew(a_page(language, words=some_words(QUOTES[::-1])), language)
    assert caplog.messages == []


def test_each_quote_says_which_language_it_is_in(render: Render) -> None:
    spoken = [tag["language"] for tag in tags_of(render(a_page()), "/BlockQuote")]
    # Three of the six: one of each theme before a second of any.
    assert spoken == ["en", "ar", "hi"]


def test_every_bar_has_a_header_that_says_what_it_heads(render: Render) -> None:
    headers = tags_of(render(a_page()), "/TH")
    assert len(headers) == 6
    assert {header["scope"] for header in headers} == {"/Row"}


def test_the_file_says_its_title_and_language_and_nobodys_name(render: Render) -> None:
    pdf = opened(render(a_page("ar"), "ar"))
    assert str(pdf.Root.Lang) == "ar"
    assert set(pdf.docinfo) == {"/CreationDate", "/ModDate", "/Producer", "/Title"}
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261120"
    with pdf.open_outline() as outline:
        assert len(outline.root) == 1
        assert len(outline.root[0].children) >= 5


def test_the_same_release_gives_the_same_bytes(render_anew: Render) -> None:
    assert render_anew(a_page()) == render_anew(a_page())


def test_nothing_outside_is_fetched_or_attached_whatever_people_write(render: Render) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/x.png"
        trick = f'<img src="{address}"><link rel="attachment" href="file:///etc/passwd"><style>@import "{address}"'
        pdf = render(a_page(words=some_words((Quote(trick, "en"),)), school=trick, trying=(trick, "en")))
        server.shutdown()
    assert asked == []
    assert "file:///etc/passwd" in text_of(pdf)
    assert "/EmbeddedFiles" not in opened(pdf).Root.get("/Names", {})
