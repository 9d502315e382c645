"""A pilot's days are one list, as a page and as a calendar file that names nobody and says nothing of how many."""

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.pilots.pilot_calendar import CalendarDay, as_ics, calendar_of
from feedback.operations.pilots.plan import PlanPage, Warned, plan_page
from feedback.operations.pilots.run_again import run_again
from feedback.operations.school import School
from tests.factories import NOW, a_pilot, a_round, a_staff_member

LINE = {"instrument": "first-look", "audience": "students", "languages": ["en"]}


def test_rounds_milestones_and_days_of_deletion_are_days_of_the_pilot(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    facts: dict[str, Any] = {"state": "scrubbed", "counted_on": NOW.date(), "promise_on": date(2026, 12, 7)}
    round_ = a_round(school, pilot=pilot, title="Class 5A", **facts)
    stop = {"day": "2027-01-15", "what": "Enough for everybody?", "decision_point": True}
    write_entry(school, lead, pilot.id, NewEntry("milestone", stop), now=NOW)
    step = {"what": "Give the tablets back", "owner": "Deputy head", "due": "2027-01-10"}
    for state, day in (("done", "2027-01-10"), ("open", "2027-02-10")):
        write_entry(school, lead, pilot.id, NewEntry("exit_step", {**step, "due": day}, state=state), now=NOW)
    _pilot, days = calendar_of(school, lead, pilot.id)
    told = {day.code: (day.day, day.about) for day in days}
    assert told["promise"] == (date(2026, 12, 7), "Class 5A")
    assert told["comments_go"][0] == NOW.date() + timedelta(days=round_.keep_comments_days)
    assert told["figures_go"][0] == NOW.date() + timedelta(days=round_.keep_tallies_days)
    assert told["decision_point"] == (date(2027, 1, 15), "Enough for everybody?")
    assert told["exit_step"][0] == date(2027, 2, 10)
    assert len(days) == len(told)  # and the one that is done is gone
    assert [day.day for day in days] == sorted(day.day for day in days)


def test_the_file_is_read_back_as_whole_days_without_people() -> None:
    days = [(CalendarDay("abc-day", date(2027, 1, 15), "milestone", "Book fair"), "Book fair")]
    file = as_ics("Reading app", date(2026, 9, 1), days)
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert (event["uid"], event["summary"]) == ("abc-day@voicebox", "Book fair")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 1, 15), date(2027, 1, 16))
    assert not {"ATTENDEE", "ORGANIZER", "CONTACT"} & set(event)
    assert file == as_ics("Reading app", date(2026, 9, 1), days)


def test_a_teacher_sees_no_days_of_other_peoples_rounds(school: School) -> None:
    teacher, pilot = a_staff_member(school), a_pilot(school)
    a_round(school, pilot=pilot, title="Mine", owner_id=teacher.id)
    a_round(school, pilot=pilot, title="Theirs")
    _pilot, days = calendar_of(school, teacher, pilot.id)
    assert {day.about for day in days} == {"", "Mine"}


def plan_of(school: School, *entries: tuple[str, object], **facts: object) -> PlanPage:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, **facts)
    for kind, body in entries:
        write_entry(school, lead, pilot.id, NewEntry(kind, body), now=NOW)  # type: ignore[arg-type]  # as JSON
    return plan_page(school, lead, pilot.id)


def test_the_plan_says_what_nobody_is_asked_and_which_wave_has_no_round(school: School) -> None:
    facts = {"starts_on": date(2026, 11, 23), "ends_on": date(2027, 1, 17)}
    assert [warned.code for warned in plan_of(school, **facts).warnings] == ["no_instrument"]


def test_a_line_answers_the_criteria_that_its_instrument_asks(school: School) -> None:
    facts = {"starts_on": date(2026, 11, 23), "ends_on": date(2027, 1, 17)}
    page = plan_of(school, ("plan_line", {**LINE, "wave": "baseline"}), **facts)
    assert [answers for _line, answers in page.lines] == [("again",)]
    assert page.warnings == [Warned("no_round", ("baseline", "students"))]


def test_a_pilot_is_neither_endless_nor_over_at_once(school: School) -> None:
    long = plan_of(school, ("plan_line", LINE), starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31))
    assert long.warnings == [Warned("too_long", 22)]


def test_the_team_says_who_is_missing(school: School) -> None:
    page = plan_of(
        school, ("seat", {"seat": "family", "title": "Two parents"}), ("seat", {"seat": "other", "title": "Caretaker"})
    )
    assert page.missing_seats == ("teacher", "leader", "librarian", "counsellor", "it", "student", "community")
    assert [seat.body["title"] for seat in page.seats] == ["Two parents", "Caretaker"]


def test_running_it_again_moves_every_day_and_keeps_the_rest(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, state="decided")
    groups = [{"code": "AAAA", "name": "5A", "size": 25}]
    first = a_round(school, pilot=pilot, wave="end", groups=groups, state="scrubbed", counted_on=NOW.date())
    a_round(school, pilot=pilot, imported=True)
    write_entry(school, lead, pilot.id, NewEntry("plan_line", {**LINE, "opens_on": "2026-11-30"}, role="Head"), now=NOW)
    idea = {"idea": "Read in pairs", "proposed_by": "Class 5B"}
    write_entry(school, lead, pilot.id, NewEntry("idea", idea), now=NOW)
    new_id = run_again(school, lead, pilot.id, pilot.starts_on + timedelta(days=91), now=NOW)
    new, days = calendar_of(school, lead, new_id)
    assert (new.state, new.follows_id, new.proposed_by) == ("draft", pilot.id, "Class 5B")
    assert (new.ends_on - pilot.ends_on, new.criterion) == (timedelta(days=91), pilot.criterion)
    (again,) = new.rounds
    assert (again.state, again.wave, again.counted_on, again.code != first.code) == ("draft", "end", None, True)
    assert again.opens_at - first.opens_at == timedelta(days=91)
    assert [(group["name"], group["code"] != "AAAA") for group in again.groups] == [("5A", True)]
    (line,) = [entry.body for entry, _answers in plan_page(school, lead, new_id).lines]
    assert line["opens_on"] == "2027-03-01"
    assert not [day for day in days if day.code in ("comments_go", "figures_go", "approved")]
