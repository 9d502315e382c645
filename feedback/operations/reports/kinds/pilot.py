"""R2, the pilot report: what was tried, what came out, and what may be decided, from the pilot's evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.i18n import Catalogue
from feedback.models import InstrumentVersion, Round
from feedback.operations.evidence.frozen import Shown, evidence_for
from feedback.operations.evidence.pilot_evidence import SOURCES
from feedback.operations.evidence.shape import PilotEvidence, RoundSeen
from feedback.operations.pilots.book import read_entries
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.reports.kinds.kind import Mark, Report, Room, Said, written
from feedback.operations.reports.kinds.teacher import Hypothesis, cell_words, public_words, question_words
from feedback.operations.school import School
from feedback.operations.schools import name_for
from feedback.operations.workshop.round_form import corrected_form, corrections_of

_ROOMS = (Room("plain"), Room("snug"), Room("tight"))
AUDIENCES = ("students", "families", "staff")


@dataclass(frozen=True, slots=True)
class RoundWords:
    """The words of one instrument version in the report's language: question -> words, question -> cell -> words."""

    questions: Mapping[str, Said]
    labels: Mapping[str, Mapping[str, Said]]


@dataclass(frozen=True, slots=True)
class PilotReport:
    """A pilot's evidence with the words of its questions, by id of the instrument version.

    `release` is the start of the evidence's hash, "" before it was frozen. `decision` has the shape of
    `entries.PilotDecision`, None before there is one; `reflections` are the merged answers, by question of the four.
    """

    school: str
    title: Said
    trying: Said
    hypothesis: Hypothesis
    evidence: PilotEvidence
    words: Mapping[str, RoundWords]
    marks: tuple[Mark, ...]
    release: str
    released_on: date
    sha256: str | None
    decision: Mapping[str, Any] | None
    reflections: Mapping[str, tuple[str, ...]]

    @property
    def decides(self) -> RoundSeen | None:
        """The round that decides."""
        return self.evidence.round(self.evidence.decides) if self.evidence.decides else None

    @property
    def audiences(self) -> Mapping[str, tuple[RoundSeen, ...]]:
        """Audience -> its rounds; audiences are never added together."""
        found = {name: tuple(one for one in self.evidence.rounds if one.audience == name) for name in AUDIENCES}
        return {name: rounds for name, rounds in found.items() if rounds}


def pilot_report(session: Session, school: School, pilot_id: str, language: str) -> PilotReport:
    """What the report says; NotFound."""
    pilot = find_pilot(session, pilot_id)
    shown = evidence_for(session, school, pilot)
    plan = shown.evidence.plan
    decisions = read_entries(session, pilot_id, "decision")
    return PilotReport(
        school=name_for(school, pilot),
        title=public_words(plan.words, "title", language),
        trying=public_words(plan.words, "trying", language),
        hypothesis=Hypothesis(**{part: written(plan.hypothesis[part]) for part in Hypothesis.__slots__}),
        evidence=shown.evidence,
        words=words_of(session, shown.evidence, language),
        marks=pilot_marks(shown),
        release=shown.sha256[:12] if shown.sha256 else "",
        released_on=day_of(shown),
        sha256=shown.sha256,
        decision=dated(decisions[-1].body, "next_review") if decisions else None,
        reflections=_merged([each.body for each in read_entries(session, pilot_id, "reflection")]),
    )


def words_of(session: Session, evidence: PilotEvidence, language: str) -> dict[str, RoundWords]:
    """The words of every instrument version that a round of the evidence asked."""
    found = {}
    for version_id in sorted({each.instrument_id for each in evidence.rounds}):
        asked = [session.get(Round, each.id) for each in evidence.rounds if each.instrument_id == version_id]
        # Two rounds of one version are told in one set of words: a spelling that one put right is right for both.
        corrections = [one for round_ in asked if round_ for one in corrections_of(round_)]
        instrument = corrected_form(session.get_one(InstrumentVersion, version_id).body, corrections)
        found[version_id] = RoundWords(question_words(instrument, language), cell_words(instrument, language))
    return found


def pilot_marks(shown: Shown) -> tuple[Mark, ...]:
    """What sort of figures a pilot's evidence has."""
    marks = [Mark.SAMPLE] if shown.evidence.plan.sample else []
    marks += [Mark.IMPORTED] if any(each.imported for each in shown.evidence.rounds) else []
    return (*marks, *([] if shown.sha256 else [Mark.PREVIEW]))


def day_of(shown: Shown) -> date:
    """The day on which it was frozen; before, that of its newest release, so that the same facts are the same file."""
    released = [each.released_on for each in shown.evidence.rounds]
    return shown.frozen_on or max([shown.evidence.plan.starts_on, *released])


def dated(body: Mapping[str, Any], *days: str) -> dict[str, Any]:
    """An entry's body with these of its days as days: JSON has none."""
    return {**body, **{name: date.fromisoformat(body[name]) for name in days if body.get(name)}}


def _merged(bodies: list[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Question -> everybody's answers to it, without who gave them."""
    parts = ("happened", "intended", "changed_for_students", "next")
    return {part: tuple(body[part] for body in bodies if body[part]) for part in parts} if bodies else {}


def _arranged(_page: PilotReport, _room: Room) -> dict[str, Any]:
    return {"SOURCES": SOURCES}


PILOT = Report(
    kind="pilot",
    scope="pilot",
    catalogue=Catalogue.STAFF,
    facts=pilot_report,
    sides=6,
    rooms=_ROOMS,
    arrange=_arranged,
)
