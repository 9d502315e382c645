"""The charts that pages and PDFs share: templates/measures/, and the words of a figure in templates/macros/."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from jinja2 import Environment

from analysis.summary import (
    Bar,
    Direction,
    Figure,
    Finding,
    FindingKind,
    People,
    QuestionSummary,
    Share,
    TooFew,
    Verdict,
)
from analysis.tables import Measure
from feedback.i18n import Catalogue, speaking
from feedback.resources import resource_dir
from tests.feedback.reports.pages import (
    REST,
    TOP,
    a_finding,
    a_question,
    a_share,
    the_rest_of,
    twelve_of_twelve,
)

LABELS = {"not": ("Not at all", "en"), "a-little": ("A little", "en"), "a-lot": ("A lot", "en"), "very": ("Very", "en")}
PEOPLE = People(20, 24)

Chart = Callable[..., str]


@pytest.fixture
def jinja(app: Flask) -> Environment:
    environment: Environment = app.jinja_env
    return environment


@pytest.fixture
def chart(app: Flask) -> Chart:
    def chart(question: QuestionSummary, *, language: str = "en", **more: Any) -> str:
        template = app.jinja_env.get_template(f"measures/{question.measure}.html")
        facts = {"question": question, "labels": LABELS, "text": ("Did it help?", "en")} | more
        with app.app_context(), speaking(language, Catalogue.STAFF):
            return template.render(**facts)

    return chart


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_has_a_chart_that_names_its_question(chart: Chart, measure: Measure) -> None:
    figure = a_share(73, (51, 87))
    html = chart(QuestionSummary("helps", measure, PEOPLE, figure, (Bar(TOP, figure, favourable=True),)))
    assert "Did it help?" in html
    assert "style=" not in html
    assert "{{" not in html


def test_a_bar_is_a_table_row_with_its_figure_in_words(chart: Chart) -> None:
    html = chart(a_question("helps", a_share(73, (51, 87)), people=PEOPLE))
    rows = re.findall(r'<th scope="row">(.*?)</th>\s*<td class="(.*?)"><b>(.*?)</b>', html)
    assert rows == [("A lot or Very", "bar p73 f51 u87", "73%"), ("Not at all or A little", "bar p27 f13 u49", "27%")]
    assert "20 to 24 people answered this question." in html


def test_all_of_them_looks_like_most_of_them(chart: Chart) -> None:
    html = chart(a_question("helps", twelve_of_twelve(), people=People(10, 14)))
    assert 'class="bar p80 f49 or-more"><b>80% or more</b>' in html
    assert 'class="bar p20 u51"><b>20% or less</b>' in html
    assert "100" not in html


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (a_share(73, (51, 87)), "73%"),
        (Share("at_least", 80, 100, 80, (49, 94)), "80% or more"),
        (Share("at_most", 0, 20, 20, (6, 51)), "20% or less"),
        (Share("between", 60, 80, 70, (40, 89)), "about 7 in 10"),
        (Direction("most"), "most"),
        (Direction("about_half"), "about half"),
        (Direction("few"), "few"),
        (TooFew(), "too few to show"),
    ],
)
def test_each_figure_has_its_words(app: Flask, jinja: Environment, figure: Figure, words: str) -> None:
    with app.app_context(), speaking("en", Catalogue.STAFF):
        assert (
            jinja.from_string('{% from "macros/figures.html" import share %}{{ share(f) }}').render(f=figure) == words
        )


@pytest.mark.parametrize("figure", [Direction("most"), TooFew()])
def test_what_has_no_number_has_no_bar(chart: Chart, figure: Figure) -> None:
    html = chart(QuestionSummary("helps", Measure.SCALE, PEOPLE, figure, (Bar(TOP, figure, favourable=True),)))
    assert 'class="no-bar"' in html
    assert not re.search(r'class="bar', html)


def test_a_question_with_too_few_people_shows_nothing_else(chart: Chart) -> None:
    html = chart(QuestionSummary("helps", Measure.SCALE, TooFew(), TooFew()))
    assert "Too few people answered this question to show anything." in html
    assert "<table" not in html


def test_the_share_a_finding_is_about_has_its_own_bar_where_each_answer_has_one(chart: Chart) -> None:
    figure = a_share(56, (49, 63))
    bars = tuple(Bar((cell,), a_share(25, (19, 32)), cell in TOP) for cell in (*REST, *TOP))
    question = QuestionSummary("helps", Measure.SCALE, People(180, 180), figure, bars)
    finding = a_finding("helps", figure, Verdict.LEANING_YES, None)
    html = chart(question, finding=finding, target=60)
    assert html.count("<tr") == 5
    assert '<tr class="together"><th scope="row">A lot or Very</th>' in html
    assert html.count("t60") == 1
    assert chart(question).count("<tr") == 4
    alone = Finding(FindingKind.CHOSEN, "helps", ("not",), a_share(25, (19, 32)), Verdict.LEANING_NO, None)
    assert chart(question, finding=alone).count("<tr") == 4


def test_words_in_another_language_say_so(chart: Chart) -> None:
    html = chart(a_question("helps", a_share(73, (51, 87)), people=PEOPLE), text=("هل ساعدتك؟", "ar"))
    assert '<caption><span lang="ar" dir="rtl">هل ساعدتك؟</span></caption>' in html
    html = chart(a_question("helps", a_share(73, (51, 87)), people=PEOPLE), language="ar", text=("هل ساعدتك؟", "ar"))
    assert "<caption>هل ساعدتك؟</caption>" in html
    assert '<span lang="en" dir="ltr">Very</span>' in html


def test_words_of_an_unknown_language_keep_to_themselves(chart: Chart) -> None:
    html = chart(a_question("helps", a_share(73, (51, 87)), people=PEOPLE), text=("<b>", "und"))
    assert "<caption><bdi>&lt;b&gt;</bdi></caption>" in html


def test_every_class_a_bar_can_have_is_in_the_style() -> None:
    style = (resource_dir("static") / "measures.css").read_text()
    for kind in "pfut":
        for percent in range(101):
            assert f".{kind}{percent}{{" in style


@pytest.mark.parametrize("name", ["measures.css", "report.css"])
def test_no_emoji_font_takes_the_digits(name: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", (resource_dir("static") / name).read_text(), flags=re.DOTALL)
    assert "emoji" not in rules.lower()
    assert "http" not in rules


def test_the_rest_of_a_share_in_these_tests_is_what_is_left() -> None:
    assert the_rest_of(twelve_of_twelve()) == Share("at_most", 0, 20, 20, (6, 51))


@pytest.mark.parametrize(
    ("places", "sentence", "note"),
    [
        (1, "73% answered: A lot, in first place.", "A bar shows for how many people it came first."),
        (3, "73% answered: A lot, among the first 3.", "it was among the first 3."),
        (None, "73% answered: A lot.", ""),
    ],
)
def test_a_ranking_says_which_places_it_is_about(
    app: Flask, chart: Chart, places: int | None, sentence: str, note: str
) -> None:
    figure = a_share(73, (51, 87))
    measure = Measure.CHOICE if places is None else Measure.RANKING
    question = QuestionSummary("first", measure, PEOPLE, figure, (Bar(("a-lot",), figure),), places=places)
    assert note in chart(question)
    template = app.jinja_env.from_string('{% from "macros/findings.html" import sentence %}{{ sentence(f, c, l, q) }}')
    with app.app_context(), speaking("en", Catalogue.STAFF):
        assert template.render(f=figure, c=("a-lot",), l=LABELS, q=question) == sentence


def test_a_change_has_words_of_its_own(chart: Chart) -> None:
    figure = a_share(73, (51, 87))
    bars = (Bar(("more",), figure, favourable=True), Bar(("less", "same"), the_rest_of(figure)))
    html = chart(QuestionSummary("helps", Measure.CHANGE, PEOPLE, figure, bars))
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == [
        "More than before",
        "Less than before or The same as before",
    ]
    assert "People answered twice" in html


def test_a_year_of_months_is_not_read_out_month_by_month(chart: Chart) -> None:
    labels = {str(month): (f"Month {month}", "en") for month in range(12)}
    figure = a_share(73, (51, 87))
    bars = (Bar(("0",), figure), Bar(tuple(labels)[1:], the_rest_of(figure)))
    html = chart(QuestionSummary("when", Measure.CHOICE, PEOPLE, figure, bars), labels=labels)
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["Month 0", "Month 1 or one of 10 other answers"]
