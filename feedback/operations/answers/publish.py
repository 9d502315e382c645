"""What a respondent is shown before anything is answered: the round, in one language, if it is open."""

import time
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from feedback.db import changes, reading
from feedback.models import Round
from feedback.operations.clock import is_credible, last_seen_day
from feedback.operations.errors import (
    GroupUnknown,
    LanguageUnknown,
    NotReady,
    RoundClosed,
    RoundNotOpenYet,
    RoundUnknown,
    StorageUnavailable,
)
from feedback.operations.school import School
from feedback.operations.schools import name_for
from feedback.operations.workshop.instruments import silent_form
from feedback.operations.workshop.round_form import Corrected, corrections_of, form_of
from feedback.privacy.box import FORMAT, READ_FORMAT, Box
from forms.definition import Instrument, canonical
from forms.questions.base import Measure

#: Seconds for which a round that was read is believed to be as it was, unless this process changed something.
LOOKED_AT_EVERY = 1.0
_MOST_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Asked:
    """A round as respondents meet it. Nothing in it depends on what anybody answered.

    Equal only to itself, so that what was made for it can be looked up by it.
    """

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
    #: Whether an adult reads the questions aloud.
    read_aloud: bool = False
    #: The languages in which what children write is read for safety; where there is one, every envelope has two parts.
    read_languages: tuple[str, ...] = ()
    #: The spelling that was put right since the round opened.
    corrections: tuple[Corrected, ...] = ()
    #: The languages whose words nobody has signed.
    unchecked: tuple[str, ...] = ()

    @property
    def under_18(self) -> bool:
        """Whether children are asked, who write only where somebody reads it for safety."""
        return self.audience == "students"

    @property
    def is_read(self) -> bool:
        """Whether children write here, in this language, and somebody reads it for safety."""
        return self.under_18 and bool(self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """Ids of the questions that are answered in own words."""
        return tuple(question.id for question in self.instrument.questions if question.measure is Measure.TEXT)

    @property
    def box(self) -> Box:
        """What an envelope of the round is bound to."""
        return Box(self.round_id, self.instrument_sha256, READ_FORMAT if self.read_languages else FORMAT)

    @property
    def bound_to(self) -> str:
        """What a hidden field and an envelope are bound to."""
        return f"{self.round_id} {self.instrument_sha256}"


@dataclass(slots=True)
class _Found:
    """A round as it was read: `changes` of the database then, and the seconds of a clock that only goes forward."""

    changes: int
    read_at: float
    state: str
    opens_at: datetime
    asked: Asked
    met: dict[tuple[str | None, bool], Asked] = field(default_factory=dict)

    def asked_of(self, group: str | None, languages: tuple[str, ...]) -> Asked:
        """As met by the link of this group, on a page in these languages."""
        code = group.upper() if group else None
        asked = in_languages(self.asked, *languages)
        if code is None and asked is self.asked:
            return asked
        key = (code, asked is self.asked)
        return self.met.setdefault(key, replace(asked, group=code))


_kept: WeakKeyDictionary[Engine, dict[str, _Found]] = WeakKeyDictionary()


def open_for_answers(
    school: School, code: str, language: str, *, below: str | None = None, group: str | None = None, now: datetime
) -> Asked:
    """The open round with this code; RoundUnknown, RoundNotOpenYet, RoundClosed, LanguageUnknown or GroupUnknown.

    StorageUnavailable where only a clock that is not believed says that the round is over, or not open yet: then
    everything typed is kept until somebody has set the clock right. What is typed while a round really ends is lost.

    `below` is the second language of a page in two. The same object, for the same group and as many places to write,
    until the round changes: pages made from it can be kept as long as it lives. Another process's change is seen after
    LOOKED_AT_EVERY seconds; whether the round is still open is asked again in the transaction that stores an envelope.
    """
    found = _found(school, code)
    if language not in found.asked.languages:
        raise LanguageUnknown(code, found.asked.languages)
    if group is not None and group.upper() not in found.asked.groups:
        raise GroupUnknown(code)
    if found.state != "open":
        raise RoundClosed(code)
    if found.opens_at <= now < found.asked.closes_at:
        return found.asked_of(group, (language, below or language))
    if not clock_is_believed(school, now):
        raise StorageUnavailable(code)
    if now < found.opens_at:
        raise RoundNotOpenYet(code, school.settings.day_of(found.opens_at))
    raise RoundClosed(code)


def _found(school: School, code: str) -> _Found:
    """The round, from the database if it was not looked at just now: three hundred people ask for it in a minute."""
    kept = _kept.setdefault(school.engine, {})
    found, so_far, moment = kept.get(code.upper()), changes(school.engine), time.monotonic()
    if found is not None and found.changes == so_far and moment - found.read_at < LOOKED_AT_EVERY:
        return found
    with reading(school.engine) as session:
        round_ = find_round(session, code)
        asked = asked_of(school, round_, None)
        unchanged = found is not None and (found.state, found.opens_at) == (round_.state, round_.opens_at)
        if found is not None and unchanged and _is_same(found.asked, asked):
            # What was made from it is as good as new.
            found.changes, found.read_at = so_far, moment
            return found
        found = _Found(so_far, moment, round_.state, round_.opens_at, asked)
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[code.upper()] = found
    return found


def _is_same(one: Asked, other: Asked) -> bool:
    return all(getattr(one, each.name) == getattr(other, each.name) for each in fields(Asked))


def clock_is_believed(school: School, now: datetime) -> bool:
    """Whether `now` can be, by the last day the worker believed. Nothing is remembered by asking."""
    return is_credible(school.settings.day_of(now), last_seen_day(school))


def describe(school: School, code: str, language: str | None = None) -> tuple[Asked, str]:
    """The round whatever its state, for pages that say what it is and when to come back; and its state.

    LanguageUnknown where it is not asked in this language; None for a page that is in none yet.
    """
    with reading(school.engine) as session:
        found = find_round(session, code)
        if language is not None and language not in found.languages:
            raise LanguageUnknown(code, found.languages)
        asked = asked_of(school, found, None)
        return in_languages(asked, language) if language else asked, found.state


def find_round(session: Session, code: str) -> Round:
    """The public round with this code; RoundUnknown for drafts and imported rounds too: they were never opened."""
    found = session.scalar(select(Round).where(Round.code == code.upper()))
    if found is None or found.state == "draft" or found.imported:
        raise RoundUnknown(code)
    return found


def in_languages(asked: Asked, *languages: str) -> Asked:
    """The round as met on a page in these languages: without places to write where nobody reads one for safety.

    LanguageUnknown where the form would then ask nothing.
    """
    if not asked.is_read or set(languages) <= set(asked.read_languages):
        return asked
    try:
        return replace(asked, instrument=silent_form(canonical(asked.instrument)))
    except NotReady as refused:
        raise LanguageUnknown(asked.code) from refused


def asked_of(school: School, found: Round, group: str | None) -> Asked:
    """The round as respondents meet it; RoundUnknown where it has no promise date, and so can never open."""
    if found.promise_on is None:
        raise RoundUnknown(found.code)
    return Asked(
        round_id=found.id,
        code=found.code,
        instrument=form_of(found),
        instrument_sha256=found.instrument.sha256,
        languages=tuple(found.languages),
        audience=found.audience,
        pilot_words=found.pilot.words,
        school_name=name_for(school, found.pilot),
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
        read_aloud=found.read_aloud,
        read_languages=tuple(found.read_languages),
        corrections=corrections_of(found),
        unchecked=tuple(found.unchecked),
    )
