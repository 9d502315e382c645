"""The keystore's ledger of what was counted, purged or withdrawn, held against a database that may be an older one."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from feedback.db import NotScrubbed, reading, scrub, writing
from feedback.models import Decision, Envelope, Part, Room, Round, Slip
from feedback.operations.answers.receipts import forget_withdrawn
from feedback.operations.retention.purge import delete_comments, delete_results
from feedback.operations.rounds.series import WAITING
from feedback.operations.school import School
from feedback.privacy.keys import BOX_IS_OVER


@dataclass(slots=True)
class _Noted:
    """What the ledger says of one round. `withdrawn`: SHA-256 of an envelope's id -> tag of the slip for it (or "")."""

    box_is_over: bool = False
    comments_purged_on: date | None = None
    tallies_purged_on: date | None = None
    withdrawn: dict[str, str] = field(default_factory=dict)


def apply_ledger(school: School) -> int:
    """At every start: what the ledger says was counted, purged or withdrawn must not come back from an old backup.

    Returns how many things had to be put right. A round that the ledger counted and this database did not is lost to
    this database: its envelopes go, and it is marked destroyed, whether envelopes were in it or not. The keystore is
    brought up to date first.
    """
    school.keystore.bring_up_to_date()
    noted = _noted_by_round(school)
    if not noted:
        return 0
    with reading(school.engine) as session:
        here = session.execute(select(Round.id, Round.state, Round.comments_purged_on, Round.tallies_purged_on)).all()
    mended = sum(_put_right(school, round_, noted[round_.id]) for round_ in here if round_.id in noted)
    if mended:
        # Where somebody keeps reading, the next shake does it.
        with suppress(NotScrubbed):
            scrub(school.engine)
    return mended


def _noted_by_round(school: School) -> dict[str, _Noted]:
    noted: defaultdict[str, _Noted] = defaultdict(_Noted)
    for entry in school.keystore.ledger():
        said, what = noted[str(entry.get("round"))], entry.get("what")
        if what in BOX_IS_OVER:
            said.box_is_over = True
        elif what == "comments purged":
            said.comments_purged_on = date.fromisoformat(entry["on"])
        elif what == "tallies purged":
            said.tallies_purged_on = date.fromisoformat(entry["on"])
        elif what == "withdrawn":
            said.withdrawn[str(entry.get("envelope"))] = str(entry.get("slip", ""))
    return dict(noted)


def _put_right(school: School, round_: Any, said: _Noted) -> int:
    mended = 0
    if said.box_is_over:
        if round_.state not in ("counted", "scrubbed", "destroyed"):
            mended += _forget_box(school, round_.id)
    elif said.withdrawn and round_.state in WAITING:
        mended += _forget_withdrawn(school, round_.id, said.withdrawn)
    if said.comments_purged_on and round_.comments_purged_on is None:
        delete_comments(school, round_.id, today=said.comments_purged_on)
        mended += 1
    if said.tallies_purged_on and round_.tallies_purged_on is None:
        delete_results(school, round_.id, today=said.tallies_purged_on)
        mended += 1
    return mended


def _forget_box(school: School, round_id: str) -> int:
    with writing(school.engine) as session:
        gone = 0
        for table in (Envelope, Slip, Room, Part, Decision):
            found = select(func.count()).select_from(table).where(table.round_id == round_id)
            gone += session.scalar(found) or 0
            session.execute(delete(table).where(table.round_id == round_id))
        round_ = session.get_one(Round, round_id)
        if round_.state == "joined":
            # As it should be, unless papers came back: its page goes on pointing at the round it is counted with.
            return min(gone, 1)
        round_.state = "destroyed"
        return 1


def _forget_withdrawn(school: School, round_id: str, withdrawn: dict[str, str]) -> int:
    with writing(school.engine) as session:
        return min(forget_withdrawn(school, session, round_id, set(withdrawn), withdrawn), 1)
