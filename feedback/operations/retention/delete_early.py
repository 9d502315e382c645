"""Deleting before its date: one person asks, another says yes, and whoever asked begins it; a job ends it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Round, StaffMember
from feedback.operations import two_people
from feedback.operations.errors import NotPermitted, NotReady, OnHold, WrongState
from feedback.operations.retention.deletions import Why, begin
from feedback.operations.retention.holds import holds_that_stand
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.privacy.retention import LAYERS


def deletable(round_: Round) -> tuple[str, ...]:
    """Which layers of a round can go before their date: what is counted, or a box that never filled."""
    if round_.state == "too_few":
        return ("box",)
    if round_.counted_on is None:
        return ()
    gone = {"comments": round_.comments_purged_on, "tallies": round_.tallies_purged_on}
    return tuple(name for name in LAYERS if name in gone and gone[name] is None)


def ask_to_delete(
    school: School, by: StaffMember, round_id: str, layers: Sequence[str], *, reason: str, now: datetime
) -> str:
    """Ask for a second person's yes; what waits. NotReady("layers", "reason"), OnHold, NotFound, NotPermitted."""
    if not layers:
        raise NotReady("layers")
    with reading(school.engine) as session:
        facts = _facts(_free(session, round_id, layers), layers)
    return two_people.ask(school, by, two_people.Deed.DELETE_EARLY, round_id, reason=reason, facts=facts, now=now)


def delete_early(school: School, by: StaffMember, round_id: str, layers: Sequence[str], *, now: datetime) -> str | None:
    """Begin what two people agreed to; the certificate's id, or None where it was begun already.

    SecondPersonNeeded until somebody else has said yes; OnHold, WrongState, NotFound, NotPermitted.
    """
    if not two_people.may_ask(by, two_people.Deed.DELETE_EARLY):
        raise NotPermitted(two_people.Deed.DELETE_EARLY)
    today = school.settings.day_of(now)
    with writing(school.engine) as session:
        round_ = _free(session, round_id, layers)
        facts = _facts(round_, layers)
        agreed = two_people.use(session, two_people.Deed.DELETE_EARLY, round_id, facts, today=today)
        asked_by, agreed_by = (_account(session, id_) for id_ in (agreed.asked_by_id, agreed.answered_by_id))
        trigger = {"kind": "two_people", "asked_by": asked_by, "agreed_by": agreed_by}
        why = Why(by.account, {"before_its_date": True, "layers": sorted(layers)}, trigger)
        return begin(session, school, round_id, sorted(layers), why, today=today, now=now)


def _free(session: Session, round_id: str, layers: Sequence[str]) -> Round:
    round_ = find_round(session, round_id)
    if not set(layers) <= set(deletable(round_)):
        raise WrongState(round_.state)
    held = holds_that_stand(session)
    if held.voices_of(round_) or ("tallies" in layers and held.results_of(round_)):
        raise OnHold(round_id)
    return round_


def _facts(round_: Round, layers: Sequence[str]) -> dict[str, Any]:
    return {"about": round_.title, "layers": sorted(layers)}


def _account(session: Session, id_: str | None) -> str:
    found = session.get(StaffMember, id_) if id_ else None
    return found.account if found else ""
