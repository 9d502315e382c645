"""Writing to the audit chain, inside the transaction of the action itself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import AuditEntry
from feedback.operations.school import School
from feedback.privacy.audit import FIRST, Entry

#: Entries that are read at once, so that a chain of years needs little memory.
_AT_ONCE = 1000


def record(session: Session, now: datetime, account: str, action: str, object_id: str, **facts: Any) -> None:
    """Add one staff action. `facts` are counts and names of settings, never an answer, never a respondent's time."""
    last = session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    entry = Entry(
        number=last.number + 1 if last else 1,
        at=now,
        account=account,
        action=action,
        object_id=object_id,
        facts=facts,
        previous_hash=last.hash if last else FIRST,
    )
    session.add(
        AuditEntry(
            number=entry.number,
            at=entry.at,
            account=account,
            action=action,
            object_id=object_id,
            facts=facts,
            previous_hash=entry.previous_hash,
            hash=entry.hash(),
        )
    )
    # The next entry in the same transaction must see this one.
    session.flush()


def stored_entries(school: School) -> Iterator[tuple[Entry, str]]:
    """Every entry as it is hashed, with the hash that is stored with it, by number."""
    with reading(school.engine) as session:
        for row in session.scalars(select(AuditEntry).order_by(AuditEntry.number)).yield_per(_AT_ONCE):
            yield (
                Entry(row.number, row.at, row.account, row.action, row.object_id, row.facts, row.previous_hash),
                row.hash,
            )
