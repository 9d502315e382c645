"""The data collection plan, the team and the milestones of a pilot, as one page reads them, with what is missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.pilots.amendments import Amended, amendments_of
from feedback.operations.pilots.book import Entry, read_entries
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.school import School
from feedback.operations.workshop.published import askable

#: Who should be heard on a team (domain.md, 75), in the order of the page. "other" is nobody's absence.
SEATS = ("teacher", "leader", "librarian", "counsellor", "it", "family", "student", "community")
_SHORTEST_WEEKS, _LONGEST_WEEKS = 6, 18


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at: "no_instrument" of a criterion, "no_round" of a wave, "too_long" or "short" in weeks."""

    code: str
    about: Any


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the page shows. `lines` are (entry, questions of the criteria that its instrument asks)."""

    pilot: Pilot
    lines: list[tuple[Entry, tuple[str, ...]]]
    seats: list[Entry]
    milestones: list[Entry]
    warnings: list[Warned]

    @property
    def missing_seats(self) -> tuple[str, ...]:
        """Who is not on the team."""
        present = {entry.body["seat"] for entry in self.seats}
        return tuple(seat for seat in SEATS if seat not in present)


@dataclass(frozen=True, slots=True)
class BesideThePlan:
    """What a pilot's own page says beside its plan: amendments, ideas, and the pilot that it follows."""

    amendments: list[Amended]
    ideas: list[Mapping[str, Any]]
    follows: Pilot | None


def plan_page(school: School, by: StaffMember, pilot_id: str) -> PlanPage:
    """The plan for whoever may see the pilot: it is read before it is approved. NotFound, NotPermitted."""
    pilot = pilot_for(school, by, pilot_id)
    with reading(school.engine) as session:
        found = read_entries(session, pilot_id, "plan_line", "seat", "milestone", by=by)
        # Those of others too: that a wave is being asked tells nothing about anybody.
        asked = session.execute(select(Round.wave, Round.audience).where(Round.pilot_id == pilot_id))
        waves = {(wave, audience) for wave, audience in asked}
    kinds = {kind: [entry for entry in found if entry.kind == kind] for kind in ("plan_line", "seat", "milestone")}
    asking = {each.instrument.id: {question.id for question in each.instrument.questions} for each in askable(school)}
    lines = [(line, answered(pilot, line.body, asking)) for line in kinds["plan_line"]]
    lines.sort(key=lambda line: (line[0].body["opens_on"] or "9999", line[0].id))
    return PlanPage(
        pilot=pilot,
        lines=lines,
        seats=sorted(kinds["seat"], key=lambda seat: (*SEATS, "other").index(seat.body["seat"])),
        milestones=sorted(kinds["milestone"], key=lambda entry: (entry.body["day"], entry.id)),
        warnings=[*_unasked(pilot, lines), *_without_round(lines, waves), *weeks_warned(pilot)],
    )


def beside_the_plan(school: School, by: StaffMember, pilot_id: str) -> BesideThePlan:
    """NotFound, NotPermitted, as for the pilot itself."""
    pilot = pilot_for(school, by, pilot_id)
    with reading(school.engine) as session:
        follows = session.get(Pilot, pilot.follows_id) if pilot.follows_id else None
        ideas: list[Mapping[str, Any]] = [entry.body for entry in read_entries(session, pilot_id, "idea")]
        beside = BesideThePlan(amendments_of(session, pilot_id), ideas, follows)
        session.expunge_all()
    return beside


def criteria_of(pilot: Pilot) -> list[dict[str, Any]]:
    """The criterion that decides, and then the secondary ones."""
    return [pilot.criterion, *pilot.secondary]


def answered(pilot: Pilot, line: Mapping[str, Any], asking: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The questions of the pilot's criteria that a plan line's form asks, in the order of the criteria.

    `asking` are the questions of each form that is offered; a line with another one says itself what it answers.
    """
    asked = asking.get(line["instrument"], line["criteria"])
    return tuple(each["question"] for each in criteria_of(pilot) if each["question"] in asked)


def weeks_warned(pilot: Pilot) -> list[Warned]:
    """Whether a pilot is longer or shorter than is good (domain.md, 10); nothing of one that never ends."""
    weeks = ((pilot.ends_on - pilot.starts_on).days + 1) / 7
    if pilot.standing or _SHORTEST_WEEKS <= weeks <= _LONGEST_WEEKS:
        return []
    return [Warned("too_long" if weeks > _LONGEST_WEEKS else "short", _whole_weeks(pilot.starts_on, pilot.ends_on))]


def _whole_weeks(first: date, last: date) -> int:
    return ((last - first).days + 7) // 7


def _unasked(pilot: Pilot, lines: Iterable[tuple[Entry, tuple[str, ...]]]) -> list[Warned]:
    asked = {question for _line, questions in lines for question in questions}
    return [Warned("no_instrument", each) for each in criteria_of(pilot) if each["question"] not in asked]


def _without_round(lines: Iterable[tuple[Entry, tuple[str, ...]]], there: set[tuple[str, str]]) -> list[Warned]:
    """The (wave, audience) that are planned, and that no round asks."""
    planned = {(line.body["wave"], line.body["audience"]): None for line, _questions in lines if line.body["wave"]}
    return [Warned("no_round", wave) for wave in planned if wave not in there]
