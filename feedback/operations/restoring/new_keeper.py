"""A new keeper where the old one is lost for good, with its passphrase or its disk: what waits for it is destroyed."""

from datetime import datetime

from sqlalchemy import select

from feedback.db import reading, scrub, writing
from feedback.models import Round
from feedback.operations.record import record
from feedback.operations.retention.purge import destroy_box
from feedback.operations.rounds.series import WAITING, counted_with
from feedback.operations.school import School
from feedback.privacy.keeper import KeeperAway, PassphraseNeeded

_SEALED = (*WAITING, "counting")


class NothingLost(Exception):
    """The keeper's key is here and needs no passphrase: every box that can be opened is opened with it."""


def lost_boxes(school: School) -> dict[str, str]:
    """Id and title of each round that is not counted, and whose box waits for the keeper that is to be replaced.

    NothingLost where that keeper works. KeeperAway where this user may not replace it, or the keystore is not there.
    """
    _refuse_unless_lost(school)
    with reading(school.engine) as session:
        found = session.scalars(select(Round).where(Round.state.in_(_SEALED)).order_by(Round.title, Round.id))
        # A round that joined keeps its state when it is counted with another.
        return {each.id: each.title for each in found if counted_with(session, each).state in _SEALED}


def new_keeper(school: School, *, now: datetime, account: str = "console") -> int:
    """Destroy those boxes, and make a new keeper without a passphrase; how many boxes went. Repeatable. As above."""
    lost = lost_boxes(school)
    with writing(school.engine) as session:
        # Recorded first, as every purge is.
        for round_id in lost:
            record(session, now, account, "purged", round_id, comments=0, tallies=0, boxes=1)
        record(session, now, account, "purged", "keeper", comments=0, tallies=0, boxes=len(lost))
    for round_id in lost:
        destroy_box(school, round_id)
    school.keystore.renew_keeper()
    scrub(school.engine)
    return len(lost)


def _refuse_unless_lost(school: School) -> None:
    keystore = school.keystore
    keystore.refuse_to_renew()
    try:
        keystore.keeper.private()
    except (KeeperAway, PassphraseNeeded):
        return
    raise NothingLost
