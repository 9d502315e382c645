"""Questions that were left out by many, as far as bands tell."""

from analysis.skipped import skipped
from analysis.summary import People, QuestionSummary, Reader, Summary, TooFew
from analysis.tables import Measure


def summary_of(people: People | TooFew, **answered: People | TooFew) -> Summary:
    """A team's summary with so many people at each question."""
    questions = tuple(QuestionSummary(name, Measure.SCALE, band, TooFew()) for name, band in answered.items())
    return Summary(Reader.TEAM, people, None, None, questions, ())


def test_a_question_is_told_of_only_where_more_than_a_fifth_certainly_left_it_out() -> None:
    # At least 50 answered. 39 at most: 22 % left it out. 44 at most: 12 %, though it may have been 27 % (40 of 54).
    assert skipped(summary_of(People(50, 54), hard=People(35, 39), easy=People(40, 44))) == ("hard",)
    # 20 %, and not more: 80 of 100 at most.
    assert skipped(summary_of(People(105, 109), edge=People(80, 84))) == ()


def test_a_question_with_too_few_people_is_told_of_where_that_is_enough() -> None:
    assert skipped(summary_of(People(10, 14), hidden=TooFew())) == ("hidden",)
    assert skipped(summary_of(People(5, 9), hidden=TooFew())) == ()
    assert skipped(summary_of(TooFew(), hidden=TooFew())) == ()


def test_a_question_for_some_people_only_is_left_to_the_caller() -> None:
    found = skipped(summary_of(People(50, 54), hard=People(20, 24), bus=People(5, 9)), not_for_everybody={"bus"})
    assert found == ("hard",)
