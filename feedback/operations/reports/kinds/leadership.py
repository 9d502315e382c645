"""R7, the leadership pack: seven conversation starters, each beside its evidence (domain.md, row 38)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.i18n import Catalogue
from feedback.operations.evidence.shape import Noted
from feedback.operations.pilots.book import read_entries
from feedback.operations.reports.kinds.kind import Report, Room
from feedback.operations.reports.kinds.of_the_pilot import OfThePilot
from feedback.operations.reports.kinds.pilot import dated, pilot_report
from feedback.operations.results.promises import promised_by
from feedback.operations.school import School

#: Fewest taps for a reason to be told: one tap is one person's.
_FEWEST_TAPS = 5


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """A day by which something was promised about a round, and the day on which it was done, None so far."""

    title: str
    due: date
    done: date | None
    #: Whether it is the round's own promise, to answer at all.
    to_answer: bool


@dataclass(frozen=True, slots=True)
class Used:
    """A tool in the weeks that were imported: pupils in its busiest class and week, None: too few or not known."""

    tool: str
    weeks: int
    most_active: int | None


@dataclass(frozen=True, slots=True)
class Pack(OfThePilot):
    """The pilot report's facts, sorted by starters, and the decisions that are due.

    `used`: tools, the least used first. `reasons`: why tools are not used -> taps, where there are enough to tell.
    `decide_on`: (day, what), in order.
    """

    used: tuple[Used, ...]
    reasons: Mapping[str, int]
    ideas: tuple[str, ...]
    lessons: tuple[str, ...]
    promises: tuple[PromiseMade, ...]
    decide_on: tuple[tuple[date, str], ...]


def leadership(session: Session, school: School, pilot_id: str, language: str) -> Pack:
    """What the pack says; NotFound."""
    told = pilot_report(session, school, pilot_id, language)
    evidence = told.evidence
    return Pack(
        told=told,
        used=_used(evidence.noted("usage")),
        reasons=_reasons(evidence.noted("why_not")),
        ideas=tuple(each.body["idea"] for each in evidence.noted("idea")),
        lessons=tuple(each.body["learned"] for each in evidence.noted("lesson")),
        promises=tuple(
            PromiseMade(owed.title, owed.due, done, owed.question is None)
            for owed, done in promised_by(session, pilot_id)
        ),
        decide_on=_decisions_due(session, pilot_id),
    )


def _used(rows: tuple[Noted, ...]) -> tuple[Used, ...]:
    tools: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        tools.setdefault(row.body["tool"], []).append(row.body)
    found = [
        Used(tool, len({each["week"] for each in said}), max((each["active"] or 0 for each in said), default=0) or None)
        for tool, said in tools.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.most_active or 0, one.weeks, one.tool)))


def _reasons(rows: tuple[Noted, ...]) -> dict[str, int]:
    taps = Counter(row.body["why"] for row in rows)
    return {why: count for why, count in taps.most_common() if count >= _FEWEST_TAPS}


def _decisions_due(session: Session, pilot_id: str) -> tuple[tuple[date, str], ...]:
    """Decision points of the calendar, and the last decision's next look; "" is that one."""
    milestones = [dated(each.body, "day") for each in read_entries(session, pilot_id, "milestone")]
    points = [(each["day"], each["what"]) for each in milestones if each["decision_point"]]
    decisions = [dated(each.body, "next_review") for each in read_entries(session, pilot_id, "decision")]
    return tuple(sorted([*points, *((each["next_review"], "") for each in decisions[-1:])]))


LEADERSHIP = Report(
    kind="leadership",
    scope="pilot",
    catalogue=Catalogue.STAFF,
    facts=leadership,
    sides=3,
    rooms=(Room("plain", themes=5), Room("snug", themes=5), Room("tight", themes=5), Room("tight", themes=3)),
    template="reports/handout.html",
)
