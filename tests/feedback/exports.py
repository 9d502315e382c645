"""A round whose figures and words are released, with much to hide and much to be careful of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from analysis.summarise import summarise
from analysis.summary import People, Reader, freeze_summary
from analysis.tables import Tally
from analysis.words import QuestionWords, Quote, ThemeFigure, Words, freeze_words
from feedback.models import Round
from feedback.operations.results.release import criterion_of, freeze
from feedback.operations.rounds.columns import columns_of
from feedback.operations.school import School
from forms.definition import Instrument
from tests.factories import a_family_instrument, a_pilot, a_round

RELEASED = date(2026, 11, 23)
#: Of 40 people: one answer that would single out three, and so hides a second one; and an end that is told as a range.
FORTY = {"again": {"yes": 39, "maybe": 1, "no": 0}, "liked": {"games": 27, "books": 22, "stars": 3}}
#: How again's answers liked it: a group of one is hidden, and the other with it.
FORTY_BY_AGAIN = {"yes": {"games": 26, "books": 22, "stars": 3}, "maybe": {"games": 1, "books": 0, "stars": 0}}
#: What a spreadsheet would calculate.
TITLE, QUOTE, THEME = '=HYPERLINK("http://example.org")', "@SUM(A1:A9)\n=1+1", "+1"


def a_released_round(school: School, form: Instrument | None = None, times: int = 1, **facts: Any) -> Round:
    """A counted round with its releases for both readers; so many `times` the forty people."""
    form = form or a_family_instrument()
    words = {"en": {"title": TITLE, "trying": "We read.", "why": "Fun.", "promise": "More."}}
    criterion = {"question": "again", "cells": ["yes"], "target": 60, "minimum_voices": 10}
    pilot = a_pilot(school, words=words, criterion=criterion)
    plan = {"group_size": 50 * times, "breakdowns": ["again"], "state": "scrubbed", "counted_on": RELEASED}
    round_ = a_round(school, form, pilot=pilot, **(plan | facts))
    with Session(school.engine) as session, session.begin():
        stored = session.get_one(Round, round_.id)
        for reader in Reader:
            summary = summarise(
                columns_of(form),
                _sums(form, times),
                reader=reader,
                respondents=40 * times,
                group_size=50 * times,
                criterion=criterion_of(stored, form),
            )
            freeze(session, round_.id, "figures", reader, freeze_summary(summary), RELEASED)
            freeze(session, round_.id, "words", reader, freeze_words(_words(reader)), RELEASED)
    return round_


def _sums(form: Instrument, times: int) -> tuple[Tally, ...]:
    def sum_of(question: str, counts: Mapping[str, int], answered: int, *group: str) -> Tally:
        every = {cell.id: 0 for cell in (*form.question(question).cells(), *form.question(question).apart())}
        return Tally(
            question, answered * times, every | {cell: times * people for cell, people in counts.items()}, *group
        )

    totals = [sum_of(question, counts, 40) for question, counts in FORTY.items()]
    answered = {"yes": 39, "maybe": 1}
    groups = [sum_of("liked", counts, answered[group], "again", group) for group, counts in FORTY_BY_AGAIN.items()]
    return (*totals, *groups)


def _words(reader: Reader) -> Words:
    quotes = (Quote(QUOTE, "en"), Quote("الكتب [name]", "ar", retold=True)) if reader is Reader.TEAM else ()
    theme = ThemeFigure("own-1", THEME, People(20, 24), quotes)
    return Words(reader, (QuestionWords("wish", People(30, 34), (theme,)),))
