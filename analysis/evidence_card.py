"""How much a pilot's evidence can carry: a card of plain facts, and one of four levels (domain.md 4.5)."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.reach import GroupReach
from analysis.summary import Figure, People, Share, TooFew
from analysis.verdict import RATE_FOR_CLEAR

#: Fewer people than this are thin evidence, whatever they say.
FEWEST_PEOPLE = 20


class EvidenceLevel(StrEnum):
    """Local feedback evidence, from strongest to thinnest. None of them is a tier of ESSA."""

    TRIANGULATED = "A"
    TWO_SOURCES = "B"
    ONE_SOURCE = "C"
    THIN = "D"


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How often the pilot's change was planned to happen, and how often it did."""

    planned: int
    actual: int


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """Who was heard, who is missing, and what stands beside it. `sources` counts those that agree, this one included.

    `rate` is None where nobody knows how many were asked, `fidelity` where nobody counted; `missing` is what
    `analysis.reach` tells of the groups.
    """

    people: People | TooFew
    rate: Figure | None
    missing: tuple[GroupReach, ...]
    has_baseline: bool
    fidelity: Fidelity | None
    sources: int
    level: EvidenceLevel


def evidence_card(
    people: People | TooFew,
    rate: Figure | None,
    *,
    has_baseline: bool,
    sources: int,
    fidelity: Fidelity | None = None,
    missing: tuple[GroupReach, ...] = (),
) -> EvidenceCard:
    """The card with its level, by what is certain only: bands count by their low end, an unknown rate as a low one.

    ValueError without a source that agrees: the answers themselves are one.
    """
    if sources < 1:
        raise ValueError(f"no source at all: {sources}")
    level = _level(people, rate, has_baseline=has_baseline, sources=sources)
    return EvidenceCard(people, rate, missing, has_baseline, fidelity, sources, level)


def _level(people: People | TooFew, rate: Figure | None, *, has_baseline: bool, sources: int) -> EvidenceLevel:
    many = isinstance(people, People) and people.low >= FEWEST_PEOPLE
    if not many or not isinstance(rate, Share) or rate.low < RATE_FOR_CLEAR:
        return EvidenceLevel.THIN
    if sources >= 3 and has_baseline:
        return EvidenceLevel.TRIANGULATED
    return EvidenceLevel.TWO_SOURCES if sources >= 2 else EvidenceLevel.ONE_SOURCE
