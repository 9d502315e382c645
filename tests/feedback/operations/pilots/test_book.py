"""A pilot's book is written by its team, read by nobody else, and goes with the figures it repeats."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlalchemy.orm import Session

from feedback.models import KINDS, BookEntry, Evidence, PilotDocument, RollUp
from feedback.operations.errors import NotFound, NotPermitted
from feedback.operations.pilots.book import NewEntry, change_entry, entries_of, entry_for, strike_entry, write_entry
from feedback.operations.pilots.entries import SHAPES
from feedback.operations.retention.purge import delete_results
from feedback.operations.school import School
from tests.factories import NOW, a_pilot, a_round, a_staff_member

SEEN = {"week": "2026-W47", "place": "Library", "seen": "Two children read aloud to each other.", "claim": ""}


def test_what_the_team_writes_the_team_reads(school: School) -> None:
    lead, teacher = a_staff_member(school, "lead", account="lead@example.org"), a_staff_member(school, "teacher")
    pilot = a_pilot(school, owner_id=lead.id)
    a_round(school, pilot=pilot, owner_id=teacher.id)
    written = write_entry(school, teacher, pilot.id, NewEntry("observation", SEEN, role="Teacher"), now=NOW)
    change_entry(school, lead, written, now=NOW, state="done")
    (entry,) = entries_of(school, lead, pilot.id, "observation")
    assert (entry.body, entry.state, entry.role, entry.mine) == (SEEN, "done", "Teacher", False)
    assert entry_for(school, teacher, written).mine
    strike_entry(school, teacher, written, now=NOW)
    assert entries_of(school, lead, pilot.id) == []


def test_nobody_else_reads_or_writes_it(school: School) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    pilot, stranger = a_pilot(school), a_staff_member(school, "teacher")
    with pytest.raises(NotFound):
        write_entry(school, stranger, pilot.id, NewEntry("observation", SEEN), now=NOW)
    with pytest.raises(NotPermitted):
        entries_of(school, a_staff_member(school, "officer", account="officer@example.org"), pilot.id)
    with pytest.raises(ValidationError, match="pupil"):
        write_entry(school, lead, pilot.id, NewEntry("observation", {**SEEN, "pupil": "one of them"}), now=NOW)
    with pytest.raises(ValueError, match="gossip is no kind of entry"):
        write_entry(school, lead, pilot.id, NewEntry("gossip", {}), now=NOW)


def test_an_entry_is_about_a_round_of_its_own_pilot(school: School) -> None:
    other, lead = a_round(school), a_staff_member(school, "lead")
    with pytest.raises(NotFound):
        write_entry(school, lead, a_pilot(school).id, NewEntry("totals", {"totals": {}}, other.id), now=NOW)


def test_what_repeats_a_rounds_figures_goes_with_them(school: School) -> None:
    lead = a_staff_member(school, "lead")
    pilot = a_pilot(school, state="decided")
    first, last = a_round(school, pilot=pilot, state="scrubbed"), a_round(school, pilot=pilot, state="scrubbed")
    write_entry(school, lead, pilot.id, NewEntry("totals", {"totals": {"5A": 24}}, first.id), now=NOW)
    write_entry(school, lead, pilot.id, NewEntry("lesson", {"learned": "ask sooner"}), now=NOW)
    day, digest = date(2026, 11, 23), "0" * 64
    with Session(school.engine) as session, session.begin():
        session.add(Evidence(pilot_id=pilot.id, number=1, body="{}", sha256=digest, frozen_on=day))
        session.add(
            PilotDocument(pilot_id=pilot.id, kind="pilot", language="en", of=digest, body=b"%PDF", sha256=digest)
        )
        rolled = {
            "name": "Year 5",
            "kind": "school",
            "reader": "team",
            "body": "{}",
            "sha256": digest,
            "released_on": day,
        }
        session.add(RollUp(round_ids=[first.id, "another"], **rolled))
        session.add(RollUp(round_ids=["another"], **rolled))
    delete_results(school, first.id, today=day)
    with Session(school.engine) as session:
        assert [entry.kind for entry in session.query(BookEntry)] == ["lesson"]
        assert session.query(Evidence).count() == session.query(PilotDocument).count() == 0
        assert [sum_.round_ids for sum_ in session.query(RollUp)] == [["another"]]
    delete_results(school, last.id, today=day)
    with Session(school.engine) as session:
        assert session.query(BookEntry).count() == 0


def test_every_kind_of_entry_has_its_shape() -> None:
    assert set(SHAPES) == set(KINDS)
