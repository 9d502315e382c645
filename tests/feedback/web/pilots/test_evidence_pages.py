"""What else we know, at the desk: notes without names, files looked at before they are kept, claims, numbers."""

import io
import json
from html import unescape

import pytest
from flask import Flask

from feedback.models import Pilot, StaffMember
from feedback.operations.pilots.book import entries_of
from feedback.operations.school import School
from tests.desk import Desk, fill_and_count
from tests.factories import a_pilot, a_round, a_staff_member, drop_envelopes

SEEN = {"week": "2026-W47", "place": "Library", "claim": ""}
HEADS = "week,tool,class,active,minutes"


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody on every team."""
    return a_staff_member(school, "lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their browser."""
    return Desk(app, lead)


@pytest.fixture
def pilot(school: School) -> Pilot:
    """A pilot."""
    return a_pilot(school)


def test_a_name_in_a_note_is_marked_and_kept_only_when_it_is_none(
    school: School, desk: Desk, lead: StaffMember, pilot: Pilot
) -> None:
    path = f"/pilots/{pilot.id}/evidence/observation"
    page = desk.send(path, **SEEN, seen="Two read to Ali.")
    assert (page.status, "<mark>Ali</mark>" in page.response.text) == (422, True)
    assert page.fields["seen"] == ["Two read to Ali."]
    assert entries_of(school, lead, pilot.id) == []
    other = desk.send(path, **SEEN, seen="Two read to Fatima.", not_names="Ali")
    assert other.status == 422, "the tick is about the words that were shown"
    assert "Two read to Ali." in desk.send(path, **SEEN, seen="Two read to Ali.", not_names="Ali").words
    assert [entry.body["seen"] for entry in entries_of(school, lead, pilot.id)] == ["Two read to Ali."]


def test_a_file_is_shown_before_it_is_kept(school: School, desk: Desk, lead: StaffMember, pilot: Pilot) -> None:
    path = f"/pilots/{pilot.id}/evidence/file"
    file = io.BytesIO(f"{HEADS}\n2026-W47,Epic,5A,20,400\n2026-W47,Epic,5B,3,9\n".encode())
    page = desk.send(path, kind="usage", file=(file, "use.csv"))
    assert ("2 rows were understood." in page.words, "not shown" in page.words) == (True, True)
    assert entries_of(school, lead, pilot.id) == []
    assert "2 rows are kept." in desk.send(f"{path}/keep", kind="usage", rows=page.fields["rows"][0]).words
    assert [entry.body["active"] for entry in entries_of(school, lead, pilot.id)].count(None) == 1
    changed = json.dumps([{**json.loads(page.fields["rows"][0])[0], "active": 2}])
    assert desk.send(f"{path}/keep", kind="usage", rows=changed).status == 400


def test_a_refused_file_says_why_at_the_desk(desk: Desk, pilot: Pilot) -> None:
    file = io.BytesIO(f"{HEADS},student_id\n2026-W47,Epic,5A,20,400,7\n".encode())
    page = desk.send(f"/pilots/{pilot.id}/evidence/file", kind="usage", file=(file, "use.csv"))
    assert (page.status, "Line 1: The column “student_id” looks like" in page.words) == (422, True)


def test_levels_that_were_put_together_are_said(desk: Desk, pilot: Pilot) -> None:
    counts = {"level_0": "Begun", "pieces_0": "2", "level_1": "Nearly", "pieces_1": "9"}
    page = desk.send(f"/pilots/{pilot.id}/evidence/work", group="5A", rubric="Writing", **counts)
    assert ("put together with the next one" in page.words, "Begun + Nearly" in page.words) == (True, True)
    few = {"level_0": "Begun", "pieces_0": "2"}
    assert desk.send(f"/pilots/{pilot.id}/evidence/work", group="5A", rubric="Writing", **few).status == 422


def test_the_use_and_the_costs_are_written_down(desk: Desk, pilot: Pilot) -> None:
    page = desk.send(f"/pilots/{pilot.id}/use", week="2026-W47", group="5A", sessions="2", minutes="45")
    assert "Sessions: 2. Minutes: 45." in page.words
    page = desk.send(f"/pilots/{pilot.id}/costs", what="Licences", sort="licence", amount="1200,50")
    assert ("1,200.5" in page.words, "We cannot tell" in page.words) == (True, True)


def test_a_finding_becomes_a_claim_that_goes_with_its_round(
    school: School, desk: Desk, lead: StaffMember, pilot: Pilot
) -> None:
    round_ = a_round(school, pilot=pilot)
    fill_and_count(school, round_, *[{"again": "yes"}] * 20)
    page = desk.open(f"/pilots/{pilot.id}/evidence/claims")
    assert page.words.count("Make this a claim") == 1
    suggested = unescape(page.response.text.partition('name="claim" value="')[2].partition('"')[0])
    assert suggested == "Do you want to use it again? 75% or more answered: Yes."
    silent = dict.fromkeys(("observation", "work_sample", "assessment", "usage", "dose"), "silent")
    page = desk.send(
        f"/pilots/{pilot.id}/evidence/claims",
        claim=suggested,
        round_id=round_.id,
        survey="agrees",
        **silent,
    )
    assert ("Single source" in page.words, "Make this a claim" in page.words) == (True, False)
    (claim,) = entries_of(school, lead, pilot.id, "claim")
    assert claim.round_id == round_.id
    change = f"/pilots/{pilot.id}/evidence/claims/{claim.id}"
    page = desk.send(change, claim=suggested, survey="agrees", **{**silent, "usage": "differs"})
    assert "Single source" not in page.words


def test_a_group_has_at_least_the_people_who_answered(school: School, desk: Desk, pilot: Pilot) -> None:
    groups = [{"code": code, "name": f"Class {code}", "size": 20} for code in ("5A", "5B")]
    round_ = a_round(school, pilot=pilot, groups=groups, breakdowns=["group"], group_size=60)
    for code in ("5A", "5B"):
        drop_envelopes(school, round_, *[{"again": "yes"}] * 10, *[{"again": "no"}] * 10, group=code)
    fill_and_count(school, round_)
    path = f"/pilots/{pilot.id}/evidence/people/{round_.id}"
    page = desk.send(path, people_5A="3", people_5B="24")
    assert (page.status, 'id="people_5A-error"' in page.response.text) == (422, True)
    assert 'id="people_5B-error"' not in page.response.text
    assert "The numbers are kept." in desk.send(path, people_5A="22", people_5B="24").words
    assert desk.open(path).fields["people_5A"] == ["22"]
