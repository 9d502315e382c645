from dataclasses import replace

import pikepdf
import pytest

from analysis.disclosure import share
from analysis.summary import (
    Direction,
    Finding,
    FindingKind,
    People,
    Reader,
    Share,
    TooFew,
    Verdict,
)
from feedback.operations.reports.kinds.kind import Mark
from tests.feedback.reports.conftest import Render, opened, text_of
from tests.feedback.reports.pages import (
    TOP,
    a_finding,
    a_page,
    a_share,
    a_summary,
)

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def test_twelve_of_twelve_is_never_a_hundred(render: Render) -> None:
    figure = share(12, 12, reader=Reader.TEAM)
    assert isinstance(figure, Share)
    pdf = render(a_page(summary=a_summary(helps=figure, people=People(10, 14))))
    assert "80% or more answered: Quite a lot or Very much." in text_of(pdf)
    assert "Asked again, it could be as low as 49%." in text_of(pdf)
    assert "100" not in text_of(pdf)
    with opened(pdf) as document:
        streams = [found.read_bytes() for found in document.objects if isinstance(found, pikepdf.Stream)]
    assert not any(b"100%" in stream or b"100 %" in stream for stream in streams)


def test_what_is_hidden_is_said_in_words(render: Render) -> None:
    summary = a_summary()
    hidden = replace(summary.questions[0], people=TooFew(), headline=TooFew(), bars=())
    assert summary.criterion
    criterion = replace(summary.criterion, figure=TooFew(), verdict=Verdict.CANNOT_TELL)
    summary = replace(
        summary, questions=(hidden, *summary.questions[1:]), findings=summary.findings[1:], criterion=criterion
    )
    text = text_of(render(a_page(summary=summary)))
    assert "We cannot tell yet: too few people answered the main question." in text
    assert "Some figures are hidden: too few people to show." in text


def test_few_answers_are_told_in_a_word(render: Render) -> None:
    finding = Finding(FindingKind.FAVOURABLE, "easy", TOP, Direction("most"), Verdict.CANNOT_TELL, None)
    text = text_of(render(a_page(summary=replace(a_summary(), findings=(finding,)))))
    assert "Most people answered: Quite a lot or Very much." in text


def test_where_the_answers_do_not_tell_nothing_is_advised(render: Render) -> None:
    finding = a_finding("stuck", a_share(45, (26, 66)), Verdict.CANNOT_TELL, None)
    summary = replace(a_summary(), findings=(finding,))
    text = text_of(render(a_page(summary=summary, next_steps={"stuck": ("Buy a new app.", "en")})))
    assert "No next step: the answers do not tell us." in text
    assert "Buy a new app." not in text


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.CLEAR_YES, "Clear yes"),
        (Verdict.LEANING_YES, "Leaning yes"),
        (Verdict.CANNOT_TELL, "Cannot tell"),
        (Verdict.LEANING_NO, "Leaning no"),
        (Verdict.CLEAR_NO, "Clear no"),
    ],
)
def test_the_verdict_is_one_of_five_words_beside_its_rule(render: Render, verdict: Verdict, word: str) -> None:
    text = text_of(render(a_page(summary=a_summary(verdict=verdict))))
    assert word in text
    assert "The rule: the target is 60%; fewest voices that count: 10." in text
    assert "It was set on October 5, 2026." in text


def test_comments_nobody_has_read_yet_are_announced(render: Render) -> None:
    text = text_of(render(a_page(words=None)))
    assert "The comments are read by a person. What that person signs by November 25, 2026 is shown here." in text


def test_a_sample_says_so_on_each_side(render: Render) -> None:
    pdf = render(a_page(marks=(Mark.SAMPLE, Mark.IMPORTED)))
    sides = text_of(pdf).split("Page 1 of 2")
    assert len(sides) == 2
    for side in sides:
        assert "Sample: not from this school" in side
        assert "Imported from another tool" in side


def test_the_report_is_not_for_judging_staff(render: Render) -> None:
    assert "They are not for judging staff." in text_of(render(a_page()))
