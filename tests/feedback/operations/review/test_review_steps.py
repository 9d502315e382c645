"""A reviewer merges, splits, sorts and quotes; every step can be taken back until the review is signed."""

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import ReviewQuality, ReviewStep, Round, StaffMember, Theme
from feedback.operations.counting.comments import open_comments
from feedback.operations.errors import AlreadyReleased, NotFound, NotReady
from feedback.operations.results.read_release import latest
from feedback.operations.results.release import release_words
from feedback.operations.review.quality import quality_of
from feedback.operations.review.sort import drop_quote, quote_comment, sort_comment
from feedback.operations.review.steps import undo_step
from feedback.operations.review.themes import decide_theme, make_theme, merge_themes
from feedback.operations.review.under_review import QuestionInReview, review_of
from feedback.operations.school import School
from tests.factories import NOW, a_staff_member
from tests.feedback.review import Said, a_round_to_review, cold_lunch

TODAY = NOW.date()
BUSES = [Said(f"the bus is late {number}", themes=("transport",)) for number in range(8)]


def _question(school: School, lead: StaffMember, round_: Round) -> QuestionInReview:
    (question,) = review_of(school, lead, round_.id).questions
    return question


def _state(school: School, round_: Round) -> tuple[Any, ...]:
    """Everything that a review changes, as it lies there now."""
    with Session(school.engine) as session:
        themes = session.scalars(select(Theme).where(Theme.round_id == round_.id).order_by(Theme.code))
        return (
            [(t.code, t.label, t.decision, t.quotes, t.merged_into, t.renamed, t.sealed_wordings) for t in themes],
            list(open_comments(school, session, round_.id)),
        )


def _undo(school: School, by: StaffMember, round_: Round) -> tuple[str, ...] | None:
    last = review_of(school, by, round_.id).last
    assert last is not None
    return undo_step(school, by, round_.id, last.id, now=NOW)


def test_step_by_step_everything_goes_back_to_how_the_machine_left_it(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round_to_review(school, [*cold_lunch(12), *BUSES])
    before = _state(school, round_)
    food, transport = _question(school, lead, round_).themes
    first, second = (comment.id for comment in food.comments[:2])
    decide_theme(school, lead, round_.id, food.theme.id, decision="accepted", label="Lunch", now=NOW)
    quote_comment(school, lead, round_.id, food.theme.id, first, wording="Too cold", could_tell=False, now=NOW)
    sort_comment(school, lead, round_.id, second, themes=("transport", "food"), mood="mixed", now=NOW)
    make_theme(school, lead, round_.id, "wish", comments=[first, second], label="Soup", out_of="food", now=NOW)
    merge_themes(school, lead, round_.id, transport.theme.id, "food", now=NOW)
    drop_quote(school, lead, round_.id, food.theme.id, first, now=NOW)
    states = [_state(school, round_)]
    for _ in range(6):
        assert _undo(school, lead, round_) is not None
        states.append(_state(school, round_))
    assert all(earlier != later for earlier, later in pairwise(states))
    assert states[-1] == before
    assert review_of(school, lead, round_.id).last is None


def test_a_step_that_is_not_the_last_one_any_more_is_left_alone(school: School) -> None:
    lead, other = a_staff_member(school, "lead"), a_staff_member(school, "reader", account="reader")
    round_ = a_round_to_review(school, cold_lunch(12))
    theme = _question(school, lead, round_).themes[0].theme
    decide_theme(school, lead, round_.id, theme.id, decision="accepted", label="Lunch", now=NOW)
    seen = review_of(school, lead, round_.id).last
    decide_theme(school, other, round_.id, theme.id, decision="rejected", label="Lunch", now=NOW)
    assert seen is not None
    assert undo_step(school, lead, round_.id, seen.id, now=NOW) is None
    assert _question(school, lead, round_).themes[0].theme.decision == "rejected"


def test_merged_themes_count_people_once_and_are_released_as_one(school: School) -> None:
    lead = a_staff_member(school, "lead")
    both = [Said(f"cold food on the late bus {n}", themes=("food", "transport")) for n in range(3)]
    round_ = a_round_to_review(school, [*cold_lunch(6), *BUSES[:4], *both])
    food, transport = _question(school, lead, round_).themes
    assert (food.people, transport.people) == (9, 7)
    merge_themes(school, lead, round_.id, transport.theme.id, "food", now=NOW)
    (one,) = _question(school, lead, round_).themes
    assert one.people == 13
    decide_theme(school, lead, round_.id, food.theme.id, decision="accepted", label="Food and bus", now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    words = latest(school, lead, round_.id).words
    assert words is not None
    assert [theme.label for theme in words.questions[0].themes] == ["Food and bus"]


@pytest.mark.parametrize("into", ["food", "unknown", "transport"])
def test_a_theme_goes_into_another_one_that_stands(school: School, into: str) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round_to_review(school, [*cold_lunch(12), *BUSES])
    food, transport = _question(school, lead, round_).themes
    merge_themes(school, lead, round_.id, transport.theme.id, "food", now=NOW)
    with pytest.raises(NotReady, match="into"):
        merge_themes(school, lead, round_.id, food.theme.id, into, now=NOW)


def test_the_theme_of_another_round_is_not_found_through_this_one(school: School) -> None:
    lead = a_staff_member(school, "lead")
    here, there = a_round_to_review(school, cold_lunch(12)), a_round_to_review(school, cold_lunch(12))
    theme = _question(school, lead, there).themes[0]
    with pytest.raises(NotFound):
        decide_theme(school, lead, here.id, theme.theme.id, decision="accepted", label="Lunch", now=NOW)
    with pytest.raises(NotFound):
        sort_comment(school, lead, here.id, theme.comments[0].id, themes=(), mood="mixed", now=NOW)


def test_a_quote_needs_its_question_answered_its_words_and_its_theme(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round_to_review(school, [*cold_lunch(12), *BUSES])
    food, transport = _question(school, lead, round_).themes
    comment, of_another = food.comments[0], transport.comments[0]
    place = round_.id, food.theme.id
    with pytest.raises(NotReady, match="could_tell"):
        quote_comment(school, lead, *place, comment.id, wording="Too cold", could_tell=True, now=NOW)
    with pytest.raises(NotReady, match="wording"):
        quote_comment(school, lead, *place, comment.id, wording=" ", could_tell=False, now=NOW)
    with pytest.raises(NotReady, match="quotes"):
        quote_comment(school, lead, *place, of_another.id, wording="Late", could_tell=False, now=NOW)
    for one in food.comments[:3]:
        quote_comment(school, lead, *place, one.id, wording=one.shown, could_tell=False, now=NOW)
    with pytest.raises(NotReady, match="quotes"):
        quote_comment(school, lead, *place, food.comments[3].id, wording="Cold", could_tell=False, now=NOW)


def test_signing_keeps_figures_about_the_machine_and_no_step(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round_to_review(school, [*cold_lunch(12), *BUSES])
    food, transport = _question(school, lead, round_).themes
    ids = [comment.id for comment in food.comments[:5]]
    label = {"label": "The lunch", "suggested_label": "Food"}
    decide_theme(school, lead, round_.id, food.theme.id, decision="accepted", **label, now=NOW)
    decide_theme(school, lead, round_.id, transport.theme.id, decision="rejected", label="", now=NOW)
    make_theme(school, lead, round_.id, "wish", comments=ids, label="Soup", out_of="food", now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    kept = quality_of(school, lead, round_.id)
    assert kept is not None
    assert (kept.suggested, kept.accepted, kept.renamed, kept.merged, kept.rejected, kept.made) == (2, 1, 1, 0, 1, 1)
    assert kept.kept_percent == 75
    assert not {"staff_id", "account", "by"} & set(ReviewQuality.__table__.columns.keys())
    with Session(school.engine) as session:
        assert session.scalar(select(func.count()).select_from(ReviewStep)) == 0
    with pytest.raises(AlreadyReleased):
        undo_step(school, lead, round_.id, "any", now=NOW)


def test_text_that_was_pasted_counts_once_and_short_words_that_many_say_do_not(school: School) -> None:
    lead = a_staff_member(school, "lead")
    pasted = "we all want a longer break because the one we have is too short"
    short = [Said("more football")] * 4
    round_ = a_round_to_review(school, [*cold_lunch(8), *[Said(pasted)] * 5, *short])
    question = _question(school, lead, round_)
    assert (question.repeats, question.themes[0].people) == (4, 13)
    decide_theme(school, lead, round_.id, question.themes[0].theme.id, decision="accepted", label="Lunch", now=NOW)
    release_words(school, lead, round_.id, today=TODAY, now=NOW)
    words = latest(school, lead, round_.id).words
    assert words is not None
    assert words.questions[0].repeated
