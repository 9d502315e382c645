"""A pilot's life at the desk: proposed, refused, approved, opened, amended, and run again."""

from typing import Any

from flask import Flask
from icalendar import Calendar

from feedback.operations.pilots.pilot import pilots_of
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_pilot, a_round, a_staff_member
from tests.feedback.web.pilots.test_desk_pilots import TYPED


def sentence(page: Any) -> str:
    return " ".join(page.words.split())


def test_a_pilot_is_proposed_refused_approved_opened_and_amended(school: School, app: Flask) -> None:
    lead, officer = a_staff_member(school, "lead", account="lead"), a_staff_member(school, "officer", account="officer")
    desk, officers_desk = Desk(app, lead), Desk(app, officer)
    desk.send("/pilots/new", **TYPED)
    (pilot,) = pilots_of(school, lead)
    round_ = a_round(school, pilot=pilot, owner_id=lead.id, state="draft")
    refused = desk.send(f"/rounds/{round_.id}/open")
    assert refused.status == 409
    assert "The privacy officer has not said yes to this pilot." in sentence(refused)
    assert desk.send(f"/pilots/{pilot.id}/approve").status == 403
    assert "Pilots that wait for your yes" in officers_desk.open("/").words
    assert "Pilots that wait for your yes" not in desk.open("/").words
    assert officers_desk.open(f"/pilots/{pilot.id}/plan").status == 200
    approved = officers_desk.send(f"/pilots/{pilot.id}/approve")
    assert "Approved by the privacy officer on November 23, 2026." in sentence(approved)
    desk.send(f"/rounds/{round_.id}/open")
    assert "Voices are being collected" in desk.open(f"/pilots/{pilot.id}").words
    frozen = desk.send(f"/pilots/{pilot.id}/freeze")
    assert "A round of this pilot is still open." in sentence(frozen)
    desk.send(f"/pilots/{pilot.id}/change", **{**TYPED, "target": "50", "reason": "Half the class was ill."})
    shown = sentence(desk.open(f"/pilots/{pilot.id}"))
    assert "The target was changed from 60% to 50%." in shown
    assert "At least 60% should answer: Yes." in shown


def test_whoever_proposed_a_pilot_cannot_say_yes_to_it(school: School, app: Flask) -> None:
    both = a_staff_member(school, "lead", "officer")
    pilot = a_pilot(school, owner_id=both.id, state="draft")
    page = Desk(app, both).send(f"/pilots/{pilot.id}/approve")
    assert (page.status, "You began this pilot yourself." in page.words) == (403, True)


def test_a_plan_is_written_changed_and_struck_and_what_is_missing_said(school: School, app: Flask) -> None:
    desk, pilot = Desk(app, a_staff_member(school, "lead")), a_pilot(school)
    plan = f"/pilots/{pilot.id}/plan"
    assert "Nobody is asked this yet, and you want to know it" in sentence(desk.open(plan))
    line = {"instrument": "first-look", "wave": "end", "languages": ["en"], "role": "Class teacher"}
    page = desk.send(f"{plan}/plan_line/new", **line)
    assert "No round is planned for this wave: Students, At the end." in sentence(page)
    assert "Nobody is asked this yet" not in sentence(page)
    page = desk.send(f"{plan}/seat/new", seat="librarian", role="School librarian", term_ends="2026-11-01", deputy="")
    assert "1 of 8 kinds of people are on the team." in sentence(page)
    assert "The term ended on November 1, 2026." in sentence(page)
    assert desk.send(f"{plan}/milestone/new", day="", what="").words.count("Say what happens on this day.") == 2
    page = desk.send(f"{plan}/milestone/new", day="2026-12-18", what="Half time", decision_point="1")
    change = next(href for href in page.links if "/plan/milestone/" in href and not href.endswith("new"))
    assert desk.open(change.split("/desk")[1]).fields["day"] == ["2026-12-18"]
    page = desk.send(change.split("/desk")[1] + "/strike")
    assert "Half time" not in page.words


def test_the_calendar_is_a_page_and_the_same_as_a_file(school: School, app: Flask) -> None:
    desk, pilot = Desk(app, a_staff_member(school, "lead")), a_pilot(school)
    a_round(school, pilot=pilot, title="Class 5A")
    page = sentence(desk.open(f"/pilots/{pilot.id}/calendar"))
    answer = desk.client.get(f"/en/desk/pilots/{pilot.id}/calendar.ics")
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert answer.mimetype == "text/calendar"
    assert {"The pilot begins", "Round opens: Class 5A"} <= {str(event["summary"]) for event in events}
    assert all(str(event["summary"]) in page for event in events)


def test_running_it_again_begins_with_a_day(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, state="decided")
    desk = Desk(app, lead)
    assert desk.send(f"/pilots/{pilot.id}/again", first_day="").status == 422
    page = desk.send(f"/pilots/{pilot.id}/again", first_day="2027-02-01")
    assert "This is the next cycle of: Reading app" in sentence(page)
    assert "This is a draft" in page.words
