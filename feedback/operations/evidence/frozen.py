"""A pilot's evidence: gathered from releases and the book, and frozen once, in the transaction that ends collecting."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.evidence_card import EvidenceCard, Fidelity, evidence_card
from analysis.reach import GroupReach, TotalTooSmall, reach
from analysis.summary import Reader, Summary
from analysis.waves import between_waves
from feedback.models import Evidence, Pilot, Round
from feedback.operations.errors import NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.evidence.book import amended, claims_seen, costs_seen, dose_seen, noted
from feedback.operations.evidence.shape import (
    PilotEvidence,
    Plan,
    RoundSeen,
    ThemeSeen,
    WavesSeen,
    thaw_evidence,
    write_evidence,
)
from feedback.operations.pilots.book import read_entries
from feedback.operations.results.read_release import Released, read_released
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from forms.same_question import sameness

#: The variable of groups that were handed links or sheets of their own.
_GROUP = "group"


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence as reports show it: frozen with its hash and day, or as it would be frozen now, with neither."""

    evidence: PilotEvidence
    sha256: str | None = None
    frozen_on: date | None = None


def freeze_evidence(session: Session, school: School, pilot: Pilot, today: date) -> Evidence:
    """Freeze what the pilot's reports say; the next number where it was frozen before."""
    body = write_evidence(gather(session, school, pilot))
    last = session.scalar(select(func.max(Evidence.number)).where(Evidence.pilot_id == pilot.id)) or 0
    digest = sha256(body.encode()).hexdigest()
    frozen = Evidence(pilot_id=pilot.id, number=last + 1, body=body, sha256=digest, frozen_on=today)
    session.add(frozen)
    session.flush()
    return frozen


def read_evidence(session: Session, pilot_id: str) -> Shown | None:
    """What was frozen last; None before, and after a purge of figures that it repeats."""
    newest = select(Evidence).where(Evidence.pilot_id == pilot_id).order_by(Evidence.number.desc()).limit(1)
    found = session.scalar(newest)
    return Shown(thaw_evidence(found.body), found.sha256, found.frozen_on) if found else None


def evidence_for(session: Session, school: School, pilot: Pilot) -> Shown:
    """What was frozen, or, before, the same as it stands now."""
    return read_evidence(session, pilot.id) or Shown(gather(session, school, pilot))


def gather(session: Session, _school: School, pilot: Pilot) -> PilotEvidence:
    """The evidence as it stands now. Nothing is read but releases, the plan and the book."""
    rounds = rounds_seen(session, pilot)
    decides = _decides(rounds)
    return PilotEvidence(
        plan=_plan(session, pilot),
        rounds=rounds,
        waves=_waves(session, rounds, pilot),
        dose=dose_seen(session, pilot),
        costs=costs_seen(session, pilot.id),
        book=noted(session, pilot.id),
        claims=claims_seen(session, pilot.id),
        card=card_beside(session, pilot, decides, rounds) if decides else None,
        decides=decides.id if decides else None,
    )


def round_seen(session: Session, round_: Round) -> RoundSeen | None:
    """A round as the evidence holds it; None where nothing of it is released."""
    try:
        released = read_released(session, round_, Reader.TEAM)
    except (StillInTheBox, NotEnoughVoices, ResultsPurged):
        return None
    return RoundSeen(
        id=round_.id,
        title=round_.title,
        audience=round_.audience,
        wave=round_.wave,
        released_on=released.released_on,
        figures_sha256=released.figures_sha256,
        words_sha256=released.words_sha256,
        instrument_id=round_.instrument_id,
        instrument_sha256=round_.instrument.sha256,
        k=round_.k,
        summary=released.summary,
        reach=reach_of(session, round_, released.summary),
        themes=_themes(released),
        imported=round_.imported,
    )


def rounds_seen(session: Session, pilot: Pilot) -> tuple[RoundSeen, ...]:
    """The pilot's released rounds, in the order in which they opened."""
    mine = select(Round).where(Round.pilot_id == pilot.id, Round.state == "scrubbed").order_by(Round.opens_at, Round.id)
    return tuple(seen for round_ in session.scalars(mine) if (seen := round_seen(session, round_)) is not None)


def reach_of(session: Session, round_: Round, summary: Summary) -> tuple[GroupReach, ...]:
    """How much of each declared group was heard, by the school's own numbers: those typed in last, else planned."""
    totals = {group["name"]: group["size"] for group in round_.groups if group.get("size")}
    codes = {group["code"]: group["name"] for group in round_.groups}
    for entry in read_entries(session, round_.pilot_id, "totals"):
        if entry.round_id == round_.id:
            totals |= {codes.get(name, name): people for name, people in entry.body["totals"].items()}
    while totals:
        try:
            return reach(summary, _GROUP, totals)
        except TotalTooSmall as wrong:
            # A number that cannot be is as good as none.
            del totals[wrong.group]
    return ()


def card_beside(session: Session, pilot: Pilot, mine: RoundSeen, rounds: tuple[RoundSeen, ...]) -> EvidenceCard:
    """How much a round's evidence can carry, beside the pilot's other rounds and its book.

    Sources agree where a line of the matrix says so and no source differs in it.
    """
    dose = dose_seen(session, pilot)
    planned = dose.planned_sessions if dose else None
    said = [list(line.sources.values()) for line in claims_seen(session, pilot.id)]
    agreed = [sources.count("agrees") for sources in said if "differs" not in sources]
    return evidence_card(
        mine.summary.people,
        mine.summary.rate,
        has_baseline=any(one.wave == "baseline" and one.audience == mine.audience for one in rounds),
        sources=max([1, *agreed]),
        fidelity=Fidelity(planned * dose.lines, dose.sessions) if dose and planned else None,
        missing=mine.reach,
    )


def _plan(session: Session, pilot: Pilot) -> Plan:
    return Plan(
        words=pilot.words,
        goal=pilot.goal,
        goal_sentence=pilot.goal_sentence,
        hypothesis=pilot.hypothesis,
        criterion=pilot.criterion,
        secondary=tuple(pilot.secondary or ()),
        planned_dose=pilot.planned_dose or {},
        also_changing=tuple(pilot.also_changing),
        starts_on=pilot.starts_on,
        ends_on=pilot.ends_on,
        owner_role=pilot.owner_role,
        exit_plan=pilot.exit_plan,
        proposed_by=pilot.proposed_by or "",
        locked_on=pilot.criterion_locked_on,
        locked_sha256=pilot.criterion_hash,
        sample=pilot.sample,
        amended=amended(session, pilot.id),
    )


def _themes(released: Released) -> tuple[ThemeSeen, ...]:
    asked = released.words.questions if released.words else ()
    return tuple(
        ThemeSeen(one.question, theme.theme, theme.label, theme.people, theme.share)
        for one in asked
        for theme in one.themes
    )


def _decides(rounds: tuple[RoundSeen, ...]) -> RoundSeen | None:
    """The last round that asked the criterion's question, one at the end before others; without one, the last round."""
    asked = [each for each in rounds if each.summary.criterion and each.wave != "baseline"]
    found = [each for each in asked if each.wave == "end"] or asked or list(rounds)
    return found[-1] if found else None


def _waves(session: Session, rounds: tuple[RoundSeen, ...], pilot: Pilot) -> tuple[WavesSeen, ...]:
    """The last baseline beside the last end of each audience that was asked the same questions in both."""
    found = []
    for audience in dict.fromkeys(each.audience for each in rounds):
        mine = [each for each in rounds if each.audience == audience]
        ends = [each for each in mine if each.wave == "end"]
        before = [each for each in mine if each.wave == "baseline" and ends and each.title == ends[-1].title]
        before = before or [each for each in mine if each.wave == "baseline"]
        if ends and before:
            found.append(_side_by_side(session, audience, before[-1], ends[-1], pilot))
    return tuple(found)


def _side_by_side(session: Session, audience: str, baseline: RoundSeen, end: RoundSeen, pilot: Pilot) -> WavesSeen:
    criteria = {each["question"]: each["cells"] for each in (*(pilot.secondary or ()), pilot.criterion) if each}
    then, now = (form_of(session.get_one(Round, each.id)) for each in (baseline, end))
    before = {each.question: each for each in baseline.summary.questions}
    both = [each for each in end.summary.questions if each.question in before]
    kinds = {each.question: sameness(then.question(each.question), now.question(each.question)) for each in both}
    return WavesSeen(
        audience,
        baseline.id,
        end.id,
        tuple(
            between_waves(before[each.question], each, cells=criteria.get(each.question))
            for each in both
            if kinds[each.question] != "answers" and each.measure == before[each.question].measure and each.bars
        ),
        reworded=tuple(question for question, kind in kinds.items() if kind == "words"),
        other_answers=tuple(question for question, kind in kinds.items() if kind == "answers"),
    )
