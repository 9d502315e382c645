"""What a class said on its exit tickets, week by week: released figures only, and of the other days only how they are.

Days are pooled before the count, in their boxes: nothing here adds up answers.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from analysis.summary import Reader
from feedback.db import reading
from feedback.models import Round, StaffMember
from feedback.operations.results.trend import Trend, hear, trend_of
from feedback.operations.rounds.tickets import TicketNow, ticket_for
from feedback.operations.school import School

_COUNTING = ("closed", "counting", "counted")


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket, the trend of each of its questions, and the days that are in none of them.

    `too_few`: days that wait to be counted with a later one; `destroyed`: days for which none came in time.
    """

    at: TicketNow
    trends: tuple[Trend, ...]
    too_few: tuple[date, ...]
    counting: tuple[date, ...]
    destroyed: tuple[date, ...]
    purged: bool


def story_of(school: School, by: StaffMember, ticket_id: str, *, now: datetime) -> Story:
    """What was heard so far. NotPermitted, NotFound."""
    at = ticket_for(school, by, ticket_id, now=now)
    with reading(school.engine) as session:
        rounds = list(session.scalars(select(Round).where(Round.ticket_id == ticket_id)))
        heard = hear(school, session, rounds, Reader.TEAM)
        trends = [trend_of(question.id, heard) for question in at.instrument.questions]
        days = {each.id: school.settings.day_of(each.opens_at) for each in rounds}
        # A box that joined one which is itself still too few waits with it.
        waiting = _waiting(rounds)

        def of(*states: str) -> tuple[date, ...]:
            return tuple(sorted(days[each.id] for each in rounds if waiting[each.id] in states))

        return Story(
            at,
            tuple(trend for trend in trends if trend.spots),
            too_few=of("too_few", "open"),
            counting=of(*_COUNTING),
            destroyed=of("destroyed"),
            purged=any(each.tallies_purged_on is not None for each in rounds),
        )


def _waiting(rounds: list[Round]) -> dict[str, str]:
    """Round id -> the state of the box that it is opened with; "" for today's own open box."""
    by_id = {each.id: each for each in rounds}
    found = {}
    for each in rounds:
        last = each
        while last.joined_id in by_id:
            last = by_id[last.joined_id]
        found[each.id] = "" if each is last and each.state == "open" else last.state
    return found
