"""Who was heard of each group, and how much a pilot's evidence can carry."""

from collections.abc import Sequence

import pytest

from analysis.evidence_card import EvidenceLevel, Fidelity, evidence_card
from analysis.reach import GroupReach, TotalTooSmall, reach
from analysis.summary import (
    Breakdown,
    Direction,
    Figure,
    GroupFigure,
    People,
    QuestionSummary,
    Reader,
    Share,
    Summary,
    TooFew,
)
from analysis.tables import OTHER_GROUPS, Measure

HALF = Share("exactly", 50, 50, 50, (30, 70))


def summary_of(*questions: Sequence[tuple[str, People | TooFew]]) -> Summary:
    """A team's summary whose questions are broken down by class into these groups."""
    told = []
    for place, groups in enumerate(questions):
        figures = tuple(
            GroupFigure(name, people, TooFew() if isinstance(people, TooFew) else HALF) for name, people in groups
        )
        breakdowns = (Breakdown("class", figures), Breakdown("bus"))
        told.append(QuestionSummary(f"q{place}", Measure.SCALE, People(60, 64), HALF, breakdowns=breakdowns))
    return Summary(Reader.TEAM, People(60, 64), None, None, tuple(told), ())


def test_each_group_has_a_rate_no_finer_than_its_band() -> None:
    summary = summary_of([("5a", People(20, 24)), ("5b", TooFew()), (OTHER_GROUPS, People(10, 14))])
    assert reach(summary, "class", {"5a": 40, "5b": 30, "5c": 12}) == (
        GroupReach("5a", 40, Share("between", 50, 60, 55, (50, 60))),
        GroupReach("5b", 30, TooFew()),
        GroupReach(OTHER_GROUPS, None, None),
        # It is not printed: perhaps it is one of the others.
        GroupReach("5c", 12, None),
    )


def test_the_question_that_most_of_a_group_answered_tells_its_reach() -> None:
    summary = summary_of([("5a", TooFew())], [("5a", People(20, 24))], [("5a", People(15, 19))])
    assert reach(summary, "class", {"5a": 40})[0].rate == Share("between", 50, 60, 55, (50, 60))


def test_nearly_everybody_is_coded() -> None:
    (found,) = reach(summary_of([("5a", People(20, 24))]), "class", {"5a": 22})
    assert found.rate == Share("at_least", 75, 100, 75, (75, 100))


def test_a_total_below_the_people_who_answered_names_its_group() -> None:
    summary = summary_of([("5a", People(20, 24)), ("5b", TooFew())])
    with pytest.raises(TotalTooSmall, match="fewer people than answered: 5a") as refused:
        reach(summary, "class", {"5a": 19})
    assert refused.value.group == "5a"
    # A hidden group answers no such trial.
    assert reach(summary, "class", {"5a": 20, "5b": 1})[1] == GroupReach("5b", 1, TooFew())


def test_a_variable_that_is_not_printed_tells_of_nobody() -> None:
    assert reach(summary_of([("5a", People(20, 24))]), "bus", {"yes": 10}) == (GroupReach("yes", 10, None),)


MOST = Share("between", 50, 60, 55, (50, 60))


@pytest.mark.parametrize(
    ("people", "rate", "sources", "baseline", "level"),
    [
        (People(20, 24), MOST, 3, True, EvidenceLevel.TRIANGULATED),
        (People(20, 24), MOST, 3, False, EvidenceLevel.TWO_SOURCES),
        (People(20, 24), MOST, 2, True, EvidenceLevel.TWO_SOURCES),
        (People(20, 24), MOST, 1, True, EvidenceLevel.ONE_SOURCE),
        (People(15, 19), MOST, 3, True, EvidenceLevel.THIN),
        (TooFew(), TooFew(), 3, True, EvidenceLevel.THIN),
        # From 49 to 58 %: not certainly half.
        (People(20, 24), Share("between", 49, 58, 53, (49, 58)), 3, True, EvidenceLevel.THIN),
        (People(20, 24), None, 3, True, EvidenceLevel.THIN),
        (People(20, 24), Direction("most"), 3, True, EvidenceLevel.THIN),
    ],
)
def test_evidence_is_as_strong_as_is_certain(
    people: People | TooFew, rate: Figure | None, sources: int, baseline: bool, level: EvidenceLevel
) -> None:
    assert evidence_card(people, rate, has_baseline=baseline, sources=sources).level is level


def test_a_card_keeps_what_it_was_made_of() -> None:
    missing = (GroupReach("5b", 30, TooFew()),)
    card = evidence_card(
        People(20, 24), MOST, has_baseline=True, sources=1, fidelity=Fidelity(planned=10, actual=7), missing=missing
    )
    assert (card.missing, card.fidelity, card.level.value) == (missing, Fidelity(10, 7), "C")
    with pytest.raises(ValueError, match="no source at all: 0"):
        evidence_card(People(20, 24), MOST, has_baseline=True, sources=0)
