"""What is said first, and what is advised."""

import pytest

from analysis.disclosure import people_band, share
from analysis.findings import choose, finding_of
from analysis.summary import Direction, Finding, FindingKind, Level, QuestionSummary, Reader, Share, TooFew, Verdict
from analysis.tables import Measure

MOST_ANSWERED = Share("exactly", 80, 80, 80, (80, 80))


def found(question: str, count: int, people: int, kind: FindingKind = FindingKind.FAVOURABLE) -> Finding:
    """The team's finding that `count` of `people` said yes."""
    shown = QuestionSummary(
        question,
        Measure.SCALE,
        people_band(people, reader=Reader.TEAM),
        headline=share(count, people, reader=Reader.TEAM),
    )
    finding = finding_of(shown, kind, ("yes",), rate=MOST_ANSWERED)
    assert finding is not None
    return finding


@pytest.mark.parametrize(
    ("count", "people", "word", "level"),
    [
        (90, 100, Verdict.CLEAR_YES, Level.HIGH),
        (20, 100, Verdict.CLEAR_NO, Level.LOW),
        (116, 200, Verdict.CLEAR_YES, Level.MIDDLE),  # 51 to 65: more than half, but not high
        (84, 200, Verdict.CLEAR_NO, Level.MIDDLE),
        (13, 20, Verdict.LEANING_YES, Level.HIGH),
        (50, 100, Verdict.CANNOT_TELL, None),
        (5, 9, Verdict.CANNOT_TELL, None),
    ],
)
def test_nothing_is_advised_where_nothing_can_be_told(
    count: int, people: int, word: Verdict, level: Level | None
) -> None:
    finding = found("helps", count, people)
    assert (finding.verdict, finding.level) == (word, level)


def test_an_answer_that_is_neither_better_nor_worse_has_no_advice() -> None:
    assert found("colour", 90, 100, FindingKind.CHOSEN).level is None


def test_too_few_people_are_no_finding() -> None:
    nothing = QuestionSummary("helps", Measure.SCALE, TooFew(), TooFew())
    assert finding_of(nothing, FindingKind.FAVOURABLE, ("yes",), rate=None) is None


def test_the_criterion_comes_first_then_the_strongest_high_and_low() -> None:
    all_of_them = [
        found("a", 60, 100),
        found("b", 85, 100),
        found("c", 30, 100),
        found("d", 10, 100),
        found("e", 50, 100),
    ]
    assert [finding.question for finding in choose(all_of_them, first="e")] == ["e", "b", "d"]
    assert [finding.question for finding in choose(all_of_them, first=None)] == ["b", "d", "c"]


def test_without_a_low_the_next_is_what_is_furthest_from_the_middle() -> None:
    all_high = [found("a", 60, 100), found("b", 85, 100), found("c", 70, 100)]
    assert [finding.question for finding in choose(all_high, first=None)] == ["b", "c", "a"]


def test_a_common_answer_fills_up_but_is_never_a_high_or_a_low() -> None:
    some = [
        found("colour", 90, 100, FindingKind.CHOSEN),
        found("bus", 20, 100, FindingKind.CHOSEN),
        found("a", 55, 100),
    ]
    assert [finding.question for finding in choose(some, first=None)] == ["a", "colour", "bus"]


def test_equally_strong_findings_keep_the_order_of_the_form() -> None:
    same = [found("b", 70, 100), found("a", 70, 100), found("d", 30, 100), found("c", 30, 100)]
    assert [finding.question for finding in choose(same, first=None)] == ["b", "d", "a"]


def test_words_can_be_findings() -> None:
    assert found("helps", 8, 9).figure == Direction("most")
