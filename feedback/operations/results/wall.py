"""What may hang on a wall: the goal, how it goes in each class, the next test, and what was answered.

A wall is public, whoever prints it: every figure here is the public's, coarsened, and never of the team's release.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.summary import Reader, Share
from feedback.db import reading
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.errors import NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.pilots.book import Entry, read_entries
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.results.read_replies import ReplyLine, replies_for
from feedback.operations.results.trend import Heard, Trend, hear, trend_of
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.permissions import Action
from forms.definition import Instrument

#: A wall is read from afar.
MOST_REPLIES = 4


@dataclass(frozen=True, slots=True)
class OfClass:
    """One class, or other group that was asked under one name, on the question that the wall is about."""

    title: str
    trend: Trend
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Answered:
    """One published reply, with the form of the round that it answers."""

    line: ReplyLine
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Wall:
    """`cycle` is the newest cycle, None where there is none."""

    pilot: Pilot
    classes: tuple[OfClass, ...]
    cycle: Entry | None
    replies: tuple[Answered, ...]


def wall_of(school: School, by: StaffMember, pilot_id: str, language: str) -> Wall:
    """A pilot's wall; of classes and replies those whose round this account may see. NotPermitted, NotFound."""
    allow(by, Action.SEE_RELEASES)
    pilot = pilot_for(school, by, pilot_id)
    with reading(school.engine) as session:
        mine = [each.id for each in pilot.rounds]
        of_pilot = select(Round).where(Round.id.in_(mine)).options(joinedload(Round.instrument))
        rounds = list(session.scalars(of_pilot.order_by(Round.title, Round.opens_at, Round.id)))
        classes = _classes(school, session, pilot, rounds)
        cycles = read_entries(session, pilot_id, "cycle")
        replies = _replies(session, rounds, language)
        session.expunge_all()
    return Wall(pilot, classes, max(cycles, key=lambda each: int(each.body["number"]), default=None), replies)


def _classes(school: School, session: Session, pilot: Pilot, rounds: Sequence[Round]) -> tuple[OfClass, ...]:
    """By name, which ranks nobody."""
    found = []
    for title in dict.fromkeys(each.title for each in rounds):
        named = [each for each in rounds if each.title == title]
        heard = hear(school, session, named, Reader.PUBLIC)
        question = _question(pilot, heard)
        if question is not None:
            trend = trend_of(question, heard)
            last = next(each for each in named if each.id == trend.spots[-1].heard.round_id)
            found.append(OfClass(title, trend, form_of(last)))
    return tuple(found)


def _question(pilot: Pilot, heard: Sequence[Heard]) -> str | None:
    """What decides the pilot, where this class was asked it; else the first question that has a share to show."""
    shown = [each.question for one in heard for each in one.summary.questions if isinstance(each.headline, Share)]
    decides = pilot.criterion.get("question")
    return decides if decides in shown else next(iter(shown), None)


def _replies(session: Session, rounds: Sequence[Round], language: str) -> tuple[Answered, ...]:
    """The newest rounds' first."""
    found: list[Answered] = []
    for round_ in sorted(rounds, key=lambda each: each.opens_at, reverse=True):
        try:
            lines = replies_for(session, round_, language)
        except (NotEnoughVoices, ResultsPurged, StillInTheBox):
            continue
        found += [Answered(line, form_of(round_)) for line in lines]
    return tuple(found[:MOST_REPLIES])
