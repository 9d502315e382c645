"""What a release does not show, and by which rule, in words without a number: the list of a technical annex."""

from collections.abc import Iterator
from enum import StrEnum

from analysis.summary import Direction, Figure, QuestionSummary, Share, Summary, TooFew
from analysis.tables import OTHER_GROUPS, Measure

#: Where one person may be in several cells.
_OVERLAPS = {Measure.CHOICES, Measure.RANKING}


class Rule(StrEnum):
    """Why something is not shown as it was counted; the sentences live in templates/reports/words/rules.html."""

    HIDDEN = "hidden"  # too few people answered
    WORD = "word"  # a word instead of a share
    WIDE = "wide"  # a wide band instead of a share
    ENDS = "ends"  # the end of the scale is coded
    TOGETHER = "together"  # answers are shown together
    ANSWERS = "answers"  # answers that few chose have no figure
    GROUPS = "groups"  # a breakdown is not shown at all
    MERGED = "merged"  # small groups are shown as one
    GROUP = "group"  # a group has no figure


def rules_of(question: QuestionSummary) -> tuple[Rule, ...]:
    """The rules that changed what is shown of a question, in the order of `Rule`."""
    found = set(_of_question(question)) | set(_of_groups(question))
    return tuple(rule for rule in Rule if rule in found)


def comparisons(summary: Summary) -> int:
    """How many pairs of printed groups a reader may compare, over all questions."""
    shown = [
        sum(isinstance(one.figure, Share) for one in breakdown.groups)
        for question in summary.questions
        for breakdown in question.breakdowns
    ]
    return sum(groups * (groups - 1) // 2 for groups in shown)


def _of_question(question: QuestionSummary) -> Iterator[Rule]:
    if isinstance(question.people, TooFew):
        yield Rule.HIDDEN
        return
    yield from _of_figure(question.headline)
    for bar in question.bars:
        if isinstance(bar.figure, TooFew):
            yield Rule.ANSWERS
        else:
            yield from _of_figure(bar.figure)
            if len(bar.cells) > 1 and question.measure not in _OVERLAPS:
                yield Rule.TOGETHER


def _of_groups(question: QuestionSummary) -> Iterator[Rule]:
    for breakdown in question.breakdowns:
        if not breakdown.groups:
            yield Rule.GROUPS
        for one in breakdown.groups:
            if one.group == OTHER_GROUPS:
                yield Rule.MERGED
            if isinstance(one.figure, TooFew):
                yield Rule.GROUP


def _of_figure(figure: Figure) -> Iterator[Rule]:
    if isinstance(figure, Direction):
        yield Rule.WORD
    elif isinstance(figure, Share) and figure.shape == "between":
        yield Rule.WIDE
    elif isinstance(figure, Share) and figure.shape != "exactly":
        yield Rule.ENDS
