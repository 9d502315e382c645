"""What a pilot's frozen evidence holds, as plain values and as canonical JSON. No comment and no quote is in here.

Everything is a copy of something released or written down; nothing is computed from it later but sums and words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from analysis.evidence_card import EvidenceCard
from analysis.reach import GroupReach
from analysis.summary import Figure, People, Summary, TooFew
from analysis.waves import WaveDifference


@dataclass(frozen=True, slots=True)
class Amended:
    """A change to what was agreed: `part` as in `entries.planned.Amendment`, both wordings, why and when."""

    part: str
    before: Any
    after: Any
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """The pilot's plan as it was locked, with what was amended since. Shapes as in `models.Pilot`."""

    words: Mapping[str, Mapping[str, str]]
    goal: str
    goal_sentence: str
    hypothesis: Mapping[str, str]
    criterion: Mapping[str, Any]
    secondary: tuple[Mapping[str, Any], ...]
    planned_dose: Mapping[str, Any]
    also_changing: tuple[str, ...]
    starts_on: date
    ends_on: date
    owner_role: str
    exit_plan: str
    proposed_by: str
    locked_on: date | None
    locked_sha256: str | None
    sample: bool
    amended: tuple[Amended, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeSeen:
    """An accepted theme: how many people wrote about it, of those who wrote to `question`."""

    question: str
    theme: str
    label: str
    people: People | TooFew
    share: Figure | None


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A released round. `instrument_id` names the questions' words; `imported`: answers given in another tool."""

    id: str
    title: str
    audience: str
    wave: str
    released_on: date
    figures_sha256: str
    words_sha256: str | None
    instrument_id: str
    instrument_sha256: str
    k: int
    summary: Summary
    reach: tuple[GroupReach, ...] = ()
    themes: tuple[ThemeSeen, ...] = ()
    imported: bool = False


@dataclass(frozen=True, slots=True)
class WavesSeen:
    """Two rounds of one audience with the same questions, before and after, question by question.

    `reworded` are those of them that were put in other words in between; `other_answers` are left out of them, for
    they had other answers then.
    """

    audience: str
    baseline_id: str
    end_id: str
    differences: tuple[WaveDifference, ...]
    reworded: tuple[str, ...] = ()
    other_answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoseSeen:
    """Use as logged, added up. `lines` are (week, group) pairs logged; planned numbers are for one such pair."""

    weeks: int
    lines: int
    sessions: int
    minutes: int
    planned_sessions: int | None
    planned_minutes: int | None
    departures: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CostsSeen:
    """Lines of (what, sort, amount). `money` is all but hours; `active`: pupils in the busiest week, None: unknown."""

    lines: tuple[tuple[str, str, float], ...]
    money: float
    hours: float
    active: int | None
    per_active: float | None


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry of the book as it is stored, without who wrote it."""

    id: str
    kind: str
    round_id: str | None
    body: Mapping[str, Any]
    written_on: date
    role: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """A line of the matrix; `single` is the one source that says something, where it is only one."""

    claim: str
    sources: Mapping[str, str]
    single: str | None


@dataclass(frozen=True, slots=True)
class PilotEvidence:
    """All of it. `card` is about the round that decides; None while no round is released."""

    plan: Plan
    rounds: tuple[RoundSeen, ...]
    waves: tuple[WavesSeen, ...]
    dose: DoseSeen | None
    costs: CostsSeen | None
    book: tuple[Noted, ...]
    claims: tuple[ClaimSeen, ...]
    card: EvidenceCard | None
    decides: str | None
    version: Literal[1] = 1

    def round(self, round_id: str) -> RoundSeen:
        """One of its rounds; KeyError."""
        for each in self.rounds:
            if each.id == round_id:
                return each
        raise KeyError(round_id)

    def noted(self, *kinds: str) -> tuple[Noted, ...]:
        """The book's entries of these kinds, the oldest first."""
        return tuple(each for each in self.book if each.kind in kinds)


_EVIDENCE = TypeAdapter(PilotEvidence)


def write_evidence(evidence: PilotEvidence) -> str:
    """As canonical JSON, as it is stored and hashed."""
    return _EVIDENCE.dump_json(evidence).decode()


def thaw_evidence(body: str) -> PilotEvidence:
    """The inverse of `write_evidence`; pydantic.ValidationError where the text is none."""
    return _EVIDENCE.validate_json(body)
