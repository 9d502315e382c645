"""The two steps of a pilot's life that thinking about it takes: the first reflection, and the decision."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback.models import Pilot
from feedback.operations.errors import WrongState
from feedback.operations.record import record

#: State -> the state from which a pilot gets there.
_FROM = {"reflecting": "frozen", "decided": "reflecting"}


def move(session: Session, pilot: Pilot, to: str, *, account: str, now: datetime, **facts: Any) -> None:
    """Move a pilot within the caller's transaction, and record it. WrongState("pilot_" and its state) if illegal."""
    if pilot.state != _FROM[to]:
        raise WrongState(f"pilot_{pilot.state}")
    pilot.state = to
    record(session, now, account, f"pilot_{to}", pilot.id, **facts)
