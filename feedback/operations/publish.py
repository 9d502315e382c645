"""What a respondent is shown before anything is answered: the round, in one language, if it is open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Round
from feedback.operations.clock import is_credible, last_seen_day
from feedback.operations.errors import (
    GroupUnknown,
    LanguageUnknown,
    RoundClosed,
    RoundNotOpenYet,
    RoundUnknown,
    StorageUnavailable,
)
from feedback.operations.school import School
from forms.definition import Instrument


@dataclass(frozen=True, slots=True)
class Asked:
    """A round as respondents meet it. Nothing in it depends on what anybody answered."""

    round_id: str
    code: str
    instrument: Instrument
    instrument_sha256: str
    languages: tuple[str, ...]
    audience: str
    pilot_words: dict[str, dict[str, str]]
    school_name: str
    k: int
    keep_comments_days: int
    keep_tallies_days: int
    if_too_few: str
    promise_on: date
    closes_at: datetime
    #: Code of the group whose link was opened, None for the round's own link.
    group: str | None = None
    #: The codes of all of the round's groups.
    groups: tuple[str, ...] = ()
    sample: bool = False
    #: Whether an envelope needs a slip, how many slips were printed, and how many people are asked (None: unknown).
    slips: bool = False
    slips_printed: int = 0
    group_size: int | None = None

    @property
    def under_18(self) -> bool:
        """Whether children are asked, for whom free text waits until somebody reads it for safety."""
        return self.audience == "students"

    @property
    def bound_to(self) -> str:
        """What a hidden field and an envelope are bound to."""
        return f"{self.round_id} {self.instrument_sha256}"


def open_for_answers(school: School, code: str, language: str, *, group: str | None = None, now: datetime) -> Asked:
    """The open round with this code; RoundUnknown, RoundNotOpenYet, RoundClosed, LanguageUnknown or GroupUnknown.

    StorageUnavailable where only a clock that is not believed says that the round is over, or not open yet: then
    everything typed is kept until somebody has set the clock right. What is typed while a round really ends is lost.
    """
    with reading(school.engine) as session:
        found = find_round(session, code)
        if language not in found.languages:
            raise LanguageUnknown(code)
        if group is not None and group.upper() not in {known["code"] for known in found.groups}:
            raise GroupUnknown(code)
        if found.state != "open":
            raise RoundClosed(code)
        opens_at, asked = found.opens_at, asked_of(school, found, group.upper() if group else None)
    if opens_at <= now < asked.closes_at:
        return asked
    if not clock_is_believed(school, now):
        raise StorageUnavailable(code)
    if now < opens_at:
        raise RoundNotOpenYet(code, _day(school, opens_at))
    raise RoundClosed(code)


def clock_is_believed(school: School, now: datetime) -> bool:
    """Whether `now` can be, by the last day the worker believed. Nothing is remembered by asking."""
    return is_credible(_day(school, now), last_seen_day(school))


def describe(school: School, code: str, language: str | None = None) -> tuple[Asked, str]:
    """The round whatever its state, for pages that say what it is and when to come back; and its state.

    LanguageUnknown where it is not asked in this language; None for a page that is in none yet.
    """
    with reading(school.engine) as session:
        found = find_round(session, code)
        if language is not None and language not in found.languages:
            raise LanguageUnknown(code)
        return asked_of(school, found, None), found.state


def find_round(session: Session, code: str) -> Round:
    """The public round with this code; RoundUnknown for drafts and imported rounds too: they were never opened."""
    found = session.scalar(select(Round).where(Round.code == code.upper()))
    if found is None or found.state == "draft" or found.imported:
        raise RoundUnknown(code)
    return found


@lru_cache(maxsize=64)
def read_instrument(body: str) -> Instrument:
    """An instrument version as it is stored. Versions never change, so the parsed one is kept."""
    return Instrument.model_validate_json(body)


def _day(school: School, moment: datetime) -> date:
    return moment.replace(tzinfo=UTC).astimezone(school.settings.zone).date()


def asked_of(school: School, found: Round, group: str | None) -> Asked:
    """The round as respondents meet it; RoundUnknown where it has no promise date, and so can never open."""
    if found.promise_on is None:
        raise RoundUnknown(found.code)
    return Asked(
        round_id=found.id,
        code=found.code,
        instrument=read_instrument(found.instrument.body),
        instrument_sha256=found.instrument.sha256,
        languages=tuple(found.languages),
        audience=found.audience,
        pilot_words=found.pilot.words,
        school_name=school.settings.school_name,
        k=found.k,
        keep_comments_days=found.keep_comments_days,
        keep_tallies_days=found.keep_tallies_days,
        if_too_few=found.if_too_few,
        promise_on=found.promise_on,
        closes_at=found.closes_at,
        group=group,
        groups=tuple(known["code"] for known in found.groups),
        sample=found.sample,
        slips=found.slips,
        slips_printed=found.slips_printed,
        group_size=found.group_size,
    )
