"""A pilot's calendar: every day on which something of it begins, ends or is due, as a page and as a file.

Whole days only, of rounds, entries and deadlines. Nothing here names a person, or tells how many anybody were.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from feedback.db import reading
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.pilots.book import Entry, read_entries
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.school import School

_MAKER = "-//Voicebox//Pilot calendar//EN"
#: Kind of entry -> the fields of it that are days, each with the code of what that day is.
_DAYS = {
    "review": {"day": "review"},
    "cycle": {"starts_on": "cycle_begins", "ends_on": "cycle_ends"},
    "reply": {"due": "reply_due"},
    "decision": {"next_review": "next_review"},
    "exit_step": {"due": "exit_step"},
    "seat": {"term_ends": "term_ends"},
}
#: Kinds of entries that have a day.
DATED = ("milestone", *_DAYS)
#: Kind of entry -> the field that says what the day is about, in the words of staff.
_ABOUT = {"milestone": "what", "cycle": "aim", "exit_step": "what", "seat": "title", "reply": "owner"}
#: What is due is due no longer in these states; what was planned for a day stays in the calendar.
_DONE = {"reply": ("kept", "withdrawn"), "exit_step": ("done",)}


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One line: `code` says what happens, `about` of what it is said (a round's name, a milestone), "" of the pilot."""

    id: str
    day: date
    code: str
    about: str = ""


def calendar_of(school: School, by: StaffMember, pilot_id: str) -> tuple[Pilot, list[CalendarDay]]:
    """The pilot and its days, in order; of rounds those that this account may see. NotFound, NotPermitted."""
    pilot = pilot_for(school, by, pilot_id)
    with reading(school.engine) as session:
        entries = read_entries(session, pilot_id, *DATED, by=by)
    return pilot, days_of(school, pilot, entries)


def days_of(school: School, pilot: Pilot, entries: Iterable[Entry]) -> list[CalendarDay]:
    """The days of a pilot, of its rounds and of these entries of its book (kinds in DATED), in order."""
    days = [*_of_the_pilot(pilot)]
    for round_ in pilot.rounds:
        days += _of_a_round(school, round_)
    for entry in entries:
        days += _of_an_entry(entry)
    return sorted(days, key=lambda each: (each.day, each.code, each.id))


def as_ics(name: str, begins_on: date, days: list[tuple[CalendarDay, str]]) -> bytes:
    """The days, each with its sentence, as an iCalendar file (RFC 5545). The same days give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    # Of the pilot and not of the clock: when somebody fetched the file is nobody's business.
    stamp = datetime.combine(begins_on, time(0), UTC)
    for each, sentence in days:
        event = Event()
        event.add("uid", f"{each.id}@voicebox")
        event.add("dtstamp", stamp)
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(days=1))
        event.add("summary", sentence)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _of_the_pilot(pilot: Pilot) -> Iterator[CalendarDay]:
    if pilot.approved_on:
        yield CalendarDay(f"{pilot.id}-approved", pilot.approved_on, "approved")
    yield CalendarDay(f"{pilot.id}-begins", pilot.starts_on, "begins")
    yield CalendarDay(f"{pilot.id}-ends", pilot.ends_on, "ends")


def _of_a_round(school: School, round_: Round) -> Iterator[CalendarDay]:
    if not round_.imported:
        yield CalendarDay(f"{round_.id}-opens", school.settings.day_of(round_.opens_at), "round_opens", round_.title)
        closes_on = school.settings.day_of(round_.box_shuts_at)
        yield CalendarDay(f"{round_.id}-closes", closes_on, "round_closes", round_.title)
    if round_.promise_on:
        yield CalendarDay(f"{round_.id}-promise", round_.promise_on, "promise", round_.title)
    # As `privacy.retention` counts them; before the count nobody can know these days.
    if round_.counted_on and not round_.comments_purged_on:
        yield from _later(round_, "comments_go", round_.keep_comments_days)
    if round_.counted_on and not round_.tallies_purged_on:
        yield from _later(round_, "figures_go", round_.keep_tallies_days)


def _later(round_: Round, code: str, days: int) -> Iterator[CalendarDay]:
    if round_.counted_on:
        yield CalendarDay(f"{round_.id}-{code}", round_.counted_on + timedelta(days=days), code, round_.title)


def _of_an_entry(entry: Entry) -> Iterator[CalendarDay]:
    about = str(entry.body.get(_ABOUT.get(entry.kind, ""), ""))
    if entry.kind == "milestone":
        code = "decision_point" if entry.body["decision_point"] else "milestone"
        yield CalendarDay(f"{entry.id}-day", date.fromisoformat(entry.body["day"]), code, about)
    elif entry.state not in _DONE.get(entry.kind, ()):
        for field, code in _DAYS[entry.kind].items():
            if entry.body.get(field):
                yield CalendarDay(f"{entry.id}-{field}", date.fromisoformat(entry.body[field]), code, about)
