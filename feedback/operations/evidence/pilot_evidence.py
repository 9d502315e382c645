"""What a pilot's book says beside its voices, added up: use beside the plan, costs, tools, and what is claimed.

Pages and reports read these. Everything here is of classes; what is None was about 1 to 4 people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import StaffMember
from feedback.operations.pilots.book import Entry, allow_team, read_entries
from feedback.operations.pilots.entries import base, planned, seen
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.school import School

SOURCES: tuple[base.Source, ...] = ("survey", "observation", "work_sample", "assessment", "usage", "dose")
MONEY = ("licence", "devices", "other")
#: "Why not" is told from this many answers on.
FEWEST_TAPS = 5


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One week of one group, with the entry it stands in."""

    entry_id: str
    said: planned.Dose


@dataclass(frozen=True, slots=True)
class DoseSum:
    """Use by week, the oldest first. `planned_*`: what one group was meant to do in a week; None where nobody said."""

    lines: tuple[DoseLine, ...]
    sessions: int
    minutes: int
    planned_sessions: int | None
    planned_minutes: int | None

    @property
    def most_minutes(self) -> int:
        """The end of the scale of a chart by week."""
        return max([self.planned_minutes or 0, *(line.said.minutes for line in self.lines)])


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost, with the entry it stands in."""

    entry_id: str
    said: planned.Cost


@dataclass(frozen=True, slots=True)
class CostSum:
    """`money` is licences, devices and the rest, in the school's money; `hours` stand apart.

    `active`: pupils active in the week with most of them, added up over classes; None where the book knows no use, and
    then `per_active` (money for each of them) is None too.
    """

    lines: tuple[CostLine, ...]
    money: float
    hours: float
    active: int | None
    per_active: float | None


@dataclass(frozen=True, slots=True)
class ToolUse:
    """One tool: weeks with any of its rows, minutes a week for each active pupil (None: nobody, or nobody knows).

    `why_not`: reason -> answers; None below FEWEST_TAPS of them.
    """

    tool: str
    weeks: int
    active: int
    per_pupil: float | None
    why_not: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class UsageSum:
    """Every tool that was imported, the least used one first, and how many of its rows were about 1 to 4 pupils."""

    tools: tuple[ToolUse, ...]
    too_few: int
    active: int | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A line of the matrix. `single`: the one source that says something, where it is only one."""

    entry_id: str
    round_id: str | None
    claim: str
    sources: Mapping[base.Source, str]
    single: base.Source | None


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it, with the entries of each kind that are not added up."""

    dose: DoseSum
    costs: CostSum
    usage: UsageSum
    claims: tuple[ClaimLine, ...]
    entries: Mapping[str, tuple[Entry, ...]]


def evidence_of(school: School, by: StaffMember, pilot_id: str) -> Beside:
    """What a pilot's team knows beside its voices. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        allow_team(session, by, pilot_id)
        entries: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in read_entries(session, pilot_id, "observation", "work_sample", "assessment", "totals", by=by):
            entries[entry.kind].append(entry)
        return Beside(
            dose_of(session, pilot_id),
            costs_of(session, pilot_id),
            usage_of(session, pilot_id),
            claims_of(session, pilot_id),
            {kind: tuple(found) for kind, found in entries.items()},
        )


def dose_of(session: Session, pilot_id: str) -> DoseSum:
    """How much the thing was used, by week and group."""
    plan = find_pilot(session, pilot_id).planned_dose or {}
    found = (
        DoseLine(entry.id, planned.Dose.model_validate(entry.body)) for entry in read_entries(session, pilot_id, "dose")
    )
    lines = tuple(sorted(found, key=lambda line: (line.said.week, line.said.group)))
    return DoseSum(
        lines=lines,
        sessions=sum(line.said.sessions for line in lines),
        minutes=sum(line.said.minutes for line in lines),
        planned_sessions=plan.get("sessions"),
        planned_minutes=plan.get("minutes"),
    )


def costs_of(session: Session, pilot_id: str) -> CostSum:
    """What the pilot costs, and for each active pupil."""
    lines = tuple(
        CostLine(entry.id, planned.Cost.model_validate(entry.body)) for entry in read_entries(session, pilot_id, "cost")
    )
    money = sum(line.said.amount for line in lines if line.said.sort in MONEY)
    active = most_active(_usage(session, pilot_id))
    return CostSum(
        lines=lines,
        money=money,
        hours=sum(line.said.amount for line in lines if line.said.sort == "hours"),
        active=active,
        per_active=money / active if active else None,
    )


def usage_of(session: Session, pilot_id: str) -> UsageSum:
    """How much each tool is used, and why not."""
    rows = _usage(session, pilot_id)
    taps: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for entry in read_entries(session, pilot_id, "why_not"):
        tap = seen.WhyNot.model_validate(entry.body)
        taps[tap.tool][tap.why] = taps[tap.tool].get(tap.why, 0) + 1
    tools = [_tool(name, [row for row in rows if row.tool == name], taps[name]) for name in {row.tool for row in rows}]
    return UsageSum(
        tools=tuple(sorted(tools, key=lambda tool: (tool.per_pupil or 0, tool.tool))),
        too_few=sum(row.active is None for row in rows),
        active=most_active(rows),
    )


def claims_of(session: Session, pilot_id: str) -> tuple[ClaimLine, ...]:
    """The matrix, in the order in which its lines were written."""
    return tuple(_claim(entry) for entry in read_entries(session, pilot_id, "claim"))


def most_active(rows: Iterable[seen.Usage]) -> int | None:
    """The largest number of active pupils in one week, added up over classes; None where no row knows any.

    A class that uses several tools counts once a week, with the tool that most of it used.
    """
    classes: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.active:
            classes[row.week][row.group] = max(row.active, classes[row.week].get(row.group, 0))
    return max((sum(of_week.values()) for of_week in classes.values()), default=None)


def monday_of(week: str) -> date:
    """The first day of an ISO week such as 2026-W48."""
    return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)


def _usage(session: Session, pilot_id: str) -> list[seen.Usage]:
    return [seen.Usage.model_validate(entry.body) for entry in read_entries(session, pilot_id, "usage")]


def _tool(name: str, rows: list[seen.Usage], why: dict[str, int]) -> ToolUse:
    active = sum(row.active or 0 for row in rows)
    minutes = sum(row.minutes or 0 for row in rows)
    return ToolUse(
        tool=name,
        weeks=len({row.week for row in rows}),
        active=max((row.active or 0 for row in rows), default=0),
        per_pupil=minutes / active if active else None,
        why_not=why if sum(why.values()) >= FEWEST_TAPS else None,
    )


def _claim(entry: Entry) -> ClaimLine:
    said = seen.Claim.model_validate(entry.body)
    sources = {source: str(said.sources.get(source, "silent")) for source in SOURCES}
    speaking = [source for source in SOURCES if sources[source] != "silent"]
    return ClaimLine(entry.id, entry.round_id, said.claim, sources, speaking[0] if len(speaking) == 1 else None)
