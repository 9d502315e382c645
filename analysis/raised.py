"""A summary for a school that asks for larger crowds than the floor: what is about fewer people is taken out of it.

It only takes away, from figures that were coarsened already, so nothing can be computed from it that could not before:
a question goes with all its bars, and a breakdown goes as a whole, because one group more that is hidden would be the
difference of the others.
"""

from dataclasses import replace

from analysis.disclosure import FLOOR
from analysis.summary import Breakdown, CriterionResult, People, QuestionSummary, Summary, TooFew
from analysis.verdict import verdict


def raised(summary: Summary, fewest: int) -> Summary:
    """The summary without what is about fewer than `fewest` people; as it is at the floor or below."""
    if fewest <= FLOOR[summary.reader]:
        return summary
    questions = tuple(_question(one, fewest) for one in summary.questions)
    hidden = {one.question for one in questions if isinstance(one.people, TooFew)}
    is_crowd = is_enough(summary.people, fewest)
    return replace(
        summary,
        people=summary.people if is_crowd else TooFew(),
        rate=summary.rate if is_crowd else None,
        questions=questions,
        findings=tuple(one for one in summary.findings if one.question not in hidden),
        criterion=_criterion(summary.criterion, hidden) if summary.criterion else None,
        secondary=tuple(_criterion(one, hidden) for one in summary.secondary),
    )


def is_enough(people: People | TooFew, fewest: int) -> bool:
    """Whether a printed number of people is a crowd of this size, wherever in its band it lies."""
    return isinstance(people, People) and people.low >= fewest


def _question(one: QuestionSummary, fewest: int) -> QuestionSummary:
    if not is_enough(one.people, fewest):
        return QuestionSummary(one.question, one.measure, TooFew(), TooFew(), places=one.places)
    return replace(one, breakdowns=tuple(_breakdown(each, fewest) for each in one.breakdowns))


def _breakdown(one: Breakdown, fewest: int) -> Breakdown:
    shown = [group.people for group in one.groups if isinstance(group.people, People)]
    return one if all(is_enough(people, fewest) for people in shown) else Breakdown(one.variable)


def _criterion(one: CriterionResult, hidden: set[str]) -> CriterionResult:
    if one.question not in hidden:
        return one
    word = verdict(TooFew(), one.target, rate=None, people=TooFew(), minimum_voices=one.minimum_voices)
    return replace(one, figure=TooFew(), verdict=word)
