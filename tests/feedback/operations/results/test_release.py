"""Releases: frozen once, for the team and for the public, and never finer than disclosure allows."""

import json
import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Direction, People, Share, TooFew
from analysis.verdict import Criterion
from analysis.words import Words
from feedback.models import Comment, Release, Round, Theme
from feedback.operations.counting.comments import Reading, open_comments, seal_reading
from feedback.operations.errors import AlreadyReleased, NotEnoughVoices, NotPermitted, StillInTheBox
from feedback.operations.finish import finish_round
from feedback.operations.results.read_release import latest, latest_public
from feedback.operations.results.release import release_figures, release_words, secondary_of
from feedback.operations.review.sort import quote_comment, sort_comment
from feedback.operations.review.themes import decide_theme
from feedback.operations.review.under_review import review_of
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from forms.definition import Instrument
from forms.questions.base import Answer
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes

TODAY = NOW.date()


def a_counted_round(
    school: School, *answers: Mapping[str, Answer], instrument: Instrument | None = None, **facts: Any
) -> Round:
    """A round that was opened, filled with these answers, closed, counted and released."""
    round_ = a_round(school, instrument, **facts)
    drop_envelopes(school, round_, *answers)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=TODAY)
    return round_


def test_nine_envelopes_give_no_result_anywhere(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_counted_round(school, *[{"again": "yes"}] * 9)
    with pytest.raises(NotEnoughVoices):
        latest(school, lead, round_.id)
    with pytest.raises(NotEnoughVoices):
        latest_public(school, round_.code)
    with pytest.raises(NotEnoughVoices):
        release_figures(school, round_.id, today=TODAY)
    with Session(school.engine) as session:
        assert session.scalars(select(Release)).all() == []


def test_an_open_round_has_nothing_to_read(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 20)
    with pytest.raises(StillInTheBox):
        latest(school, a_staff_member(school, "lead"), round_.id)


def test_ten_envelopes_give_a_result_to_team_and_public(school: School) -> None:
    round_ = a_counted_round(school, *[{"again": "yes"}] * 6, *[{"again": "no"}] * 4)
    assert latest(school, a_staff_member(school, "lead"), round_.id).summary.people == People(10, 14)
    assert latest_public(school, round_.code).summary.people == People(10, 14)


def test_twelve_of_twelve_is_nowhere_a_hundred_percent(school: School) -> None:
    round_ = a_counted_round(school, *[{"again": "yes"}] * 12)
    headline = latest(school, a_staff_member(school, "lead"), round_.id).summary.question("again").headline
    assert isinstance(headline, Share)
    assert (headline.shape, headline.low, headline.point) == ("at_least", 80, 80)
    with Session(school.engine) as session:
        bodies = [json.loads(body) for body in session.scalars(select(Release.body))]
    points = re.findall(r'"(?:point|interval)": (\[?[\d, ]+)', json.dumps(bodies))
    assert not [point for point in points if re.search(r"\b100\b", point) and not point.startswith("[")]


def test_a_question_that_six_answered_is_told_in_a_word_and_one_that_three_did_not_at_all(school: School) -> None:
    three_liked: Mapping[str, Answer] = {"again": "yes", "liked": ("games",)}
    others: Mapping[str, Answer] = {"liked": ("books",)}
    round_ = a_counted_round(school, *[three_liked] * 3, *[{"again": "yes"}] * 2, *[others] * 6, {"again": "no"})
    summary = latest(school, a_staff_member(school, "lead"), round_.id).summary
    assert summary.question("again").headline == Direction("most")
    assert latest_public(school, round_.code).summary.question("again").headline == TooFew()


def test_a_release_is_frozen_once(school: School) -> None:
    round_ = a_counted_round(school, *[{"again": "yes"}] * 10)
    assert not release_figures(school, round_.id, today=TODAY)


def _with_read_comments(school: School, writers: int) -> Round:
    answers = [{"wish": f"the lunch is cold {n}"} for n in range(writers)] + [{"ease": "easy"}] * 12
    round_ = a_counted_round(school, *answers, instrument=a_family_instrument(), group_size=60)
    with Session(school.engine) as session, session.begin():
        for comment in list(open_comments(school, session, round_.id)):
            reading = Reading(("food",), 0.9, "en", "negative")
            session.get_one(Comment, comment.id).sealed_reading = seal_reading(
                school, round_.id, comment.question, reading
            )
        session.add(Theme(round_id=round_.id, question="wish", code="food", label=""))
    return round_


def test_words_are_released_when_a_person_accepted_a_theme_and_signed(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = _with_read_comments(school, 12)
    (question,) = review_of(school, lead, round_.id).questions
    theme = question.themes[0]
    chosen = theme.comments[0]
    decide_theme(school, lead, round_.id, theme.theme.id, decision="accepted", label="School lunch", now=NOW)
    place = round_.id, theme.theme.id, chosen.id
    quote_comment(school, lead, *place, wording=chosen.shown, could_tell=False, now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    words = latest(school, lead, round_.id).words
    assert isinstance(words, Words)
    (released,) = words.questions[0].themes
    assert (released.label, released.people, released.quotes[0].text) == ("School lunch", People(10, 14), chosen.shown)
    with pytest.raises(AlreadyReleased):
        release_words(school, lead, round_.id, today=TODAY, now=NOW)
    with pytest.raises(AlreadyReleased):
        review_of(school, lead, round_.id)


def test_what_nobody_accepted_is_left_out_for_ever(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = _with_read_comments(school, 12)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    words = latest(school, lead, round_.id).words
    assert words is not None
    assert words.questions[0].themes == ()


def test_nine_writers_are_not_even_reviewed(school: School) -> None:
    lead = a_staff_member(school, "lead")
    (question,) = review_of(school, lead, _with_read_comments(school, 9).id).questions
    assert question.too_few
    assert question.themes == ()


def test_a_class_teacher_never_reads_the_comments(school: School) -> None:
    teacher = a_staff_member(school)
    round_ = _with_read_comments(school, 12)
    with pytest.raises(NotPermitted):
        review_of(school, teacher, round_.id)


def test_a_comment_moved_to_other_no_longer_counts_in_its_theme(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = _with_read_comments(school, 12)
    (question,) = review_of(school, lead, round_.id).questions
    for comment in question.themes[0].comments[:9]:
        sort_comment(school, lead, round_.id, comment.id, themes=(), mood="unclear", now=NOW)
    decide_theme(school, lead, round_.id, question.themes[0].theme.id, decision="accepted", label="Lunch", now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    words = latest(school, lead, round_.id).words
    # Three people are too few to be told as a theme.
    assert words is not None
    assert words.questions[0].themes == ()


def test_a_round_is_held_against_the_secondary_criteria_whose_questions_it_asks(school: School) -> None:
    round_ = a_round(school, a_family_instrument())
    stated = {"cells": ["yes"], "target": 70, "minimum_voices": 10}
    with Session(school.engine) as session:
        stored = session.get_one(Round, round_.id)
        asked = form_of(stored)
        question = asked.questions[0].id
        assert secondary_of(stored, asked) == ()
        plan = SimpleNamespace(secondary=[{**stated, "question": "unasked"}, {**stated, "question": question}])
        found = secondary_of(cast(Round, SimpleNamespace(pilot=plan)), asked)
    assert found == (Criterion(question, ("yes",), 70, 10),)
