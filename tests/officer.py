"""What the tests' privacy officer did before the first day: she chose rules that ask for no notice, and says yes to
every form that is stored. A test about her
own work calls `choose_nothing`, and the fixture `asks_first`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, delete, event, insert, select
from sqlalchemy.orm import Mapper

from feedback.models import DistrictSchool, FormApproval, InstrumentVersion, PrivacyRules
from feedback.models.base import new_id
from feedback.operations.school import School

#: The school years in which tests live.
_YEARS = (date(2025, 8, 1), date(2026, 8, 1), date(2027, 8, 1))
_PROFILE = "england"


def choose_usual(engine: Engine) -> None:
    """The usual rules, in force."""
    with engine.begin() as connection:
        row = {"number": 1, "profile": _PROFILE, "k_team": 5, "k_public": 10, "notice_days": 0, "gifts": False}
        row |= {"milder": False, "by_id": "officer", "chosen_on": date(2026, 9, 1)}
        connection.execute(insert(PrivacyRules), [row])


@contextmanager
def approving() -> Iterator[None]:
    """Whatever version of a form is stored meanwhile has the officer's yes."""
    event.listen(InstrumentVersion, "after_insert", _approve)
    try:
        yield
    finally:
        event.remove(InstrumentVersion, "after_insert", _approve)


def choose_nothing(school: School) -> None:
    """Take back rules and approvals: a school on its first day."""
    approve_nothing(school)
    with school.engine.begin() as connection:
        connection.execute(delete(PrivacyRules))


def approve_nothing(school: School) -> None:
    """Take back all approvals."""
    with school.engine.begin() as connection:
        connection.execute(delete(FormApproval))


def _approve(_mapper: Mapper[Any], connection: Connection, version: InstrumentVersion) -> None:
    said = {"instrument_id": version.id, "profile": _PROFILE, "by_id": "officer", "approved_on": _YEARS[0]}
    schools = connection.scalars(select(DistrictSchool.id)).all()
    rows = [{**said, "id": new_id(), "school_year": year, "school_id": each} for year in _YEARS for each in schools]
    connection.execute(insert(FormApproval), rows)
