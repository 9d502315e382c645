"""One thing that the first findings do not say: groups that differ, an answer that goes the other way, a question that
many left out. Made from printed figures only."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from analysis.findings import HALF
from analysis.skipped import skipped
from analysis.summary import Figure, GroupFigure, QuestionSummary, Share, Summary


class SurpriseKind(StrEnum):
    """What sort of surprise it is; the sentences live in templates/reports/words/surprise.html."""

    GROUPS = "groups"
    OTHER_WAY = "other_way"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Surprise:
    """What to wonder about in `question`. GROUPS: the two groups of `variable` that differ most, the higher one
    first.

    OTHER_WAY: `figure` is the share of `cells`, surely on the other side of one half than the first finding.
    """

    kind: SurpriseKind
    question: str
    cells: tuple[str, ...] = ()
    figure: Figure | None = None
    variable: str = ""
    groups: tuple[GroupFigure, ...] = ()


def surprise(summary: Summary, *, not_for_everybody: Collection[str] = ()) -> Surprise | None:
    """The first of these that there is, in this order; None where the figures hold none.

    Groups differ where their intervals do not even touch, so that one pair among many is rarely chance.
    """
    found = _groups(summary) or _other_way(summary)
    if found is None:
        left_out = skipped(summary, not_for_everybody=not_for_everybody)
        found = Surprise(SurpriseKind.SKIPPED, left_out[0]) if left_out else None
    return found


def _groups(summary: Summary) -> Surprise | None:
    apart: list[tuple[int, Surprise]] = []
    for question in summary.questions:
        for breakdown in question.breakdowns:
            for one, other in combinations(breakdown.groups, 2):
                high, low = (one, other) if _point(one.figure) >= _point(other.figure) else (other, one)
                gap = _gap(high.figure, low.figure)
                if gap > 0:
                    apart.append((gap, _between(question, breakdown.variable, (high, low))))
    return max(apart, key=lambda found: found[0])[1] if apart else None


def _between(question: QuestionSummary, variable: str, groups: tuple[GroupFigure, GroupFigure]) -> Surprise:
    return Surprise(SurpriseKind.GROUPS, question.question, variable=variable, groups=groups)


def _other_way(summary: Summary) -> Surprise | None:
    if not summary.findings or not isinstance(summary.findings[0].figure, Share):
        return None
    is_high = summary.findings[0].figure.point > HALF
    told = {finding.question for finding in summary.findings}
    others = [each for each in summary.questions if each.question not in told and _better(each)]
    against = [each for each in others if _is_surely(each.headline, above=not is_high)]
    if not against:
        return None
    found = max(against, key=lambda each: abs(_point(each.headline) - HALF))
    return Surprise(SurpriseKind.OTHER_WAY, found.question, _better(found), found.headline)


def _better(question: QuestionSummary) -> tuple[str, ...]:
    """The favourable cells; none where one bar of them is not the headline's own."""
    return next((bar.cells for bar in question.bars if bar.favourable and bar.figure == question.headline), ())


def _is_surely(figure: Figure, *, above: bool) -> bool:
    if not isinstance(figure, Share):
        return False
    return figure.interval[0] > HALF if above else figure.interval[1] < HALF and figure.shape != "at_least"


def _gap(high: Figure, low: Figure) -> int:
    """Whole points between two intervals, opened at a coded end; 0 where they touch or one is a word."""
    if not isinstance(high, Share) or not isinstance(low, Share):
        return 0
    from_ = 0 if high.shape == "at_most" else high.interval[0]
    to = 100 if low.shape == "at_least" else low.interval[1]
    return max(0, from_ - to)


def _point(figure: Figure) -> int:
    return figure.point if isinstance(figure, Share) else 0
