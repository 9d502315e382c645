"""Asking on the desk for a restore: which backups there are, and what waits for the officer's yes."""

from dataclasses import dataclass
from datetime import date, datetime

from feedback.models import StaffMember
from feedback.operations.backup import backups_in
from feedback.operations.errors import NotFound, NotPermitted
from feedback.operations.school import School
from feedback.operations.two_people import Deed, ask, may_ask


@dataclass(frozen=True, slots=True)
class Restorable:
    """A backup that can be read: its file's name, the day it is of, and the last day it is kept."""

    name: str
    made_on: date
    expires_on: date


def restorable(school: School, by: StaffMember) -> list[Restorable]:
    """The backups in the school's folder, the newest first. NotPermitted."""
    if not may_ask(by, Deed.RESTORE):
        raise NotPermitted(Deed.RESTORE)
    found = backups_in(school.settings.backup_folder)
    return [
        Restorable(kept.file.name, kept.header.made_on, kept.header.expires_on)
        for kept in reversed(found)
        if kept.header is not None
    ]


def ask_to_restore(school: School, by: StaffMember, name: str, *, reason: str, now: datetime) -> str:
    """Ask for the officer's yes to put this file back; what waits. NotFound, NotPermitted, NotReady("reason")."""
    if name not in {each.name for each in restorable(school, by)}:
        raise NotFound(name)
    return ask(school, by, Deed.RESTORE, name, reason=reason, now=now)
