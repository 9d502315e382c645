"""The days to come of one account: the next on which something is due for it, and what is deleted soon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback.models import Pilot, Round, StaffMember
from feedback.operations.pilots.book import Entry
from feedback.operations.pilots.pilot_calendar import CalendarDay, days_of
from feedback.operations.review.hours import sign_by
from feedback.operations.school import School
from feedback.privacy.permissions import Action, reach

#: What a pilot's calendar says of a day -> whoever may do this has something to do on it.
_WHOSE = {
    "round_opens": Action.CHANGE_ROUNDS,
    "round_closes": Action.CHANGE_ROUNDS,
    "promise": Action.REPLY,
    "reply_due": Action.REPLY,
    "ends": Action.WRITE_BOOK,
    "review": Action.WRITE_BOOK,
    "milestone": Action.WRITE_BOOK,
    "decision_point": Action.WRITE_BOOK,
    "cycle_ends": Action.WRITE_BOOK,
    "exit_step": Action.WRITE_BOOK,
    "next_review": Action.DECIDE,
    "term_ends": Action.DECIDE,
    "comments_go": Action.PURGE,
    "figures_go": Action.PURGE,
}
_GO = ("comments_go", "figures_go")
#: How many days before it happens the officer is told of a deletion.
_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Deletion:
    """What goes from a round on a day: "comments_go" or "figures_go". The worker deletes; nobody has to."""

    round: Round
    what: str
    day: date


def next_day(
    school: School,
    by: StaffMember,
    pilots: Iterable[Pilot],
    entries: Mapping[str, Sequence[Entry]],
    *,
    today: date,
) -> date | None:
    """The next day after today on which something is due for this account; None where none is known."""
    found = [
        each.day
        for pilot in pilots
        for each in days_of(school, pilot, entries.get(pilot.id, ()))
        if each.day > today and _is_theirs(each, pilot, by)
    ]
    for pilot in pilots:
        found += [day for round_ in pilot.rounds for day in _of_a_round(school, by, round_) if day > today]
    return min(found, default=None)


def deletions(by: StaffMember, rounds: Iterable[Round], *, today: date) -> list[Deletion]:
    """What is deleted within a month, or should have been, in order; nothing for whoever does not answer for it."""
    if reach(Action.PURGE, by.roles) is None:
        return []
    found = []
    for round_ in rounds:
        if round_.counted_on is not None:
            gone = {"comments_go": round_.comments_purged_on, "figures_go": round_.tallies_purged_on}
            kept = {"comments_go": round_.keep_comments_days, "figures_go": round_.keep_tallies_days}
            days = {what: round_.counted_on + timedelta(days=kept[what]) for what in _GO if gone[what] is None}
            found += [Deletion(round_, what, day) for what, day in days.items() if day <= today + _SOON]
    return sorted(found, key=lambda each: (each.day, each.round.title, each.what))


def _is_theirs(each: CalendarDay, pilot: Pilot, by: StaffMember) -> bool:
    # A standing pilot has no end that anybody would have to decide at; an archived one asks nothing of anybody.
    if (each.code == "ends" and pilot.standing) or (pilot.state == "archived" and each.code not in _GO):
        return False
    needed = _WHOSE.get(each.code)
    return needed is not None and reach(needed, by.roles) is not None


def _of_a_round(school: School, by: StaffMember, round_: Round) -> list[date]:
    """Days that are in no pilot's calendar: a box to open, a review to begin, and to sign."""
    closes_on = school.settings.day_of(round_.box_shuts_at)
    found = []
    if round_.state == "open" and school.keystore.has_passphrase and reach(Action.OPEN_BOXES, by.roles) is not None:
        found.append(closes_on)
    if round_.state in ("open", "closed", "counting") and reach(Action.REVIEW_COMMENTS, by.roles) is not None:
        found += [closes_on, *([sign_by(school, round_)] if round_.promise_on else [])]
    return found
