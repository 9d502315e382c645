"""What every page needs of its surroundings: the school, the clock, and the account that is signed in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flask import current_app, g

from feedback.operations.school import School, now_utc

if TYPE_CHECKING:
    from feedback.models import StaffMember


def the_school() -> School:
    """What this request may see: at the desk the school of the account, else the whole installation."""
    school: School = g.get("school") or the_installation()
    return school


def the_installation() -> School:
    """Everything this app serves: all schools of a district."""
    school: School = current_app.extensions["school"]
    return school


def now() -> datetime:
    """The moment of this request, UTC and naive; tests put their own clock into the app."""
    clock = current_app.extensions.get("clock", now_utc)
    moment: datetime = clock()
    return moment


def today() -> date:
    """The day of this request in the school's time zone."""
    return now().replace(tzinfo=UTC).astimezone(the_school().settings.zone).date()


def signed_in() -> StaffMember:
    """The account that is signed in; only behind `sign_in.staff_only`."""
    account: StaffMember = g.account
    return account
