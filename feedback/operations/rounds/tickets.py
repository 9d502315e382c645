"""Exit tickets: one to three questions at the end of a lesson, one code for the whole term, opened again in two taps.

Every opening is a round of its own, with its own box and key. Days with too few answers join the next one
(`series`): nothing is shown before enough answers are together.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.i18n import Catalogue, offered
from feedback.models import InstrumentVersion, Pilot, Round, StaffMember, Ticket
from feedback.operations.codes import new_code
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.pilots.life import refuse_unready
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.record import record
from feedback.operations.rounds.ask_my_class import end_of_session, open_or_discard, standing_pilot
from feedback.operations.rounds.course import (
    DEFAULT_K,
    FLOOR,
    K_WITHOUT_CAP,
    RoundPlan,
    discard_round,
    open_round,
    plan_round,
)
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.instruments import keep_version
from feedback.operations.workshop.language_gate import refuse_unsigned
from feedback.operations.workshop.round_form import read_instrument
from feedback.privacy.permissions import Action, Reach, reach
from forms.definition import Instrument
from forms.questions.base import Measure

#: More questions than these are no exit ticket: it takes a minute at the end of a lesson.
MOST_QUESTIONS = 3
LONGEST_PROMISE = 30
#: A code is as long as a round's; what it leads to is in its address.
_LETTERS = 6


@dataclass(frozen=True, slots=True)
class TicketPlan:
    """What a teacher decides once a term. `pilot_id` None is the standing pilot; `promise_days` count from each day."""

    instrument: Instrument
    class_name: str
    class_size: int | None
    languages: tuple[str, ...]
    ends_on: date
    k: int = DEFAULT_K
    promise_days: int = 7
    pilot_id: str | None = None

    def missing(self, today: date) -> tuple[str, ...]:
        """Codes of what is missing or wrong, in the order of the form; empty if the ticket can be made."""
        questions = self.instrument.questions
        checks = {
            "title": bool(self.class_name.strip()),
            "group_size": self.class_size is None or self.class_size >= self.k,
            "k_floor": self.k >= FLOOR,
            "k_without_cap": self.class_size is not None or self.k >= K_WITHOUT_CAP,
            "languages": bool(self.languages)
            and set(self.languages) <= set(self.instrument.languages) & set(offered(Catalogue.RESPONDENT)),
            "ends_on": self.ends_on >= today,
            "promise": 0 <= self.promise_days <= LONGEST_PROMISE,
            "too_many_questions": len(questions) <= MOST_QUESTIONS,
            # Nobody is named who would read every day what a class writes.
            "writing": self.instrument.audience == "students"
            and not any(question.measure is Measure.TEXT for question in questions),
        }
        return tuple(name for name, fine in checks.items() if not fine)


@dataclass(frozen=True, slots=True)
class TicketNow:
    """A ticket at the desk, detached. `today` is the round that was opened today, `over`: its term has ended."""

    ticket: Ticket
    instrument: Instrument
    pilot: Pilot
    today: Round | None
    over: bool


def make_ticket(school: School, by: StaffMember, plan: TicketPlan, *, now: datetime) -> str:
    """A new ticket's id. NotReady: "standing_pilot" where the school has none, else the codes of `missing`.

    LanguageUnsigned where nobody has signed the questions in one of its languages.
    """
    allow(by, Action.ASK_MY_CLASS)
    pilot_id = plan.pilot_id or standing_pilot(school)
    if pilot_id is None:
        raise NotReady("standing_pilot")
    if missing := plan.missing(school.settings.day_of(now)):
        raise NotReady(*missing)
    refuse_unsigned(school, plan.instrument, plan.languages)
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        if not pilot.standing:
            allow(by, Action.CHANGE_ROUNDS, pilot)
        ticket = Ticket(
            code=_unused_code(session),
            pilot_id=pilot_id,
            instrument_id=keep_version(session, plan.instrument).id,
            title=plan.class_name.strip(),
            languages=list(plan.languages),
            k=plan.k,
            group_size=plan.class_size,
            promise_days=plan.promise_days,
            ends_on=plan.ends_on,
            owner_id=by.id,
        )
        session.add(ticket)
        session.flush()
        record(session, now, by.account, "ticket_made", ticket.id, k=ticket.k)
        return ticket.id


def open_today(school: School, by: StaffMember, ticket_id: str, *, now: datetime) -> str:
    """The id of today's round: a new one, open until the school day ends, or the one that was opened today.

    NotReady("term") after the ticket's last day, and what a pilot lacks to be asked in (`rounds.open_round`).
    """
    today = school.settings.day_of(now)
    with reading(school.engine) as session:
        ticket = _mine(session, by, ticket_id)
        opened = _opened_on(school, session, ticket, today)
        if opened is None:
            refuse_unready(find_pilot(session, ticket.pilot_id))
        plan, pilot_id = _plan(school, session, ticket, now), ticket.pilot_id
    if opened is not None:
        if opened.state == "draft":  # the power went between planning and opening
            open_round(school, by, opened.id, now=now)
        return opened.id
    if today > ticket.ends_on:
        raise NotReady("term")
    refuse_unsigned(school, plan.instrument, plan.languages)
    round_id = plan_round(school, by, pilot_id, plan, now=now)
    with writing(school.engine) as session:
        ticket = _mine(session, by, ticket_id)
        # Tapped twice: the first one was faster.
        opened = _opened_on(school, session, ticket, today)
        if opened is None:
            round_ = session.get_one(Round, round_id)
            # Days are counted together only where the same account owns them; a lead may have tapped.
            round_.ticket_id, round_.owner_id = ticket.id, ticket.owner_id
            record(session, now, by.account, "ticket_opened", ticket.id)
    if opened is not None:
        discard_round(school, by, round_id, now=now)
        return opened.id
    open_or_discard(school, by, round_id, now=now)
    return round_id


def tickets_of(school: School, by: StaffMember, *, now: datetime) -> list[TicketNow]:
    """This account's tickets whose term is not over, by name; a lead's are all."""
    how_far = reach(Action.ASK_MY_CLASS, by.roles)
    if how_far is None:
        return []
    today = school.settings.day_of(now)
    query = select(Ticket).where(Ticket.ends_on >= today).order_by(Ticket.title, Ticket.id)
    if how_far is Reach.OWN:
        query = query.where(Ticket.owner_id == by.id)
    with reading(school.engine) as session:
        found = [_told(school, session, ticket, now) for ticket in session.scalars(query)]
        session.expunge_all()
    return found


def ticket_for(school: School, by: StaffMember, ticket_id: str, *, now: datetime) -> TicketNow:
    """One ticket. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        found = _told(school, session, _mine(session, by, ticket_id, Action.SEE_RELEASES), now)
        session.expunge_all()
    return found


def _plan(school: School, session: Session, ticket: Ticket, now: datetime) -> RoundPlan:
    today = school.settings.day_of(now)
    return RoundPlan(
        instrument=_instrument(session, ticket),
        # The same name every day: boxes of one series are opened together.
        title=ticket.title,
        languages=tuple(ticket.languages),
        opens_at=now,
        closes_at=end_of_session(school, today, now),
        promise_on=school.settings.calendar.school_day_from(today + timedelta(days=ticket.promise_days)),
        k=ticket.k,
        group_size=ticket.group_size,
        if_too_few="join",
        class_session=True,
    )


def _told(school: School, session: Session, ticket: Ticket, now: datetime) -> TicketNow:
    today = school.settings.day_of(now)
    return TicketNow(
        ticket,
        _instrument(session, ticket),
        find_pilot(session, ticket.pilot_id),
        _opened_on(school, session, ticket, today),
        today > ticket.ends_on,
    )


def _instrument(session: Session, ticket: Ticket) -> Instrument:
    version = session.get_one(InstrumentVersion, ticket.instrument_id)
    return read_instrument(version.body)


def _mine(session: Session, by: StaffMember, ticket_id: str, action: Action = Action.CHANGE_ROUNDS) -> Ticket:
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFound(ticket_id)
    allow(by, action, ticket)
    return ticket


def _opened_on(school: School, session: Session, ticket: Ticket, day: date) -> Round | None:
    newest = session.scalar(
        select(Round).where(Round.ticket_id == ticket.id).order_by(Round.opens_at.desc(), Round.id).limit(1)
    )
    return newest if newest is not None and school.settings.day_of(newest.opens_at) == day else None


def _unused_code(session: Session) -> str:
    while session.scalar(select(Ticket.id).where(Ticket.code == (code := new_code(_LETTERS)))):
        pass
    return code
