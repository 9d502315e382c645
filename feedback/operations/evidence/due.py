"""What is due for one account, and nothing else: its part of the rounds, pilots and boxes, each with its next step."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from feedback.db import reading
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.answers.open_boxes import is_waiting
from feedback.operations.evidence.due_days import Deletion, deletions, next_day
from feedback.operations.pilots.book import Entry, read_entries
from feedback.operations.pilots.pilot import pilots_of
from feedback.operations.pilots.pilot_calendar import DATED
from feedback.operations.review.interpret import next_to_translate
from feedback.operations.review.under_review import rounds_to_review
from feedback.operations.rounds.tickets import TicketNow, tickets_of
from feedback.operations.school import School
from feedback.privacy.permissions import Action, reach

#: How long results that were promised for an earlier day are still called new.
_NEW_FOR = timedelta(days=14)
#: A pilot in one of these states waits for its team as soon as it is over; in the last two, at once.
_TO_DECIDE = ("collecting", "frozen", "reflecting")


@dataclass(frozen=True, slots=True)
class InBook:
    """An open entry of a pilot's book that is due: a meeting, a cycle, a step of the exit list. `day`: since when."""

    pilot: Pilot
    entry: Entry
    day: date


@dataclass(frozen=True, slots=True)
class Due:
    """What the account has to do, or wait for. `until`: the next day on which something is due for it."""

    ready: Sequence[Round] = ()
    for_review: Sequence[Round] = ()
    running: Sequence[Round] = ()
    counting: Sequence[Round] = ()
    drafts: Sequence[Round] = ()
    too_few: Sequence[Round] = ()
    tickets: Sequence[TicketNow] = ()
    to_decide: Sequence[Pilot] = ()
    in_book: Sequence[InBook] = ()
    deletions: Sequence[Deletion] = ()
    translates: bool = False
    until: date | None = None

    @property
    def nothing(self) -> bool:
        """Whether the page can say that nothing is due. A ticket can be opened any day, and deletion needs nobody."""
        waits = (each.name for each in fields(self) if each.name not in ("until", "tickets", "deletions"))
        return not any(getattr(self, name) for name in waits)


def due_for(school: School, by: StaffMember, *, now: datetime) -> Due:
    """What is due today for this account."""
    today = school.settings.day_of(now)
    interprets = reach(Action.TRANSLATE_COMMENTS, by.roles) is not None
    translates = interprets and next_to_translate(school, by, today=today) is not None
    if reach(Action.SEE_PILOTS, by.roles) is None:
        return Due(translates=translates)
    pilots = pilots_of(school, by)
    entries = _entries(school, by, pilots)
    rounds = [each for pilot in pilots for each in pilot.rounds]
    return replace(
        _of_rounds(school, by, rounds, today),
        # A lead may open everybody's, and is not reminded of them.
        tickets=[each for each in tickets_of(school, by, now=now) if each.ticket.owner_id == by.id],
        to_decide=[each for each in pilots if _waits_for_team(each, by, today)],
        in_book=[told for each in pilots for told in _in_book(each, entries.get(each.id, []), today)],
        deletions=deletions(by, rounds, today=today),
        translates=translates,
        until=next_day(school, by, pilots, entries, today=today),
    )


def _of_rounds(school: School, by: StaffMember, rounds: Sequence[Round], today: date) -> Due:
    """The rounds by what they wait for; each only for who can do something about it."""
    changes, results, opens_boxes = (
        reach(action, by.roles) is not None for action in (Action.CHANGE_ROUNDS, Action.SEE_RELEASES, Action.OPEN_BOXES)
    )
    waiting = rounds_to_review(school, by, today=today)
    mine = rounds if changes else []
    counting = [each for each in rounds if each.state in ("closed", "counting", "counted")]
    counted = [each for each in rounds if each.state == "scrubbed"]
    return Due(
        ready=[each for each in _newest(counted) if results and _is_new(each, today) and not each.tallies_purged_on],
        for_review=[each for each in counted if each.id in waiting],
        running=[each for each in mine if each.state == "open"],
        counting=[each for each in counting if changes or (opens_boxes and is_waiting(school, each))],
        drafts=[each for each in mine if each.state == "draft"],
        # A day of an exit ticket waits for the next one, which is no news.
        too_few=[each for each in mine if each.state == "too_few" and _is_new(each, today) and not each.ticket_id],
    )


def _entries(school: School, by: StaffMember, pilots: Sequence[Pilot]) -> dict[str, list[Entry]]:
    """Pilot's id -> the entries with a day; nothing for whoever is on no team."""
    if reach(Action.WRITE_BOOK, by.roles) is None:
        return {}
    with reading(school.engine) as session:
        return {pilot.id: read_entries(session, pilot.id, *DATED, by=by) for pilot in pilots}


def _newest(counted: Sequence[Round]) -> list[Round]:
    """Of each exit ticket its last round only: the ticket's page has them all."""
    last = {each.ticket_id: each.id for each in sorted(counted, key=lambda each: each.opens_at) if each.ticket_id}
    return [each for each in counted if each.ticket_id is None or last[each.ticket_id] == each.id]


def _is_new(round_: Round, today: date) -> bool:
    return round_.promise_on is not None and today - _NEW_FOR <= round_.promise_on


def _waits_for_team(pilot: Pilot, by: StaffMember, today: date) -> bool:
    if pilot.standing or pilot.sample or reach(Action.DECIDE, by.roles) is None:
        return False
    return pilot.state in _TO_DECIDE and (pilot.ends_on < today or pilot.state != "collecting")


def _in_book(pilot: Pilot, entries: Sequence[Entry], today: date) -> list[InBook]:
    """Meetings of today and earlier that nobody noted, cycles that ended without a word, steps that are overdue."""
    days = {"review": "day", "cycle": "ends_on", "exit_step": "due"}
    done = ("held", "done")
    found = []
    for entry in entries:
        told = entry.body.get(days.get(entry.kind, ""))
        if told and entry.state not in done and (day := date.fromisoformat(told)) <= today:
            found.append(InBook(pilot, entry, day))
    return sorted(found, key=lambda each: (each.day, each.entry.id))
