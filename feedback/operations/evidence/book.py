"""What a pilot's book adds to its evidence: amendments, use, costs, what was seen and counted, and what is claimed."""

from sqlalchemy.orm import Session

from feedback.models import Pilot
from feedback.operations.evidence.pilot_evidence import claims_of, costs_of, dose_of
from feedback.operations.evidence.shape import Amended, ClaimSeen, CostsSeen, DoseSeen, Noted
from feedback.operations.pilots.book import read_entries

#: What is kept as it was written.
_NOTED = ("observation", "work_sample", "usage", "assessment", "why_not", "milestone", "idea", "lesson")


def amended(session: Session, pilot_id: str) -> tuple[Amended, ...]:
    """Changes to what was agreed, the oldest first."""
    keys = ("part", "before", "after", "reason")
    found = read_entries(session, pilot_id, "amendment")
    return tuple(Amended(on=each.written_on, **{key: each.body[key] for key in keys}) for each in found)


def dose_seen(session: Session, pilot: Pilot) -> DoseSeen | None:
    """Use as logged; None where nobody logged any."""
    dose = dose_of(session, pilot.id)
    said = [line.said for line in dose.lines]
    if not said:
        return None
    return DoseSeen(
        weeks=len({each.week for each in said}),
        lines=len({(each.week, each.group) for each in said}),
        sessions=dose.sessions,
        minutes=dose.minutes,
        planned_sessions=dose.planned_sessions,
        planned_minutes=dose.planned_minutes,
        departures=tuple(each.departures for each in said if each.departures),
        supports=tuple(each.supports for each in said if each.supports),
    )


def costs_seen(session: Session, pilot_id: str) -> CostsSeen | None:
    """What it costs, and for each active pupil; None where nobody wrote a cost down."""
    costs = costs_of(session, pilot_id)
    if not costs.lines:
        return None
    lines = tuple((line.said.what, line.said.sort, line.said.amount) for line in costs.lines)
    return CostsSeen(lines, costs.money, costs.hours, costs.active, costs.per_active)


def noted(session: Session, pilot_id: str) -> tuple[Noted, ...]:
    """What was seen, counted and imported, as it is stored."""
    return tuple(
        Noted(each.id, each.kind, each.round_id, each.body, each.written_on, each.role)
        for each in read_entries(session, pilot_id, *_NOTED)
    )


def claims_seen(session: Session, pilot_id: str) -> tuple[ClaimSeen, ...]:
    """The matrix, in the order in which its lines were written; a source that is not named is silent."""
    return tuple(
        ClaimSeen(line.claim, {str(name): said for name, said in line.sources.items()}, line.single)
        for line in claims_of(session, pilot_id)
    )
