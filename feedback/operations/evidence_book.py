"""What a pilot's book adds to its evidence: amendments, use, costs, what was seen and counted, and what is claimed."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from feedback.models import Pilot
from feedback.operations.book import read_entries
from feedback.operations.evidence_shape import Amended, ClaimSeen, CostsSeen, DoseSeen, Noted

#: Sources of the matrix, in its order.
SOURCES = ("survey", "observation", "work_sample", "assessment", "usage", "dose")
#: What is kept as it was written.
_NOTED = ("observation", "work_sample", "usage", "assessment", "why_not", "milestone", "idea", "lesson")


def amended(session: Session, pilot_id: str) -> tuple[Amended, ...]:
    """Changes to what was agreed, the oldest first."""
    keys = ("part", "before", "after", "reason")
    found = read_entries(session, pilot_id, "amendment")
    return tuple(Amended(on=each.written_on, **{key: each.body[key] for key in keys}) for each in found)


def dose_seen(session: Session, pilot: Pilot) -> DoseSeen | None:
    """Use as logged; None where nobody logged any."""
    said = [each.body for each in read_entries(session, pilot.id, "dose")]
    if not said:
        return None
    plan = pilot.planned_dose or {}
    return DoseSeen(
        weeks=len({each["week"] for each in said}),
        lines=len({(each["week"], each["group"]) for each in said}),
        sessions=sum(each["sessions"] for each in said),
        minutes=sum(each["minutes"] for each in said),
        planned_sessions=plan.get("sessions"),
        planned_minutes=plan.get("minutes"),
        departures=tuple(each["departures"] for each in said if each["departures"]),
        supports=tuple(each["supports"] for each in said if each["supports"]),
    )


def costs_seen(session: Session, pilot_id: str) -> CostsSeen | None:
    """What it costs, and for each active pupil; None where nobody wrote a cost down."""
    said = [each.body for each in read_entries(session, pilot_id, "cost")]
    if not said:
        return None
    money = sum(each["amount"] for each in said if each["sort"] != "hours")
    active = _most_active([each.body for each in read_entries(session, pilot_id, "usage")])
    return CostsSeen(
        lines=tuple((each["what"], each["sort"], each["amount"]) for each in said),
        money=money,
        hours=sum(each["amount"] for each in said if each["sort"] == "hours"),
        active=active,
        per_active=money / active if active else None,
    )


def noted(session: Session, pilot_id: str) -> tuple[Noted, ...]:
    """What was seen, counted and imported, as it is stored."""
    return tuple(
        Noted(each.id, each.kind, each.round_id, each.body, each.written_on, each.role)
        for each in read_entries(session, pilot_id, *_NOTED)
    )


def claims_seen(session: Session, pilot_id: str) -> tuple[ClaimSeen, ...]:
    """The matrix, in the order in which its lines were written; a source that is not named is silent."""
    found = []
    for each in read_entries(session, pilot_id, "claim"):
        sources = {source: each.body["sources"].get(source, "silent") for source in SOURCES}
        speaking = [source for source, said in sources.items() if said != "silent"]
        found.append(ClaimSeen(each.body["claim"], sources, speaking[0] if len(speaking) == 1 else None))
    return tuple(found)


def _most_active(rows: list[Mapping[str, Any]]) -> int | None:
    """Pupils active in the busiest week, added up over classes; a class with several tools counts with its biggest."""
    weeks: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row["active"]:
            weeks[row["week"]][row["group"]] = max(row["active"], weeks[row["week"]].get(row["group"], 0))
    return max((sum(classes.values()) for classes in weeks.values()), default=None)
