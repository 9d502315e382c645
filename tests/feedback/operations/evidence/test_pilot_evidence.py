"""What is known beside voices is added up by hand's rules: costs, use, tools, claims, work."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, BookEntry, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.evidence.pilot_evidence import Beside, evidence_of
from feedback.operations.evidence.why_not import say_why_not
from feedback.operations.evidence.work_samples import merged
from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.school import School
from feedback.operations.workshop.names_in_notes import marked, names_in
from tests.factories import NOW, a_pilot, a_staff_member


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody on every team."""
    return a_staff_member(school, "lead")


def _written(school: School, lead: StaffMember, kind: str, *bodies: Mapping[str, object], **facts: object) -> Beside:
    pilot = a_pilot(school, **facts)
    for body in bodies:
        write_entry(school, lead, pilot.id, NewEntry(kind, body), now=NOW)
    for use in USE:
        write_entry(school, lead, pilot.id, NewEntry("usage", use), now=NOW)
    return evidence_of(school, lead, pilot.id)


def _use(week: int, tool: str, group: str, active: int | None, minutes: int | None) -> dict[str, object]:
    return {"week": f"2026-W{week}", "tool": tool, "group": group, "active": active, "minutes": minutes}


#: In week 47, 5A has at least 20 active pupils and 5B has 10; in week 48 only 25 of 5A.
USE = (
    _use(47, "Epic", "5A", 20, 400),
    _use(47, "Lexia", "5A", 12, 24),
    _use(47, "Epic", "5B", 10, 50),
    _use(48, "Epic", "5A", 25, 100),
    _use(48, "Kahoot", "5B", None, None),
)


def test_money_is_divided_by_the_most_active_pupils_of_a_week_and_hours_are_not(
    school: School, lead: StaffMember
) -> None:
    costs = [("licence", 450), ("devices", 120.5), ("other", 29.5), ("hours", 12)]
    bodies = [{"what": sort, "sort": sort, "amount": amount} for sort, amount in costs]
    found = _written(school, lead, "cost", *bodies).costs
    # 450 and 120.50 and 29.50 make 600, for 20 pupils of 5A and 10 of 5B.
    assert (found.money, found.hours, found.active, found.per_active) == (600.0, 12.0, 30, 20.0)


def test_without_use_nobody_can_tell_the_cost_for_each_pupil(school: School, lead: StaffMember) -> None:
    pilot = a_pilot(school)
    write_entry(school, lead, pilot.id, NewEntry("cost", {"what": "x", "sort": "licence", "amount": 9}), now=NOW)
    assert evidence_of(school, lead, pilot.id).costs.per_active is None


def test_the_least_used_tool_comes_first(school: School, lead: StaffMember) -> None:
    found = _written(school, lead, "usage").usage
    # Lexia: 24 / 12. Epic: (400 + 50 + 100) / (20 + 10 + 25).
    assert [(tool.tool, tool.per_pupil) for tool in found.tools] == [("Kahoot", None), ("Lexia", 2.0), ("Epic", 10.0)]
    assert (found.too_few, found.active) == (1, 30)


def test_use_stands_beside_the_plan(school: School, lead: StaffMember) -> None:
    weeks = [{"week": f"2026-W{week}", "group": "5A", "sessions": 2, "minutes": 50} for week in (48, 47)]
    found = _written(school, lead, "dose", *weeks, planned_dose={"sessions": 3, "minutes": 60}).dose
    assert [line.said.week for line in found.lines] == ["2026-W47", "2026-W48"]
    assert (found.sessions, found.minutes, found.planned_sessions, found.most_minutes) == (4, 100, 3, 60)


def test_a_claim_with_one_source_is_marked(school: School, lead: StaffMember) -> None:
    one = {"claim": "They like it.", "sources": {"survey": "agrees", "usage": "silent"}}
    two = {"claim": "They use it.", "sources": {"survey": "agrees", "usage": "differs"}}
    none = {"claim": "Nobody says.", "sources": {}}
    found = _written(school, lead, "claim", one, two, none).claims
    assert {line.claim: line.single for line in found} == {
        "They like it.": "survey",
        "They use it.": None,
        "Nobody says.": None,
    }


def test_why_not_is_counted_from_five_answers_on_and_names_nobody(school: School, lead: StaffMember) -> None:
    pilot = a_pilot(school)
    write_entry(school, lead, pilot.id, NewEntry("usage", USE[0]), now=NOW)
    for answers in range(5):
        assert evidence_of(school, lead, pilot.id).usage.tools[0].why_not is None, answers
        say_why_not(school, lead, pilot.id, "Epic", "no_time" if answers else "other", now=NOW)
    assert evidence_of(school, lead, pilot.id).usage.tools[0].why_not == {"no_time": 4, "other": 1}
    with pytest.raises(NotFound):
        say_why_not(school, lead, pilot.id, "Nothing", "no_time", now=NOW)
    with Session(school.engine) as session:
        taps = session.query(BookEntry).filter(BookEntry.kind == "why_not").all()
        told = [entry.account for entry in session.query(AuditEntry).all() if entry.facts.get("kind") == "why_not"]
    assert ({tap.by_id for tap in taps}, set(told)) == ({None}, {"staff"})


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("a", 9), ("b", 7)], (("a", 9), ("b", 7))),
        ([("a", 3), ("b", 7), ("c", 9)], (("a + b", 10), ("c", 9))),
        ([("a", 9), ("b", 2), ("c", 6)], (("a", 9), ("b + c", 8))),
        ([("a", 0), ("b", 1), ("c", 2), ("d", 8)], (("a + b + c + d", 11),)),
        ([("a", 0), ("b", 8)], (("a", 0), ("b", 8))),
        ([("a", 2), ("b", 2)], ()),
    ],
)
def test_levels_with_few_pieces_are_put_together(
    levels: list[tuple[str, int]], expected: tuple[tuple[str, int], ...]
) -> None:
    assert merged(levels) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ali read aloud to Fatima.", ("Ali", "Fatima")),
        ("Two children read aloud to each other in the Library.", ()),
        ("Mr Okonkwo's class used Kahoot on Monday.", ("Okonkwo",)),
        ("Zorblax, 5B, was alone.", ("Zorblax",)),
        ("fatima helped", ("fatima",)),
        ("Will they read? May we go to Hill Road School?", ()),
        ("Call 0791 234 567 or a.b@school.org before 2026-11-23.", ("0791 234 567", "a.b@school.org")),
        ("Los niños leyeron en parejas con José.", ("José",)),
        ("ساعد محمد زميله في القراءة", ("محمد",)),
        ("قرأ طفلان معا في المكتبة", ()),
    ],
)
def test_names_in_a_note_are_found(school: School, text: str, found: tuple[str, ...]) -> None:
    assert names_in(school, text) == found
    assert "".join(piece for piece, _is_name in marked(text, found)) == text
    assert [piece for piece, is_name in marked(text, found) if is_name] == list(found)
