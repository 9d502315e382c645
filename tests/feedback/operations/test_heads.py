"""The list of what staff did: whatever is changed, taken out, moved, cut off or written anew is named."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback.models import AuditEntry
from feedback.operations.heads import first_wrong_entry, latest_head, sign_head
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.audit import FIRST, Entry, How
from tests.factories import NOW

TODAY = NOW.date()


def act(school: School, times: int) -> None:
    """So many things that staff did."""
    with Session(school.engine) as session, session.begin():
        for _ in range(times):
            record(session, NOW, "lead@example.org", "round_opened", "round")


def _change(school: School, which: int, **facts: Any) -> None:
    with Session(school.engine) as session, session.begin():
        session.execute(update(AuditEntry).where(AuditEntry.number == which).values(**facts))


def _write_anew(school: School, start: int) -> None:
    """What an attacker with the database, the code and patience does: every hash is right again."""
    with Session(school.engine) as session, session.begin():
        previous = FIRST
        for row in session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
            if row.number >= start:
                row.previous_hash = previous
                entry = Entry(row.number, row.at, row.account, row.action, row.object_id, row.facts, previous)
                row.hash = entry.hash()
            previous = row.hash


def test_an_unbroken_list_holds_with_and_without_heads(school: School) -> None:
    assert first_wrong_entry(school) is None
    assert sign_head(school, today=TODAY) is None
    act(school, 3)
    assert first_wrong_entry(school) is None
    signed = sign_head(school, today=TODAY)
    assert signed is not None
    assert (signed.number, latest_head(school)) == (3, signed)
    assert sign_head(school, today=TODAY) is None
    act(school, 2)
    sign_head(school, today=TODAY + timedelta(1))
    assert first_wrong_entry(school) is None


@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_edited_entry_is_named(school: School, number: int) -> None:
    act(school, 5)
    _change(school, number, account="somebody@example.org")
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert (wrong.number, wrong.how) == (number, How.CHANGED)


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_entry_is_named(school: School, number: int) -> None:
    act(school, 5)
    with Session(school.engine) as session, session.begin():
        session.execute(delete(AuditEntry).where(AuditEntry.number == number))
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert (wrong.number, wrong.how) == (number, How.MISSING)


def test_entries_that_changed_places_are_named(school: School) -> None:
    act(school, 5)
    for number, new in ((2, 99), (3, 2), (99, 3)):
        _change(school, number, number=new)
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert (wrong.number, wrong.how) == (2, How.CHANGED)


def test_an_end_that_was_cut_off_is_named_by_the_head(school: School) -> None:
    act(school, 5)
    sign_head(school, today=TODAY)
    with Session(school.engine) as session, session.begin():
        session.execute(delete(AuditEntry).where(AuditEntry.number >= 4))
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert (wrong.number, wrong.how) == (4, How.CUT_OFF)


def test_a_list_that_was_written_anew_is_named_by_the_head(school: School) -> None:
    act(school, 3)
    sign_head(school, today=TODAY)
    act(school, 2)
    _change(school, 2, account="somebody@example.org")
    _write_anew(school, 2)
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert (wrong.number, wrong.how) == (3, How.REWRITTEN)


def test_a_head_that_was_changed_is_named(school: School) -> None:
    act(school, 3)
    sign_head(school, today=TODAY)
    file = school.keystore.folder / "heads"
    line = json.loads(file.read_text())
    file.write_text(json.dumps({**line, "facts": {**line["facts"], "number": 2}}) + "\n")
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert wrong.how is How.HEAD
