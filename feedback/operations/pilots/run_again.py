"""Running a pilot again: its plan and rounds with new dates, as a draft, and with what should be tried next."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.codes import new_code, unused_code
from feedback.operations.errors import WrongState
from feedback.operations.pilots.amendments import LOCKED, agreed_now
from feedback.operations.pilots.book import NewEntry, add_entry, read_entries
from feedback.operations.pilots.pilot import PilotPlan, find_pilot
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: What a round is asked again with; its dates move, and whatever became of it stays behind.
_OF_A_ROUND = (
    *("instrument_id", "audience", "title", "languages", "k", "group_size", "breakdowns", "wave"),
    *("keep_comments_days", "keep_tallies_days", "if_too_few", "slips", "class_session", "read_aloud", "sample"),
)
_LONGEST_IDEA = 200


def run_again(school: School, by: StaffMember, pilot_id: str, starts_on: date, *, now: datetime) -> str:
    """The id of the new draft, which begins on `starts_on`. WrongState("pilot_standing") for one that never ends."""
    with writing(school.engine) as session:
        old = find_pilot(session, pilot_id)
        allow(by, Action.CHANGE_PILOTS, old)
        if old.standing:
            raise WrongState("pilot_standing")
        moved, today = starts_on - old.starts_on, school.settings.day_of(now)
        ideas = _ideas(session, old)
        new = Pilot(**_columns(session, old, moved), owner_id=by.id, follows_id=old.id, state="draft")
        new.proposed_by = ideas[0]["proposed_by"] if ideas else old.proposed_by
        session.add(new)
        session.flush()
        for round_ in _to_ask_again(session, old):
            session.add(_asked_again(school, session, round_, new, moved))
            session.flush()
        _copy_book(session, old, new, ideas, moved, today)
        record(session, now, by.account, "pilot_repeated", new.id, follows=old.id)
        return new.id


def _columns(session: Session, old: Pilot, moved: timedelta) -> dict[str, Any]:
    plan = {name: getattr(old, name) for name in PilotPlan.__dataclass_fields__}
    now = agreed_now(session, old)
    # What was amended is agreed on from the beginning this time.
    amended = {name: now[name] for name in LOCKED}
    return {**plan, **amended, "starts_on": old.starts_on + moved, "ends_on": old.ends_on + moved}


def _to_ask_again(session: Session, old: Pilot) -> list[Round]:
    """Every round that people were asked in here: no exit tickets, which are opened anew each time, and no imports."""
    asked = select(Round).where(Round.pilot_id == old.id, Round.ticket_id.is_(None), ~Round.imported)
    return list(session.scalars(asked.order_by(Round.opens_at, Round.id)))


def _asked_again(school: School, session: Session, round_: Round, new: Pilot, moved: timedelta) -> Round:
    zone, calendar = school.settings.zone, school.settings.calendar

    def later(moment: datetime) -> datetime:
        # On the school's clock: eight in the morning stays eight in the morning, in summer too.
        local = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) + moved
        return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    return Round(
        **{name: getattr(round_, name) for name in _OF_A_ROUND},
        code=unused_code(session),
        pilot_id=new.id,
        owner_id=round_.owner_id,
        groups=[{**group, "code": new_code(4)} for group in round_.groups],
        opens_at=later(round_.opens_at),
        closes_at=later(round_.closes_at),
        paper_until=later(round_.paper_until) if round_.paper_until else None,
        promise_on=calendar.school_day_from(round_.promise_on + moved) if round_.promise_on else None,
    )


def _ideas(session: Session, old: Pilot) -> list[dict[str, Any]]:
    """What should be tried next: ideas, and what the last decision and the last cycle hand on."""
    found = [dict(entry.body) for entry in read_entries(session, old.id, "idea")]
    for kind in ("decision", "cycle"):
        last = read_entries(session, old.id, kind)[-1:]
        for entry in last:
            lines = str(entry.body.get("next") or "").splitlines()
            who = entry.role or old.owner_role
            found += [{"idea": line.strip()[:_LONGEST_IDEA], "proposed_by": who} for line in lines if line.strip()]
    return found


def _copy_book(
    session: Session, old: Pilot, new: Pilot, ideas: list[dict[str, Any]], moved: timedelta, today: date
) -> None:
    for entry in read_entries(session, old.id, "plan_line", "seat"):
        body = dict(entry.body)
        if body.get("opens_on"):
            body["opens_on"] = (date.fromisoformat(body["opens_on"]) + moved).isoformat()
        add_entry(session, new.id, NewEntry(entry.kind, body, role=entry.role), on=today)
    for idea in ideas:
        add_entry(session, new.id, NewEntry("idea", idea), on=today)
