"""Roll-ups: named rounds that asked the same, summed and frozen once for each reader, and read again.

A round is released before it can be in a roll-up, and once only: so no release of its own can come after a sum that it
is in. Every new sum is weighed with those releases and with all earlier sums, in `analysis.ledger`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.ledger import Earlier, related, sum_up
from analysis.roll_up import Kind, Member, NotRolledUp, WhyNot
from analysis.summary import Reader, Summary, freeze_summary, thaw_summary
from feedback.db import reading, writing
from feedback.models import DistrictSchool, Pilot, RollUp, Round, StaffMember
from feedback.operations.errors import NotFound, NotReady, NotSummed
from feedback.operations.record import record
from feedback.operations.results.read_release import read_released
from feedback.operations.results.release import criterion_of, secondary_of
from feedback.operations.rounds.columns import columns_of, stored_sums
from feedback.operations.rounds.course import find_round
from feedback.operations.rounds.series import people_asked
from feedback.operations.school import School
from feedback.operations.schools import is_of_district
from feedback.operations.staff import allow
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.permissions import Action
from forms.definition import Instrument

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A roll-up as it was frozen for one reader. `rounds` are the names of the classes in it; `pilot_id` is theirs."""

    id: str
    name: str
    kind: str
    pilot_id: str
    rounds: tuple[str, ...]
    summary: Summary
    instrument: Instrument
    sha256: str
    released_on: date


def roll_up(
    school: School,
    by: StaffMember,
    round_ids: Collection[str],
    name: str,
    kind: Kind,
    *,
    schools: Mapping[str, str] | None = None,
    today: date,
    now: datetime,
) -> str:
    """Freeze the sum of released rounds for the team and the public; the id under which the team reads it.

    `schools` (round id -> name) tells a district's schools apart where the installation has one school only; where it
    has several, they are the rounds' own, and only the district's staff sum up those of several. NotReady where the
    name is missing or too long; NotFound; NotSummed with the reason; StillInTheBox, NotEnoughVoices or ResultsPurged
    where a round has no figures.
    """
    allow(by, Action.ROLL_UP)
    name, new = name.strip(), frozenset(round_ids)
    _refuse_unseen(school, by, new)
    if not 0 < len(name) <= LONGEST_NAME:
        raise NotReady("name")
    # A sum is weighed with all earlier ones, also with those of the district that this school does not read.
    with writing(school.whole.engine) as session:
        try:
            found = _sum(session, new, kind, _schools_of(session) or schools or {})
        except NotRolledUp as why:
            raise NotSummed(why.why.value, why.names) from why
        rows = {reader: _row(new, name, kind, reader, summary, today) for reader, summary in found.items()}
        for row in rows.values():
            row.school_id = _owner(session, new)
        session.add_all(rows.values())
        session.flush()
        record(session, now, by.account, "rolled_up", rows[Reader.TEAM].id, rounds=len(new))
        return rows[Reader.TEAM].id


def read_roll_up(school: School, by: StaffMember, roll_up_id: str) -> RolledUp:
    """The team's figures of one roll-up; NotFound, NotPermitted."""
    allow(by, Action.ROLL_UP)
    with reading(_as_seen(school, by).engine) as session:
        found = session.get(RollUp, roll_up_id)
        if found is None or found.reader != Reader.TEAM.value:
            raise NotFound(roll_up_id)
        return _read(session, found)


def roll_ups_of(school: School, by: StaffMember, pilot_id: str) -> list[RolledUp]:
    """The roll-ups that a round of this pilot is in, as the team reads them, newest first."""
    allow(by, Action.ROLL_UP)
    with reading(_as_seen(school, by).engine) as session:
        mine = set(session.scalars(select(Round.id).where(Round.pilot_id == pilot_id)))
        rows = session.scalars(
            select(RollUp).where(RollUp.reader == Reader.TEAM.value).order_by(RollUp.released_on.desc(), RollUp.name)
        )
        return [_read(session, row) for row in rows if mine.intersection(row.round_ids)]


def _as_seen(school: School, by: StaffMember) -> School:
    """The district's staff read the sums of all schools."""
    return school.whole if is_of_district(by) else school


def _refuse_unseen(school: School, by: StaffMember, new: frozenset[str]) -> None:
    with reading(_as_seen(school, by).engine) as session:
        seen = set(session.scalars(select(Round.id).where(Round.id.in_(new))))
    if new - seen:
        raise NotFound(min(new - seen))


def _schools_of(session: Session) -> dict[str, str]:
    """The rounds' schools; {} where the installation has only one."""
    if session.scalar(select(func.count()).select_from(DistrictSchool)) == 1:
        return {}
    rows = session.execute(select(Round.id, Pilot.school_id).join(Pilot, Round.pilot_id == Pilot.id))
    return {row[0]: row[1] for row in rows}


def _owner(session: Session, new: frozenset[str]) -> str | None:
    """The school whose rounds they all are; None where they are of several."""
    inside = select(Pilot.school_id).join(Round, Round.pilot_id == Pilot.id).where(Round.id.in_(new)).distinct()
    found = session.scalars(inside).all()
    return found[0] if len(found) == 1 else None


def _sum(session: Session, new: frozenset[str], kind: Kind, schools: Mapping[str, str]) -> dict[Reader, Summary]:
    if len(new) < 2:
        raise NotRolledUp(WhyNot.TOO_FEW_ROUNDS)
    earlier = {reader: related(new, _earlier(session, reader)) for reader in Reader}
    rounds = [find_round(session, each) for each in new.union(*(each.rounds for each in earlier[Reader.TEAM]))]
    released = {reader: {each.id: read_released(session, each, reader).summary for each in rounds} for reader in Reader}
    members = {each.id: _member(session, each, schools.get(each.id, "").strip().casefold()) for each in rounds}
    return sum_up(new, kind, members, released, earlier)


def _earlier(session: Session, reader: Reader) -> list[Earlier]:
    rows = session.scalars(select(RollUp).where(RollUp.reader == reader.value))
    return [Earlier(row.name, frozenset(row.round_ids), thaw_summary(row.body)) for row in rows]


def _member(session: Session, round_: Round, school: str) -> Member:
    instrument = form_of(round_)
    return Member(
        round_id=round_.id,
        school=school,
        asked=round_.instrument.sha256,
        audience=round_.audience,
        criterion=criterion_of(round_, instrument),
        secondary=tuple(secondary_of(round_, instrument)),
        breakdowns=tuple(round_.breakdowns),
        columns=columns_of(instrument),
        tallies=stored_sums(session, round_.id),
        respondents=round_.counted_envelopes or 0,
        group_size=people_asked(session, round_),
    )


def _row(new: frozenset[str], name: str, kind: Kind, reader: Reader, summary: Summary, today: date) -> RollUp:
    body = freeze_summary(summary)
    return RollUp(
        name=name,
        kind=kind.value,
        round_ids=sorted(new),
        reader=reader.value,
        body=body,
        sha256=sha256(body.encode()).hexdigest(),
        released_on=today,
    )


def _read(session: Session, row: RollUp) -> RolledUp:
    rounds = [find_round(session, each) for each in row.round_ids]
    return RolledUp(
        id=row.id,
        name=row.name,
        kind=row.kind,
        pilot_id=rounds[0].pilot_id,
        rounds=tuple(sorted(each.title for each in rounds)),
        summary=thaw_summary(row.body),
        instrument=form_of(rounds[0]),
        sha256=row.sha256,
        released_on=row.released_on,
    )
