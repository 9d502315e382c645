"""How many people there are in each declared group of a round: the school's own numbers, to see who is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Reader, Summary
from feedback.db import reading, writing
from feedback.models import BookEntry, Round, StaffMember
from feedback.operations.errors import NotEnoughVoices, NotFound, NotReady, ResultsPurged, StillInTheBox
from feedback.operations.pilots.book import NewEntry, add_entry, allow_team
from feedback.operations.pilots.entries.seen import Totals
from feedback.operations.record import record
from feedback.operations.results.read_release import read_released
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School

_GROUP = "group"


@dataclass(frozen=True, slots=True)
class Group:
    """A declared group: its code, its name, and how many people the school says are in it."""

    code: str
    name: str
    people: int | None


@dataclass(frozen=True, slots=True)
class GroupsOfRound:
    """A round of a pilot with its groups."""

    round_id: str
    title: str
    groups: tuple[Group, ...]


def groups_of(school: School, by: StaffMember, pilot_id: str, round_id: str) -> GroupsOfRound:
    """The round's declared groups. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        round_ = _round(session, by, pilot_id, round_id)
        kept = _kept(session, round_)
        totals = kept.body["totals"] if kept else {}
        # Before anybody typed a number, what the round was planned with.
        groups = (
            Group(each["code"], each["name"], totals.get(each["name"], each.get("size"))) for each in round_.groups
        )
        return GroupsOfRound(round_.id, round_.title, tuple(groups))


def write_totals(
    school: School, by: StaffMember, pilot_id: str, round_id: str, totals: Mapping[str, int], *, now: datetime
) -> None:
    """Keep numbers by the groups' names. NotReady with the names of those of which more people answered."""
    with writing(school.engine) as session:
        round_ = _round(session, by, pilot_id, round_id)
        if set(totals) - {group["name"] for group in round_.groups}:
            raise NotFound(round_id)
        if short := _too_small(totals, _summary(session, round_)):
            raise NotReady(*short)
        kept = _kept(session, round_)
        body = Totals(totals=dict(totals))
        if kept is not None:
            kept.body = body.model_dump(mode="json")
        else:
            day = school.settings.day_of(now)
            add_entry(session, pilot_id, NewEntry("totals", body, round_id), on=day).by_id = by.id
        record(session, now, by.account, "book_changed" if kept else "book_written", pilot_id, kind="totals")


def _too_small(totals: Mapping[str, int], summary: Summary | None) -> list[str]:
    """Groups with fewer people than surely answered, as far as the release says how many; it knows them by name."""
    if summary is None:
        return []
    least: dict[str, int] = {}
    for question in summary.questions:
        for breakdown in question.breakdowns:
            for each in breakdown.groups if breakdown.variable == _GROUP else ():
                if each.people.kind == "people":
                    least[each.group] = max(each.people.low, least.get(each.group, 0))
    return [name for name, people in totals.items() if people < least.get(name, 0)]


def _summary(session: Session, round_: Round) -> Summary | None:
    try:
        return read_released(session, round_, Reader.TEAM).summary
    except (StillInTheBox, NotEnoughVoices, ResultsPurged):
        return None


def _round(session: Session, by: StaffMember, pilot_id: str, round_id: str) -> Round:
    allow_team(session, by, pilot_id)
    round_ = find_round(session, round_id)
    if round_.pilot_id != pilot_id:
        raise NotFound(round_id)
    return round_


def _kept(session: Session, round_: Round) -> BookEntry | None:
    return session.scalar(select(BookEntry).where(BookEntry.round_id == round_.id, BookEntry.kind == "totals"))
