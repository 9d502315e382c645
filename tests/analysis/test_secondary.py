"""Secondary criteria: up to four targets, told as one family."""

import json

import pytest

from analysis.proportions import chance_of_share
from analysis.secondary import refuse_doubles, upheld
from analysis.summarise import summarise
from analysis.summary import (
    CriterionResult,
    Figure,
    People,
    Reader,
    Share,
    Summary,
    TooFew,
    Verdict,
    freeze_summary,
    thaw_summary,
)
from analysis.tables import Column, Measure, Tally
from analysis.verdict import Criterion

NAMES = ("a", "b", "c", "d", "e", "f")
COLUMNS = [Column(name, Measure.SCALE, ("no", "bit", "yes"), frozenset({"yes"})) for name in NAMES]


def target(question: str, percent: int = 60, *cells: str) -> Criterion:
    """So many percent should say yes."""
    return Criterion(question, cells or ("yes",), percent, 10)


def summary_of(said: list[int], *secondary: Criterion, people: int = 100, primary: Criterion | None = None) -> Summary:
    """A team's summary of questions a, b … to which so many said yes, of 110 asked."""
    tallies = [
        Tally(name, people, {"no": 0, "bit": people - yes, "yes": yes}) for name, yes in zip(NAMES, said, strict=False)
    ]
    return summarise(
        COLUMNS[: len(said)],
        tallies,
        reader=Reader.TEAM,
        respondents=people,
        group_size=110,
        criterion=primary,
        secondary=secondary,
    )


def words(summary: Summary) -> list[Verdict]:
    return [one.verdict for one in summary.secondary]


def test_the_chance_of_a_share_is_that_of_the_score_test() -> None:
    # (share - target) / sqrt(target * (1 - target) / people): 0 of 25 against one half (A. Agresti, Categorical Data
    # Analysis, 2nd edition 2002, 1.4.3) is z = -5, 60 of 100 is z = 2, two-sided 0.0455.
    assert chance_of_share(0, 25, 0.5) == pytest.approx(5.7e-7, rel=0.01)
    assert chance_of_share(0.6, 100, 0.5) == pytest.approx(0.0455, abs=1e-4)
    assert (chance_of_share(1, 25, 1), chance_of_share(0.9, 25, 1)) == (1, 0)
    with pytest.raises(ValueError, match="no share of 0 people"):
        chance_of_share(0.5, 0, 0.5)


def test_one_secondary_criterion_is_answered_like_the_primary_one() -> None:
    # 70 of 100: 60 to 78, and z = 2.04 against 60.
    assert words(summary_of([70], target("a"))) == [Verdict.CLEAR_YES]


def test_a_clear_yes_that_the_family_does_not_uphold_leans_where_ten_points_are_between() -> None:
    # Twice 0.041 is more than 5 %.
    assert words(summary_of([70, 60], target("a"), target("b"))) == [Verdict.LEANING_YES, Verdict.CANNOT_TELL]


def test_beside_a_criterion_that_is_beyond_doubt_the_next_one_counts_once_only() -> None:
    # 80 against 60 is z = 4.08: Holm steps down, and 0.041 is then the only one left.
    assert words(summary_of([70, 80], target("a"), target("b"))) == [Verdict.CLEAR_YES, Verdict.CLEAR_YES]


def test_less_than_ten_points_are_nothing_to_lean_on() -> None:
    # 276 of 400 is 69 %: 64 to 73, z = 3.67 against 60, clear alone and among four.
    assert words(summary_of([276], target("a"), people=400))[0] is Verdict.CLEAR_YES
    # 69 against 64: z = 2.08, 0.037 alone, and 0.148 as the smallest of four.
    family = [target(name, 64) for name in "abcd"]
    assert words(summary_of([276], target("a", 64), people=400)) == [Verdict.CLEAR_YES]
    assert words(summary_of([276, 256, 256, 256], *family, people=400)) == [Verdict.CANNOT_TELL] * 4


def test_the_no_of_a_family_falls_likewise() -> None:
    # 49 against 60: z = -2.25, 0.025 alone, and three times that beside two others.
    assert words(summary_of([49], target("a"))) == [Verdict.CLEAR_NO]
    three = [target(name) for name in "abc"]
    assert words(summary_of([49, 60, 60], *three)) == [Verdict.LEANING_NO, Verdict.CANNOT_TELL, Verdict.CANNOT_TELL]


def result(figure: Figure, percent: int, word: Verdict) -> CriterionResult:
    return CriterionResult("a", ("yes",), percent, 10, figure, word)


def test_a_coded_share_counts_by_its_end_that_lies_nearest_to_the_target() -> None:
    # 60 to 80 % of 10 to 14 people against 35: 60 is z = 1.66, though 70, its middle, would be 2.32.
    wide = Share("between", 60, 80, 70, (40, 89))
    (found,) = upheld([result(wide, 35, Verdict.CLEAR_YES)], {"a": People(10, 14)})
    assert found.verdict is Verdict.LEANING_YES
    most = Share("at_least", 80, 100, 80, (49, 94))
    (found,) = upheld([result(most, 40, Verdict.CLEAR_YES)], {"a": People(10, 14)})
    assert found.verdict is Verdict.CLEAR_YES


def test_what_was_not_told_stays_so() -> None:
    far = Share("exactly", 90, 90, 90, (80, 95))
    (found,) = upheld([result(far, 85, Verdict.CANNOT_TELL)], {"a": People(40, 44)})
    assert found.verdict is Verdict.CANNOT_TELL
    (found,) = upheld([result(TooFew(), 60, Verdict.CANNOT_TELL)], {"a": TooFew()})
    assert found.verdict is Verdict.CANNOT_TELL


def test_its_cells_are_the_headline_of_its_question() -> None:
    summary = summary_of([70, 40], target("b", 60, "yes", "bit"), primary=target("a"))
    assert summary.criterion is not None
    assert summary.criterion.verdict is Verdict.CLEAR_YES
    assert summary.question("b").headline == summary.secondary[0].figure == Share("at_least", 95, 100, 95, (89, 98))
    assert summary.findings[0].question == "a"


def test_two_criteria_about_one_question_are_refused_and_a_fifth_one_too() -> None:
    with pytest.raises(ValueError, match="two criteria about one question: a"):
        summary_of([70, 70], target("a"), primary=target("a"))
    with pytest.raises(ValueError, match="two criteria about one question: b"):
        refuse_doubles(None, [target("b"), target("b")])
    with pytest.raises(ValueError, match="more than 4 secondary criteria: 5"):
        refuse_doubles(None, [target(name) for name in "abcde"])
    with pytest.raises(KeyError, match="f"):
        summary_of([70], target("f"))


def test_a_release_from_before_there_were_secondary_criteria_can_still_be_read() -> None:
    summary = summary_of([70, 80], target("b"))
    frozen = freeze_summary(summary)
    assert thaw_summary(frozen) == summary
    body = json.loads(frozen)
    del body["secondary"]
    assert thaw_summary(json.dumps(body)).secondary == ()
