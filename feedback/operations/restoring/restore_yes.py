"""Two people for a restore: an administrator asks on the desk, an officer agrees, and the console does it.

Where the database is lost, cannot be read, or has nobody who could ask or agree, it goes through: a school that lost
everything must get it back. The log of the restored database says so, for the officer to see.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Approval, StaffMember
from feedback.operations.errors import BackupRefused, SecondPersonNeeded
from feedback.operations.school import School
from feedback.operations.two_people import Deed, may_agree, may_ask, use

_ASK_FIRST = (
    "Two people have to agree: an administrator asks on the desk under Backups, the privacy officer says yes under "
    "“What needs two people”. Then run this again."
)


def take_the_yes(school: School, name: str, *, today: date) -> dict[str, str]:
    """Who asked and who agreed to restore this file, or why nobody was asked. BackupRefused without a yes."""
    if school.engine.dialect.name == "sqlite" and not Path(school.engine.url.database or "").exists():
        return {"alone": "there was no database"}
    try:
        with reading(school.engine) as session:
            staff = session.scalars(select(StaffMember)).all()
            if not _could_agree(staff):
                return {"alone": "nobody could agree"}
            # What this session changes is never stored: the present database goes, and so does its yes.
            agreed = use(session, Deed.RESTORE, name, today=today)
            accounts = {each.id: each.account for each in staff}
            return {"asked_by": accounts[agreed.asked_by_id], "agreed_by": accounts[agreed.answered_by_id or ""]}
    except SecondPersonNeeded as needed:
        raise BackupRefused(_ASK_FIRST) from needed
    except DBAPIError:
        return {"alone": "the database could not be read"}


def forget_the_yes(session: Session, name: str) -> None:
    """The restored database may know the same yes: it was used now, and holds for nothing else."""
    for approval in session.scalars(
        select(Approval).where(Approval.deed == Deed.RESTORE, Approval.object_id == name, Approval.state == "agreed")
    ):
        approval.state = "used"


def _could_agree(staff: Sequence[StaffMember]) -> bool:
    askers = {each.id for each in staff if may_ask(each, Deed.RESTORE)}
    others = {each.id for each in staff if may_agree(each, Deed.RESTORE)}
    return any(other != asker for asker in askers for other in others)
