"""The list of what staff did, as the privacy officer reads it: in words, searched, and taken away."""

import ast
import csv
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from feedback.models import AuditEntry
from feedback.operations.audit.listed import ON_A_PAGE, Wanted, chosen, find_entries
from feedback.operations.door.looked_at import Looks
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.proof.inventory import STAFF_ACTIONS
from feedback.web.audit.action_words import ACTIONS, FACTS, READ_WORDS
from feedback.web.looked_at import READ
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_round, a_staff_member


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    return Desk(app, a_staff_member(school, "officer", account="officer@example.org"))


def _did(school: School, *actions: str, about: str = "thing", days_ago: int = 0, **facts: object) -> None:
    with Session(school.engine) as session, session.begin():
        for action in actions:
            record(session, NOW - timedelta(days=days_ago), "lead@example.org", action, about, **facts)


def test_every_action_has_its_sentence_and_no_sentence_has_no_action() -> None:
    assert ACTIONS.keys() == STAFF_ACTIONS


def test_every_fact_that_is_recorded_has_a_name() -> None:
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in Path("feedback").rglob("*.py")]
    calls = [call for module in modules for call in ast.walk(module) if isinstance(call, ast.Call)]
    recorded = {
        named.arg for call in calls if getattr(call.func, "id", "") == "record" for named in call.keywords if named.arg
    }
    assert recorded - FACTS.keys() == set()
    assert len(recorded) > 30
    assert len(set(ACTIONS.values())) == len(ACTIONS)
    assert set(READ.values()) <= READ_WORDS.keys()


def test_an_entry_is_told_in_words_with_the_title_of_what_it_is_about(school: School, desk: Desk) -> None:
    round_, pilot = a_round(school, title="Class 2B"), a_pilot(school)
    _did(school, "round_opened", about=round_.id, k=10)
    _did(school, "pilot_changed", about=pilot.id)
    _did(school, "readers_named", about=round_.id, languages=["es", "ar"], allowed=True)
    page = desk.open("/audit/")
    for words in ("A round was opened", "Class 2B", "Reading app", "fewest people", "Español, العربية", "yes"):
        assert words in page.words
    assert f"/en/desk/rounds/{round_.id}" in page.links


def test_a_hundred_stand_on_a_page_and_the_rest_follow(school: School, desk: Desk) -> None:
    _did(school, *["slips_printed"] * ON_A_PAGE, "round_closed")
    first = desk.open("/audit/")
    assert first.words.count("Slips were printed") == ON_A_PAGE - 1 + 1  # and once to choose from
    (older,) = (link for link in first.links if "before=" in link)
    assert "A round was closed" in first.words
    assert desk.client.get(older).text.count("<strong>Slips were printed") == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"account": "lead@example.org"}, {"round_closed", "round_opened", "slips_printed"}),
        ({"account": "nobody"}, set()),
        ({"action": "round_opened"}, {"round_opened"}),
        ({"about": "one"}, {"round_closed"}),
        ({"since": date(2026, 11, 23)}, {"slips_printed"}),
        ({"until": date(2026, 11, 20)}, {"round_closed", "round_opened"}),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 20)}, {"round_opened"}),
        ({"since": date(2027, 1, 1)}, set()),
        ({"until": date(2020, 1, 1)}, set()),
    ],
)
def test_it_is_searched_by_account_action_thing_and_day(
    school: School, asked: dict[str, str | date], expected: set[str]
) -> None:
    officer = a_staff_member(school, "officer")
    _did(school, "round_closed", about="one", days_ago=10)
    _did(school, "round_opened", days_ago=3)
    _did(school, "slips_printed")
    found = find_entries(school, officer, Wanted(**asked))  # type: ignore[arg-type]  # the table above has both kinds
    assert {each.action for each in found.entries} == expected


def test_a_page_of_a_long_list_reads_no_more_than_it_shows(school_in_a_file: School) -> None:
    school = school_in_a_file
    with school.engine.begin() as connection:
        rows = [
            {"number": number, "at": NOW + timedelta(minutes=number), "account": f"a{number % 7}@example.org"}
            | {"action": f"action{number % 50}", "object_id": f"thing{number % 90}", "facts": {}}
            | {"previous_hash": "", "hash": ""}
            for number in range(1, 20_001)
        ]
        connection.execute(AuditEntry.__table__.insert(), rows)  # type: ignore[attr-defined]  # a Table
        connection.execute(text("ANALYZE"))
    every = [
        Wanted(),
        Wanted(account="a3@example.org"),
        Wanted(action="action7"),
        Wanted(about="thing4"),
        Wanted(since=date(2026, 11, 24), until=date(2026, 11, 26)),
        Wanted(account="a3@example.org", action="action7", since=date(2026, 11, 25)),
    ]
    with Session(school.engine) as session:
        for wanted in every:
            query = chosen(session, school, wanted)
            assert query is not None
            told = str(query.limit(101).compile(school.engine, compile_kwargs={"literal_binds": True}))
            plan = " ".join(str(row[3]) for row in session.execute(text(f"EXPLAIN QUERY PLAN {told}")))
            assert "TEMP B-TREE" not in plan, (wanted, plan)
            # Without a search it walks down the newest numbers, and stops after a page.
            assert "SCAN" not in plan or wanted == Wanted(), (wanted, plan)


def test_a_broken_entry_is_named_on_top(school: School, desk: Desk) -> None:
    _did(school, "round_opened", "round_closed", "slips_printed")
    assert "does not hold" not in desk.open("/audit/").words
    with Session(school.engine) as session, session.begin():
        session.get_one(AuditEntry, 2).account = "somebody@example.org"
    words = desk.open("/audit/").words
    assert "This list does not hold" in words
    assert "Entry 2 was changed or moved." in words


def test_the_table_begins_no_formula_and_its_taking_is_noted(school: School, desk: Desk) -> None:
    _did(school, "round_opened", about="=cmd|1", reason="+1")
    _did(school, "slips_printed", about="other")
    answer = desk.client.get("/en/desk/audit/list.csv?action=round_opened")
    head, line = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    row = dict(zip(head, line, strict=True))
    assert (row["action"], row["in words"], row["about"]) == ("round_opened", "A round was opened", "'=cmd|1")
    assert row["facts"] == "reason: +1"
    with Session(school.engine) as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "audit_exported")).one()
    assert (noted.account, noted.facts) == ("officer@example.org", {"search": "action: round_opened"})


def test_who_looked_at_what_is_in_it_and_so_is_the_officer(app: Flask, desk: Desk) -> None:
    app.extensions["looks"] = Looks()
    desk.open("/audit/")
    words = desk.open("/audit/?action=looked_at").words
    assert "what: the list of what staff did" in words


@pytest.mark.parametrize("role", ["lead", "teacher", "administrator", "reader"])
def test_nobody_else_reads_it(school: School, app: Flask, role: str) -> None:
    other = Desk(app, a_staff_member(school, role))
    assert (other.status("/audit/"), other.status("/audit/list.csv")) == (403, 403)
