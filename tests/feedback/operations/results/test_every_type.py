"""A round that asks every type of question, from the envelopes to what is told of it."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Share, Summary, TooFew
from feedback.models import Tally
from feedback.operations.reports.report import Wanted, report_facts
from feedback.operations.rounds.columns import columns_of
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.desk import fill_and_count
from tests.every_type import every_type
from tests.factories import a_pilot, a_round


def answers(number: int) -> dict[str, Answer]:
    """What the person with this number answers: in a class of forty, most things are two to one."""
    most, some = number % 3 < 2, number % 2 == 0
    return {
        "a-choice": "home" if most else "bus",
        "a-choices": ("books", "games") if most else ("not-for-me",),
        "a-picture-choice": "friends" if some else "games",
        "a-scale": "much" if most else "little",
        "a-smileys": "much" if most else "unknown",
        "a-yes-maybe-no": "yes" if some else "no",
        "a-then-now": ("little", "lot") if most else ("much", "much"),
        "a-ranking": ("friends", "books") if most else ("tablet",),
        "a-points": {"books": 5, "games": 5} if some else {"friends": 10},
        "a-number": number % 8,
        "a-month": "2026-10" if most else "2027-02",
        "a-week": "2026-w45",
        "a-short-text": "The book bus",
        "a-text": "More stories.",
    }


@pytest.fixture
def summary(school: School) -> Summary:
    """The team's figures of forty people, with a criterion about a change."""
    pilot = a_pilot(school, criterion={"question": "a-then-now", "cells": ["more"], "target": 50, "minimum_voices": 10})
    round_ = a_round(school, every_type(), pilot=pilot, group_size=45)
    fill_and_count(school, round_, *(answers(number) for number in range(40)))
    summary: Summary = report_facts(school, Wanted(round_.id, "en")).page.summary
    return summary


def test_every_question_that_is_counted_has_a_figure(summary: Summary) -> None:
    without = [each.question for each in summary.questions if isinstance(each.headline, TooFew)]
    assert without == ["a-short-text", "a-text"]


def test_of_then_and_now_only_the_direction_is_told(school: School, summary: Summary) -> None:
    change = summary.question("a-then-now")
    assert [bar.cells for bar in change.bars] == [("more",), ("less", "same")]
    assert change.headline == Share("exactly", 68, 68, 68, (53, 80))
    assert summary.criterion is not None
    assert summary.criterion.cells == ("more",)
    assert summary.criterion.figure == change.headline
    with Session(school.engine) as session:
        cells = set(session.scalars(select(Tally.cell).where(Tally.question == "a-then-now")))
    # The control: the pairs were counted, and are in no release.
    assert "little--lot" in cells
    assert "--" not in json.dumps([bar.cells for question in summary.questions for bar in question.bars])


def test_a_ranking_says_among_how_many_places(summary: Summary) -> None:
    ranking, points = summary.question("a-ranking"), summary.question("a-points")
    assert (ranking.places, points.places, summary.question("a-choice").places) == (1, 1, None)
    assert ranking.bars[0].cells == ("friends",)
    # A tie counts for both, so the two together are as many as each.
    assert next(bar.cells for bar in points.bars) == ("books",)


def test_who_does_not_know_is_outside_every_share(summary: Summary) -> None:
    faces = summary.question("a-smileys")
    assert faces.headline == Share("at_least", 80, 100, 80, (61, 91))
    assert summary.question("a-choices").people == faces.people


def test_a_column_says_what_analysis_has_to_know() -> None:
    columns = {column.question: column for column in columns_of(every_type())}
    assert columns["a-then-now"].steps == ("not", "little", "lot", "much")
    assert [name for name, column in columns.items() if column.overlaps] == ["a-choices"]
    longer = replace(columns["a-ranking"], places=3)
    assert longer.overlaps
