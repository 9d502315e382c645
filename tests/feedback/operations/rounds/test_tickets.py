"""Exit tickets: one code a term, opened again each day, and days with too few answers counted together."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Share, TooFew
from feedback.models import AuditEntry, Round, StaffMember
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.errors import LanguageUnknown, NotFound, NotPermitted, NotReady, RoundUnknown
from feedback.operations.finish import finish_round
from feedback.operations.results.ticket_trend import story_of
from feedback.operations.rounds.course import close_round
from feedback.operations.rounds.ticket_door import behind
from feedback.operations.rounds.tickets import TicketPlan, make_ticket, open_today, ticket_for, tickets_of
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from forms.library import open_library
from tests.factories import NOW, a_family_instrument, a_pilot, a_staff_member, an_instrument

DAY = timedelta(days=1)
PLAN = TicketPlan(an_instrument(), "5B", 12, ("en", "ar"), date(2027, 2, 5))


def a_ticket(school: School, by: StaffMember, **changes: Any) -> str:
    a_pilot(school, standing=True)
    return make_ticket(school, by, replace(PLAN, **changes), now=NOW)


def a_day(school: School, by: StaffMember, ticket_id: str, day: int, *answers: str) -> str:
    """The class answers on one day, and the box is closed and, if it can be, counted; the round's id."""
    now = NOW + day * DAY
    round_id = open_today(school, by, ticket_id, now=now)
    with Session(school.engine) as session:
        code = session.get_one(Round, round_id).code
    asked = open_for_answers(school, code, "en", now=now)
    for answer in answers:
        accept(school, asked, new_form_key(), {"again": answer}, now=now)
    close_round(school, by, round_id, now=now)
    finish_round(school, round_id, today=now.date())
    return round_id


def states(school: School) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Round.state).order_by(Round.opens_at)))


def test_the_same_code_leads_to_each_days_round_and_to_none_in_between(school: School) -> None:
    teacher = a_staff_member(school)
    ticket_id = a_ticket(school, teacher)
    code = ticket_for(school, teacher, ticket_id, now=NOW).ticket.code
    assert behind(school, code, "en", now=NOW).open_code is None
    first = open_today(school, teacher, ticket_id, now=NOW)
    led = behind(school, code.lower(), "ar", now=NOW)
    close_round(school, teacher, first, now=NOW)
    assert behind(school, code, "en", now=NOW).open_code is None
    open_today(school, teacher, ticket_id, now=NOW + DAY)
    with Session(school.engine) as session:
        codes = list(session.scalars(select(Round.code).order_by(Round.opens_at)))
        done = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("ticket%"))).all()
    assert [led.open_code, behind(school, code, "en", now=NOW + DAY).open_code] == codes
    assert sorted(done) == ["ticket_made", "ticket_opened", "ticket_opened"]


def test_opening_twice_on_one_day_leads_to_the_same_round(school: School) -> None:
    teacher = a_staff_member(school)
    ticket_id = a_ticket(school, teacher)
    assert open_today(school, teacher, ticket_id, now=NOW) == open_today(school, teacher, ticket_id, now=NOW)
    assert states(school) == ["open"]


def test_a_day_with_too_few_answers_is_counted_together_with_the_next_one(school: School) -> None:
    teacher = a_staff_member(school)
    ticket_id = a_ticket(school, teacher)
    a_day(school, teacher, ticket_id, 0, *["yes"] * 6)
    story = story_of(school, teacher, ticket_id, now=NOW)
    assert (story.trends, story.too_few) == ((), (NOW.date(),))
    last = a_day(school, teacher, ticket_id, 1, *["yes"] * 5, "no")
    assert states(school) == ["joined", "scrubbed"]
    story = story_of(school, teacher, ticket_id, now=NOW + DAY)
    (spot,) = story.trends[0].spots
    assert (spot.heard.round_id, spot.heard.days) == (last, (NOW.date(), (NOW + DAY).date()))
    assert isinstance(spot.figure, Share)
    assert spot.figure.low >= 80
    assert (spot.heard.monday, story.too_few) == (date(2026, 11, 23), ())
    # "What did you like?" was answered by nobody, so there is no figure for it.
    assert isinstance(story.trends[1].spots[0].figure, TooFew)


def test_a_lead_who_opens_a_teachers_ticket_opens_it_for_the_teacher(school: School) -> None:
    teacher, lead = a_staff_member(school), a_staff_member(school, "lead", account="lead@example.org")
    ticket_id = a_ticket(school, teacher)
    a_day(school, teacher, ticket_id, 0, *["yes"] * 6)
    a_day(school, lead, ticket_id, 1, *["no"] * 6)
    assert states(school) == ["joined", "scrubbed"]


def test_after_eight_times_the_middle_is_told_and_that_it_stayed_above(school: School) -> None:
    teacher = a_staff_member(school)
    ticket_id = a_ticket(school, teacher, class_size=24)
    for day in range(12):
        pleased = 8 if day < 6 else 16
        a_day(school, teacher, ticket_id, day, *["yes"] * pleased, *["no"] * (24 - pleased))
    trend = story_of(school, teacher, ticket_id, now=NOW + 11 * DAY).trends[0]
    assert (len(trend.spots), trend.cells) == (12, ("yes",))
    assert trend.median == 50
    assert [(each.side, each.first, each.last) for each in trend.moved] == [
        ("below", NOW.date(), (NOW + 5 * DAY).date()),
        ("above", (NOW + 6 * DAY).date(), (NOW + 11 * DAY).date()),
    ]


def test_after_the_last_day_of_its_term_a_ticket_is_not_opened_and_not_offered(school: School) -> None:
    teacher = a_staff_member(school)
    ticket_id = a_ticket(school, teacher, ends_on=NOW.date())
    assert [each.ticket.id for each in tickets_of(school, teacher, now=NOW)] == [ticket_id]
    with pytest.raises(NotReady, match="term"):
        open_today(school, teacher, ticket_id, now=NOW + DAY)
    assert (states(school), tickets_of(school, teacher, now=NOW + DAY)) == ([], [])
    assert ticket_for(school, teacher, ticket_id, now=NOW + DAY).over


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"k": 4}, "k_floor"),
        ({"k": 13}, "group_size"),
        ({"class_size": None}, "k_without_cap"),
        ({"class_name": " "}, "title"),
        ({"languages": ("fr",)}, "languages"),
        ({"ends_on": date(2026, 11, 22)}, "ends_on"),
        ({"promise_days": 31}, "promise"),
        ({"instrument": a_family_instrument()}, "too_many_questions"),
        ({"instrument": a_family_instrument()}, "writing"),
    ],
)
def test_a_ticket_that_would_not_protect_a_class_or_take_a_minute_is_refused(
    school: School, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(NotReady) as refused:
        a_ticket(school, a_staff_member(school), **changes)
    assert code in refused.value.missing


def test_the_librarys_exit_ticket_is_one_as_it_stands() -> None:
    ready_made = open_library("lesson-exit-ticket")
    assert replace(PLAN, instrument=ready_made, languages=("en", "so")).missing(NOW.date()) == ()


def test_a_ticket_needs_a_pilot_that_may_ask(school: School) -> None:
    teacher = a_staff_member(school)
    with pytest.raises(NotReady, match="standing_pilot"):
        make_ticket(school, teacher, PLAN, now=NOW)
    draft = a_pilot(school, owner_id=teacher.id, state="draft")
    ticket_id = make_ticket(school, teacher, replace(PLAN, pilot_id=draft.id), now=NOW)
    with pytest.raises(NotReady, match="approval"):
        open_today(school, teacher, ticket_id, now=NOW)
    assert states(school) == []


def test_a_ticket_is_its_teachers_and_the_leads(school: School) -> None:
    teacher, other = a_staff_member(school), a_staff_member(school, account="other@example.org")
    reader = a_staff_member(school, "reader", account="reader@example.org")
    lead = a_staff_member(school, "lead", account="lead@example.org")
    ticket_id = a_ticket(school, teacher)
    assert [len(tickets_of(school, each, now=NOW)) for each in (teacher, lead, other, reader)] == [1, 1, 0, 0]
    assert ticket_for(school, lead, ticket_id, now=NOW).ticket.title == "5B"
    for stranger, error in ((other, NotFound), (reader, NotPermitted)):
        with pytest.raises(error):
            ticket_for(school, stranger, ticket_id, now=NOW)
        with pytest.raises(error):
            open_today(school, stranger, ticket_id, now=NOW)
    with pytest.raises(NotFound):
        make_ticket(school, other, replace(PLAN, pilot_id=a_pilot(school).id), now=NOW)


def test_a_code_that_no_ticket_has_and_a_language_that_it_lacks_lead_nowhere(school: School) -> None:
    teacher = a_staff_member(school)
    code = ticket_for(school, teacher, a_ticket(school, teacher), now=NOW).ticket.code
    with pytest.raises(RoundUnknown):
        behind(school, "NOPE42", "en", now=NOW)
    with pytest.raises(LanguageUnknown):
        behind(school, code, "es", now=NOW)
