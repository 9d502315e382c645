"""One surprise: groups that differ before an answer that goes the other way, and nothing where there is nothing."""

from dataclasses import replace

from analysis.summary import (
    Bar,
    Breakdown,
    Finding,
    FindingKind,
    GroupFigure,
    People,
    QuestionSummary,
    Reader,
    Share,
    Summary,
    TooFew,
    Verdict,
)
from analysis.suppressed import Rule, comparisons, rules_of
from analysis.surprise import SurpriseKind, surprise
from analysis.tables import OTHER_GROUPS, Measure

CROWD = People(40, 44)
HIGH, LOW = Share("exactly", 80, 80, 80, (65, 90)), Share("exactly", 20, 20, 20, (10, 35))
MIDDLE = Share("exactly", 50, 50, 50, (35, 65))


def _question(name: str, figure: Share, *groups: GroupFigure) -> QuestionSummary:
    bars = (Bar(("yes",), figure, favourable=True), Bar(("no", "maybe"), figure))
    breakdowns = (Breakdown("group", groups),) if groups else ()
    return QuestionSummary(name, Measure.SCALE, CROWD, figure, bars, breakdowns)


def _summary(*questions: QuestionSummary) -> Summary:
    first = Finding(FindingKind.FAVOURABLE, "first", ("yes",), HIGH, Verdict.CLEAR_YES, None)
    return Summary(Reader.TEAM, CROWD, 60, MIDDLE, (_question("first", HIGH), *questions), (first,))


def test_groups_that_surely_differ_come_first() -> None:
    groups = (GroupFigure("Wrens", CROWD, LOW), GroupFigure("Robins", CROWD, HIGH))
    found = surprise(_summary(_question("low", LOW), _question("apart", HIGH, *groups)))
    assert found
    assert (found.kind, found.question, found.variable) == (SurpriseKind.GROUPS, "apart", "group")
    assert [one.group for one in found.groups] == ["Robins", "Wrens"]


def test_then_an_answer_that_goes_the_other_way() -> None:
    found = surprise(_summary(_question("so-so", MIDDLE), _question("low", LOW)))
    assert found
    assert (found.kind, found.question, found.cells) == (SurpriseKind.OTHER_WAY, "low", ("yes",))


def test_then_a_question_that_many_left_out() -> None:
    few = replace(_question("empty", MIDDLE), people=People(20, 24))
    found = surprise(_summary(few))
    assert found
    assert (found.kind, found.question) == (SurpriseKind.SKIPPED, "empty")
    assert surprise(_summary(few), not_for_everybody=["empty"]) is None


def test_groups_whose_intervals_touch_are_no_surprise() -> None:
    groups = (GroupFigure("Wrens", CROWD, MIDDLE), GroupFigure("Robins", CROWD, HIGH))
    assert surprise(_summary(_question("apart", HIGH, *groups))) is None


def test_what_is_hidden_is_listed_by_its_rule() -> None:
    ends = Share("at_least", 80, 100, 80, (60, 95))
    groups = (GroupFigure("Robins", CROWD, ends), GroupFigure(OTHER_GROUPS, TooFew(), TooFew()))
    assert rules_of(_question("one", ends, *groups)) == (Rule.ENDS, Rule.TOGETHER, Rule.MERGED, Rule.GROUP)
    hidden = QuestionSummary("two", Measure.SCALE, TooFew(), TooFew(), (), (Breakdown("group"),))
    assert rules_of(hidden) == (Rule.HIDDEN, Rule.GROUPS)


def test_only_pairs_of_printed_groups_are_counted_as_comparisons() -> None:
    groups = [GroupFigure(name, CROWD, HIGH) for name in ("Robins", "Wrens", "Larks")]
    hidden = GroupFigure(OTHER_GROUPS, TooFew(), TooFew())
    assert comparisons(_summary(_question("one", HIGH, *groups, hidden))) == 3
