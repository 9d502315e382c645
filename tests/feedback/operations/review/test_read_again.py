"""Comments that nobody has looked at follow what a reviewer said of others; it is a step, and can be undone."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import ReviewStep, Round, StaffMember
from feedback.operations.counting.comments import Reading, open_comments
from feedback.operations.errors import AlreadyReleased, NotPermitted
from feedback.operations.results.release import release_words
from feedback.operations.retention.purge import delete_comments
from feedback.operations.review.read_again import read_again
from feedback.operations.review.sort import sort_comment
from feedback.operations.review.steps import undo_step
from feedback.operations.review.themes import make_theme, merge_themes
from feedback.operations.review.under_review import FEWEST_CORRECTIONS, review_of
from feedback.operations.school import School
from feedback.privacy.keys import KeyGone
from tests.factories import NOW, a_staff_member
from tests.feedback.review import Said, a_round_to_review

_WATER = [Said(f"the water fountain in corridor {n} is broken and warm", confidence=0.6) for n in range(12)]
_SOUP = [Said(f"I liked the tomato soup on day {n}", mood="positive") for n in range(12)]
_BUS = [Said(f"the bus comes late on day {n}", themes=("transport",)) for n in range(12)]


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead")


@pytest.fixture
def round_(school: School) -> Round:
    return a_round_to_review(school, [*_WATER, *_SOUP, *_BUS])


def _readings(school: School, round_: Round) -> dict[str, Reading]:
    with Session(school.engine) as session:
        return {one.text: one.reading for one in open_comments(school, session, round_.id) if one.reading}


def _make_water_a_theme(school: School, lead: StaffMember, round_: Round, comments: int) -> str:
    """The reviewer takes so many comments about water out of food; the new theme's code."""
    food = next(each for each in review_of(school, lead, round_.id).questions[0].themes if each.theme.code == "food")
    chosen = [comment.id for comment in food.comments if "water" in comment.shown][:comments]
    make_theme(school, lead, round_.id, "wish", comments=set(chosen), label="Water", out_of="food", now=NOW)
    return next(code for read in _readings(school, round_).values() for code in read.themes if code.startswith("own-"))


def test_what_was_put_into_a_new_theme_is_followed_by_what_says_the_like(
    school: School, lead: StaffMember, round_: Round
) -> None:
    water = _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS + 1)
    assert read_again(school, lead, round_.id, now=NOW) == len(_WATER) - FEWEST_CORRECTIONS - 1
    themes = {text: read.themes for text, read in _readings(school, round_).items()}
    assert {themes[one.text] for one in _WATER} == {(water,)}
    assert {themes[one.text] for one in _SOUP} == {("food",)}
    assert {themes[one.text] for one in _BUS} == {("transport",)}


def test_the_step_is_undone_like_every_other(school: School, lead: StaffMember, round_: Round) -> None:
    _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS + 1)
    before = _readings(school, round_)
    read_again(school, lead, round_.id, now=NOW)
    assert _readings(school, round_) != before
    last = review_of(school, lead, round_.id).last
    assert last is not None
    assert last.kind == "comments_read_again"
    undo_step(school, lead, round_.id, last.id, now=NOW)
    assert _readings(school, round_) == before


def test_a_few_corrections_teach_nothing(school: School, lead: StaffMember, round_: Round) -> None:
    _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS - 1)
    before = _readings(school, round_)
    assert read_again(school, lead, round_.id, now=NOW) == 0
    assert _readings(school, round_) == before


def test_what_a_person_sorted_stays(school: School, lead: StaffMember, round_: Round) -> None:
    _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS + 1)
    (kept,) = [c for c in review_of(school, lead, round_.id).questions[0].themes[0].comments if "12" not in c.shown][:1]
    sort_comment(school, lead, round_.id, kept.id, themes=("food", "transport"), mood="mixed", now=NOW)
    read_again(school, lead, round_.id, now=NOW)
    assert _readings(school, round_)[kept.shown].themes == ("food", "transport")


def test_nobody_learns_from_a_review_that_is_signed_or_is_not_theirs(
    school: School, lead: StaffMember, round_: Round
) -> None:
    with pytest.raises(NotPermitted):
        read_again(school, a_staff_member(school, "officer", account="officer"), round_.id, now=NOW)
    _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS + 1)
    release_words(school, lead, round_.id, today=NOW.date(), now=NOW)
    before = _readings(school, round_)
    with pytest.raises(AlreadyReleased):
        read_again(school, lead, round_.id, now=NOW)
    assert _readings(school, round_) == before


def test_a_theme_that_went_into_another_one_is_followed_there(school: School, lead: StaffMember, round_: Round) -> None:
    water = _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS + 1)
    transport = next(
        each for each in review_of(school, lead, round_.id).questions[0].themes if each.theme.code == "transport"
    )
    merge_themes(school, lead, round_.id, transport.theme.id, water, now=NOW)
    read_again(school, lead, round_.id, now=NOW)
    themes = {text: read.themes for text, read in _readings(school, round_).items()}
    # What was one already needs no other theme.
    assert {themes[one.text] for one in _BUS} == {("transport",)}
    assert {themes[one.text] for one in _WATER} == {(water,)}


def test_what_was_corrected_is_gone_with_the_comments(school: School, lead: StaffMember, round_: Round) -> None:
    _make_water_a_theme(school, lead, round_, FEWEST_CORRECTIONS + 1)
    delete_comments(school, round_.id, today=NOW.date())
    with pytest.raises(KeyGone):
        read_again(school, lead, round_.id, now=NOW)
    with Session(school.engine) as session:
        assert session.scalar(select(func.count()).select_from(ReviewStep)) == 0
