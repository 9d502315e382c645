"""Ask my class: a teacher starts from a library instrument; the rest comes from the standing pilot and the policy."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Pilot, StaffMember
from feedback.operations.errors import NotReady
from feedback.operations.rounds.course import DEFAULT_K, K_WITHOUT_CAP, RoundPlan, discard_round, open_round, plan_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.instruments import tailored, without_writing
from feedback.operations.workshop.language_gate import refuse_unsigned
from feedback.privacy.permissions import Action
from forms.definition import Instrument
from forms.wording import Words

#: How long after the day of asking a class hears back, in days, unless the teacher says sooner (domain.md, 4.1).
PROMISE_DAYS = 14
_SCHOOL_DAY_ENDS = time(18)


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """What a teacher decides: which instrument without which questions, whom, on what day, in which languages."""

    instrument: Instrument
    class_name: str
    class_size: int | None
    day: date
    languages: tuple[str, ...]
    without: Collection[str] = ()
    wording: Mapping[str, Words] | None = None
    slips: bool = False


def ask_my_class(school: School, by: StaffMember, asked: ClassQuestion, *, now: datetime) -> str:
    """An open round's id. NotReady: "standing_pilot" where the school has none, else what the round plan lacks.

    LanguageUnsigned where nobody has signed the form in one of these languages.

    The round is a class session: it ends when the teacher says that everybody has finished, or at six in the
    evening of its day in the school's time zone.
    """
    allow(by, Action.ASK_MY_CLASS)
    pilot_id = standing_pilot(school)
    if pilot_id is None:
        raise NotReady("standing_pilot")
    start = datetime.combine(asked.day, time(0), school.settings.zone).astimezone(UTC).replace(tzinfo=None)
    plan = RoundPlan(
        # A class is asked in one step, and nobody was named who would read what it writes.
        instrument=without_writing(tailored(asked.instrument, without=asked.without, wording=asked.wording or {})),
        title=asked.class_name,
        languages=asked.languages,
        opens_at=start,
        closes_at=end_of_session(school, asked.day, now),
        # Nobody hears back on a holiday.
        promise_on=school.settings.calendar.school_day_from(asked.day + timedelta(days=PROMISE_DAYS)),
        k=DEFAULT_K if asked.class_size is not None else K_WITHOUT_CAP,
        group_size=asked.class_size,
        class_session=True,
        slips=asked.slips,
    )
    # Nothing is planned that could not be opened in the same step.
    refuse_unsigned(school, plan.instrument, plan.languages)
    round_id = plan_round(school, by, pilot_id, plan, now=now)
    open_or_discard(school, by, round_id, now=now)
    return round_id


def open_or_discard(school: School, by: StaffMember, round_id: str, *, now: datetime) -> None:
    """Open what was planned in the same step; where it cannot be, no draft of it stays behind."""
    try:
        open_round(school, by, round_id, now=now)
    except NotReady:
        discard_round(school, by, round_id, now=now)
        raise


def end_of_session(school: School, day: date, now: datetime) -> datetime:
    """When a class session of this day ends by itself: at six in the evening in the school's zone; UTC, naive."""
    end = datetime.combine(day, _SCHOOL_DAY_ENDS, school.settings.zone).astimezone(UTC).replace(tzinfo=None)
    # Asked in the evening for the same day: leave the class an hour.
    late = day == school.settings.day_of(now) and now >= end - timedelta(hours=1)
    return now + timedelta(hours=1) if late else end


def standing_pilot(school: School) -> str | None:
    """The id of the school's standing pilot, the newest where there are several; None where there is none."""
    with reading(school.engine) as session:
        return session.scalar(
            select(Pilot.id).where(Pilot.standing).order_by(Pilot.starts_on.desc(), Pilot.id).limit(1)
        )
