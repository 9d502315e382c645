"""The report says whether each person could answer only once: how many slips were printed, or that nobody checked."""

from dataclasses import replace

import pytest

from feedback.operations.reports.kinds.kind import Mark
from feedback.operations.reports.kinds.teacher import marks_of
from feedback.operations.reports.report import Wanted, report_facts
from feedback.operations.school import School
from tests.desk import fill_and_count
from tests.factories import a_round
from tests.feedback.reports.conftest import Render, opened, text_of
from tests.feedback.reports.pages import a_page, a_summary

PRINTED = "28 slips were printed for 26 people."
UNCHECKED = "Nobody checked that each person answered only once."


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_round_with_slips_says_how_many_were_printed_and_stays_on_two_sides(render: Render, language: str) -> None:
    summary = replace(a_summary(), slips_printed=28)
    pdf = render(a_page(language, summary=summary), language)
    with opened(pdf) as document:
        assert len(document.pages) == 2
    if language == "en":
        assert PRINTED in text_of(pdf)
        assert UNCHECKED not in text_of(pdf)


def test_a_round_without_slips_says_that_nobody_checked(render: Render) -> None:
    text = text_of(render(a_page(marks=(Mark.NOT_VERIFIED,))))
    assert UNCHECKED in text
    assert "slips were printed" not in text


def test_the_mark_follows_the_release(school: School) -> None:
    without = a_round(school)
    fill_and_count(school, without, *[{"again": "yes"}] * 12)
    page = report_facts(school, Wanted(without.id, "en")).page
    assert page.marks == (Mark.NOT_VERIFIED,)
    assert marks_of(without, replace(page.summary, slips_printed=28)) == ()


@pytest.mark.parametrize("declared", [True, False])
def test_the_report_says_where_an_adult_read_the_questions_aloud(render: Render, declared: bool) -> None:
    pdf = render(a_page(summary=replace(a_summary(), read_aloud=declared)))
    assert ("An adult read the questions aloud." in text_of(pdf)) is declared
    with opened(pdf) as document:
        assert len(document.pages) == 2
