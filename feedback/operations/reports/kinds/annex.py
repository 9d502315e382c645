"""R9, the technical annex: every table, what was hidden and by which rule, methods with sources, and hashes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from analysis.census import Net, net_of
from analysis.detectable import detectable_delta
from analysis.disclosure import EVERY_CELL, FEWEST_FOR_WORDS, FLOOR, WHOLE_PERCENTS
from analysis.skipped import skipped
from analysis.summary import Reader, Summary
from analysis.suppressed import Rule, comparisons, rules_of
from analysis.tables import Column, Measure
from feedback.i18n import Catalogue
from feedback.models import Round
from feedback.operations.errors import StillInTheBox
from feedback.operations.evidence.frozen import evidence_for, round_seen
from feedback.operations.evidence.shape import RoundSeen, WavesSeen
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.reports.kinds.kind import Mark, Report, Room, Said
from feedback.operations.reports.kinds.pilot import RoundWords, day_of, pilot_marks, words_of
from feedback.operations.reports.kinds.teacher import (
    cell_words,
    marks_of,
    not_for_everybody,
    public_words,
    question_words,
    round_with_all,
)
from feedback.operations.rounds.columns import columns_of
from feedback.operations.school import School
from feedback.operations.schools import name_for
from feedback.operations.workshop.round_form import Corrected, corrections_of, form_of

#: People in each of two crowds, for which the smallest difference that can be seen is told.
_SIZES = (10, 20, 30, 50, 100)


@dataclass(frozen=True, slots=True)
class AnnexRound:
    """A round with what was hidden of it, question by question, and the questions that many left out."""

    seen: RoundSeen
    rules: Mapping[str, tuple[Rule, ...]]
    left_out: tuple[str, ...]
    comparisons: int
    #: Of each scale whose printed bars tell both of its ends: the top two answers less the bottom two.
    nets: Mapping[str, Net]
    #: The spelling that was put right while people answered.
    corrections: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """Everything the annex prints. `thresholds` are numbers of people; `detectable`: people -> smallest |delta| in
    hundredths; `hashes`: name -> SHA-256."""

    school: str
    title: Said
    rounds: tuple[AnnexRound, ...]
    waves: tuple[WavesSeen, ...]
    words: Mapping[str, RoundWords]
    thresholds: Mapping[str, int]
    detectable: Mapping[str, int]
    hashes: Mapping[str, str]
    marks: tuple[Mark, ...]
    release: str
    released_on: date


def pilot_annex(session: Session, school: School, pilot_id: str, language: str) -> Annex:
    """The annex to a pilot's report: all of its rounds; NotFound, StillInTheBox before the first release."""
    pilot = find_pilot(session, pilot_id)
    shown = evidence_for(session, school, pilot)
    evidence = shown.evidence
    if not evidence.rounds:
        raise StillInTheBox(pilot_id)
    hashes = {"evidence": shown.sha256 or "", "criterion": evidence.plan.locked_sha256 or ""}
    return Annex(
        school=name_for(school, pilot),
        title=public_words(evidence.plan.words, "title", language),
        rounds=tuple(_round(session, each) for each in evidence.rounds),
        waves=evidence.waves,
        words=words_of(session, evidence, language),
        thresholds=_thresholds(),
        detectable=_detectable(),
        hashes={name: digest for name, digest in hashes.items() if digest},
        marks=pilot_marks(shown),
        release=shown.sha256[:12] if shown.sha256 else "",
        released_on=day_of(shown),
    )


def round_annex(session: Session, school: School, round_id: str, language: str) -> Annex:
    """The annex to one round's page; NotFound, StillInTheBox before its release."""
    round_ = round_with_all(session, round_id)
    seen = round_seen(session, round_)
    if seen is None:
        raise StillInTheBox(round_id)
    instrument = form_of(round_)
    return Annex(
        school=name_for(school, round_.pilot),
        title=public_words(round_.pilot.words, "title", language),
        rounds=(_round(session, seen),),
        waves=(),
        words={seen.instrument_id: RoundWords(question_words(instrument, language), cell_words(instrument, language))},
        thresholds=_thresholds(),
        detectable=_detectable(),
        hashes={"criterion": round_.pilot.criterion_hash} if round_.pilot.criterion_hash else {},
        marks=marks_of(round_, seen.summary),
        release=seen.figures_sha256[:12],
        released_on=seen.released_on,
    )


def _round(session: Session, seen: RoundSeen) -> AnnexRound:
    round_ = session.get_one(Round, seen.id)
    instrument = form_of(round_)
    return AnnexRound(
        seen=seen,
        rules={each.question: rules for each in seen.summary.questions if (rules := rules_of(each))},
        left_out=skipped(seen.summary, not_for_everybody=not_for_everybody(instrument)),
        comparisons=comparisons(seen.summary),
        nets=_nets(columns_of(instrument), seen.summary),
        corrections=corrections_of(round_),
    )


def _nets(columns: Sequence[Column], summary: Summary) -> dict[str, Net]:
    found = {}
    for column in columns:
        if column.measure is Measure.SCALE:
            # Of three answers or fewer there is one at each end.
            ends = 2 if len(column.cells) > 3 else 1
            top, bottom = frozenset(column.cells[-ends:]), frozenset(column.cells[:ends])
            net = net_of(summary.question(column.question), top, bottom)
            if isinstance(net, Net):
                found[column.question] = net
    return found


def _thresholds() -> dict[str, int]:
    return {
        "team": FLOOR[Reader.TEAM],
        "public": FLOOR[Reader.PUBLIC],
        "words": FEWEST_FOR_WORDS,
        "percents": WHOLE_PERCENTS,
        "bars": EVERY_CELL,
    }


def _detectable() -> dict[str, int]:
    return {str(size): round(100 * delta) for size in _SIZES if (delta := detectable_delta(size, size)) is not None}


_ROOMS = (Room("snug"),)
ANNEX = Report("annex", "pilot", Catalogue.STAFF, pilot_annex, rooms=_ROOMS)
ROUND_ANNEX = Report("round_annex", "round", Catalogue.STAFF, round_annex, rooms=_ROOMS, partial="annex")
