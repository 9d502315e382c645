"""Slips: printing them, what is left to print, and the second person who says yes to more."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Round, Slip, SlipRequest, StaffMember
from feedback.operations.answers.one_envelope import cap
from feedback.operations.errors import (
    NotFound,
    NotReady,
    SecondPersonNeeded,
    SheetPrinted,
    TooManySlips,
    WrongState,
)
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.privacy.slips import new_code, tag

#: Slips of one sheet, so that a page stays light enough to print; more are printed on another one.
MOST_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """More slips that somebody asked for and nobody has said yes to."""

    id: str
    slips: int
    asked_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SlipsLeft:
    """How many slips a round has printed, how many it may (with spares and what was approved), and what waits.

    `groups` maps the code of each group of known size to how many slips may still be printed for it.
    """

    printed: int
    limit: int
    approved: int
    groups: dict[str, int]
    waiting: tuple[Waiting, ...] = ()

    def left(self, group: str | None = None) -> int:
        """How many may still be printed, for a group or for the round."""
        whole = max(self.limit - self.printed, 0)
        return min(whole, self.groups.get(group or "", whole))


def print_slips(
    school: School,
    by: StaffMember,
    round_id: str,
    slips: int,
    *,
    group: str | None = None,
    after: int | None = None,
    now: datetime,
) -> tuple[str, ...]:
    """New codes in random order. They exist in what is returned and nowhere else.

    `after` is how many had been printed when somebody decided to print: SheetPrinted where that has changed, so that
    a form that is sent twice prints once. NotReady("slips") for no number of slips, TooManySlips, WrongState.
    """
    if not 1 <= slips <= MOST_AT_ONCE:
        raise NotReady("slips")
    with writing(school.engine) as session:
        round_ = _round_with_slips(session, by, round_id, now)
        if group is not None and group not in {each["code"] for each in round_.groups}:
            raise NotFound(round_id)
        if after is not None and after != round_.slips_printed:
            raise SheetPrinted(round_id)
        left = slips_to_print(session, round_).left(group)
        if slips > left:
            raise TooManySlips(round_id, left)
        pepper = school.keystore.pepper(round_id)
        codes = tuple(new_code() for _ in range(slips))
        put_in(session, round_id, [tag(code, group, pepper) for code in codes])
        note_printed(round_, group, slips)
        record(session, now, by.account, "slips_printed", round_id, slips=slips)
        return codes


def ask_for_more(school: School, by: StaffMember, round_id: str, slips: int, *, now: datetime) -> str:
    """Ask for slips beyond the group's size and its spares; the id of what now waits for a second person."""
    if not 1 <= slips <= MOST_AT_ONCE:
        raise NotReady("slips")
    with writing(school.engine) as session:
        _round_with_slips(session, by, round_id, now)
        asked = SlipRequest(round_id=round_id, slips=slips, asked_by_id=by.id)
        session.add(asked)
        session.flush()
        record(session, now, by.account, "more_slips_asked_for", round_id, slips=slips)
        return asked.id


def approve_more(school: School, by: StaffMember, round_id: str, request_id: str, *, now: datetime) -> None:
    """Say yes to more slips; SecondPersonNeeded for whoever asked, NotFound where nothing waits."""
    with writing(school.engine) as session:
        _round_with_slips(session, by, round_id, now, Action.APPROVE_SLIPS)
        asked = session.get(SlipRequest, request_id)
        if asked is None or asked.round_id != round_id or asked.approved_by_id is not None:
            raise NotFound(request_id)
        if asked.asked_by_id == by.id:
            raise SecondPersonNeeded(request_id)
        asked.approved_by_id = by.id
        record(session, now, by.account, "more_slips_approved", round_id, slips=asked.slips)


def slips_left(school: School, by: StaffMember, round_id: str, *, now: datetime) -> SlipsLeft:
    """What may still be printed; WrongState where a round prints no slips now."""
    with reading(school.engine) as session:
        round_ = _round_with_slips(session, by, round_id, now)
        rows = session.execute(
            select(SlipRequest, StaffMember.account)
            .join(StaffMember, StaffMember.id == SlipRequest.asked_by_id)
            .where(SlipRequest.round_id == round_id, SlipRequest.approved_by_id.is_(None))
            .order_by(StaffMember.account, SlipRequest.id)
        )
        waiting = tuple(Waiting(asked.id, asked.slips, who, asked.asked_by_id == by.id) for asked, who in rows)
        return slips_to_print(session, round_, waiting)


def put_in(session: Session, round_id: str, tags: list[str]) -> None:
    """Store new unused slips, and write all earlier ones of the round anew between them.

    Rows that are added later lie together in the file, and would tell which slips are of one sheet and so of one
    class (privacy.md, L3).
    """
    kept = session.execute(select(Slip.tag, Slip.used).where(Slip.round_id == round_id)).all()
    rows = [{"round_id": round_id, "tag": each, "used": used} for each, used in kept]
    rows += [{"round_id": round_id, "tag": each, "used": False} for each in tags]
    secrets.SystemRandom().shuffle(rows)
    session.execute(delete(Slip).where(Slip.round_id == round_id))
    session.execute(insert(Slip), rows)


def note_printed(round_: Round, group: str | None, slips: int) -> None:
    """Count these slips, or places of a room, as printed for the round and for the group they are for."""
    round_.slips_printed += slips
    # Assigned anew: the column does not notice a change inside.
    round_.groups = [_printed(each, slips if each["code"] == group else 0) for each in round_.groups]


def _round_with_slips(
    session: Session, by: StaffMember, round_id: str, now: datetime, action: Action = Action.PRINT_SLIPS
) -> Round:
    round_ = find_round(session, round_id)
    allow(by, action, round_)
    if not round_.slips:
        raise WrongState("no_slips")
    # Tags need the round's pepper, which is made when it opens.
    if round_.state != "open" or now >= round_.closes_at:
        raise WrongState(round_.state)
    return round_


def slips_to_print(session: Session, round_: Round, waiting: tuple[Waiting, ...] = ()) -> SlipsLeft:
    """What a round with slips may still print. Places of its rooms count as printed."""
    said_yes = select(func.sum(SlipRequest.slips)).where(
        SlipRequest.round_id == round_.id, SlipRequest.approved_by_id.is_not(None)
    )
    approved = session.scalar(said_yes) or 0
    groups = {
        each["code"]: max(cap(each["size"]) + approved - each.get("printed", 0), 0)
        for each in round_.groups
        if each.get("size")
    }
    return SlipsLeft(round_.slips_printed, cap(round_.group_size or 0) + approved, approved, groups, waiting)


def _printed(group: dict[str, object], slips: int) -> dict[str, object]:
    before = group.get("printed", 0)
    return {**group, "printed": before + slips} if slips and isinstance(before, int) else group
