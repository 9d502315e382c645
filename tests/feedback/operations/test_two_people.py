"""What needs two people is done by nobody alone, once, and only as it was agreed to."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from feedback.db import writing
from feedback.models import Approval
from feedback.operations.errors import NotFound, NotPermitted, NotReady, SecondPersonNeeded, WrongState
from feedback.operations.school import School
from feedback.operations.two_people import (
    DAYS_IT_HOLDS,
    Deed,
    agree,
    ask,
    decline,
    open_requests,
    use,
    withdraw,
)
from tests.factories import NOW, a_staff_member

_FACTS = {"k": 8}


def _use(school: School, facts: dict[str, int] | None = None, days: int = 0) -> None:
    with writing(school.engine) as session:
        use(session, Deed.EASE_RULES, "rules", _FACTS if facts is None else facts, today=(NOW + timedelta(days)).date())


def test_one_asks_another_agrees_and_it_holds_once(school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    lead = a_staff_member(school, "lead", account="lead@example.org")
    asked = ask(school, officer, Deed.EASE_RULES, "rules", reason="A smaller school", facts=_FACTS, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        _use(school)
    with pytest.raises(SecondPersonNeeded):
        agree(school, officer, asked, now=NOW)
    assert [each.may_answer for each in open_requests(school, lead, now=NOW)] == [True]
    agree(school, lead, asked, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        _use(school, {"k": 7})
    _use(school)
    with pytest.raises(SecondPersonNeeded):
        _use(school)
    assert open_requests(school, officer, now=NOW) == []


def test_a_no_a_withdrawal_and_the_days_end_it(school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    lead = a_staff_member(school, "lead", account="lead@example.org")
    ended = []
    for end in (decline, withdraw):
        asked = ask(school, officer, Deed.EASE_RULES, "rules", reason="why", facts=_FACTS, now=NOW)
        end(school, lead if end is decline else officer, asked, now=NOW)
        ended.append(asked)
    for asked in ended:
        with pytest.raises(WrongState):
            agree(school, lead, asked, now=NOW)
    late = ask(school, officer, Deed.EASE_RULES, "rules", reason="why", facts=_FACTS, now=NOW)
    with pytest.raises(WrongState):
        agree(school, lead, late, now=NOW + timedelta(DAYS_IT_HOLDS + 1))
    agree(school, lead, late, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        _use(school, days=DAYS_IT_HOLDS + 1)


def test_who_may_not_ask_or_answer_is_refused(school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    teacher = a_staff_member(school, "teacher")
    with pytest.raises(NotPermitted):
        ask(school, teacher, Deed.EASE_RULES, "rules", reason="why", now=NOW)
    with pytest.raises(NotReady):
        ask(school, officer, Deed.EASE_RULES, "rules", reason="  ", now=NOW)
    asked = ask(school, officer, Deed.EASE_RULES, "rules", reason="why", now=NOW)
    with pytest.raises(NotPermitted):
        agree(school, teacher, asked, now=NOW)
    with pytest.raises(NotFound):
        withdraw(school, teacher, asked, now=NOW)
    assert open_requests(school, teacher, now=NOW) == []


def test_the_database_itself_wants_two(school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    ask(school, officer, Deed.EASE_RULES, "rules", reason="why", now=NOW)
    for change in ({"answered_by_id": officer.id}, {"state": "agreed"}):
        with pytest.raises(IntegrityError), writing(school.engine) as session:
            session.execute(update(Approval).values(**change))
