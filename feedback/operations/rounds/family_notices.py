"""What families are told before anybody is asked, and their say: the notice's clock, slips kept back, gifts.

Of families who said no there is a number, and no name: their children get no slip, and the school keeps that list.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import FamilyNotice, InstrumentVersion, Participation, Round, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.rules import Rules, rules_in
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.round_form import read_instrument
from feedback.privacy.jurisdictions import Consent
from feedback.privacy.permissions import Action
from forms.checks import check, profile_of
from forms.definition import Instrument
from forms.draft import as_data
from forms.part_of import is_part_of
from forms.wording import N_

CHANNELS = {
    "paper": N_("A letter on paper"),
    "message": N_("A message or e-mail"),
    "meeting": N_("A meeting with families"),
    "website": N_("The school’s website"),
}
LONGEST_GIFT = 200
MOST_SLIPS = 5000


@dataclass(frozen=True, slots=True)
class NoticeClock:
    """How a round stands with its families. `told`: language -> the day of its notice, of those that count.

    `opens_from`: the first day on which respondents may be let in, None while a notice is missing.
    """

    consent: Consent
    days: int
    told: Mapping[str, date]
    untold: tuple[str, ...]
    opens_from: date | None
    kept_back: int | None
    needs_slips: bool
    gift_words: str
    gift_refused: bool

    @property
    def gift_allowed(self) -> bool:
        """Whether what is given is fine by the rules."""
        return not self.gift_refused

    def missing(self, day: date) -> tuple[str, ...]:
        """Codes of what keeps the round from letting anybody in on this day."""
        asks = self.consent is not Consent.NONE
        checks = {
            "notice": not asks or not self.untold,
            "notice_days": not asks or self.opens_from is None or self.opens_from <= day,
            "consent_slips": not self.needs_slips,
            "kept_back": not asks or self.kept_back is not None,
            "gift": self.gift_allowed,
        }
        return tuple(code for code, fine in checks.items() if not fine)


@dataclass(frozen=True, slots=True)
class Given:
    """A notice as it was given: its day, how, and its words by language."""

    on: date
    channel: str
    words: Mapping[str, str]


def clock_of(school: School, round_id: str) -> NoticeClock:
    """How a round stands, for its page."""
    with reading(school.engine) as session:
        return notice_clock(session, school, session.get_one(Round, round_id))


def notice_clock(session: Session, school: School, round_: Round) -> NoticeClock:
    """How a round stands with its families."""
    rules = rules_in(session, school.settings)
    consent = consent_of(rules, round_.instrument)
    told = _told(session, school, round_)
    untold = tuple(code for code in round_.languages if code not in told)
    said = session.get(Participation, round_.id)
    gift = said.gift_words if said and said.gift else ""
    last = max(told.values(), default=None)
    return NoticeClock(
        consent=consent,
        days=rules.notice_days,
        told=told,
        untold=untold,
        opens_from=last + timedelta(days=rules.notice_days) if last and not untold else None,
        kept_back=said.slips_kept_back if said else None,
        # A slip goes to whoever may; a link could be opened by everybody.
        needs_slips=consent is Consent.OPT_IN and not (round_.slips or round_.class_session),
        gift_words=gift,
        gift_refused=bool(gift) and not rules.gifts,
    )


def consent_of(rules: Rules, version: InstrumentVersion) -> Consent:
    """What families have to be asked before this version is."""
    instrument = read_instrument(version.body)
    decided = any(each.get("rule") == "protected" for each in version.decisions)
    protected = decided or _is_protected(version.body, rules.topics.id, version.source_language)
    return rules.consent_for(instrument, protected=protected)


def give_notice(school: School, by: StaffMember, round_id: str, given: Given, *, now: datetime) -> None:
    """Note that the families of a draft round were told, in these languages, on this day.

    What was noted before in these languages is replaced. NotReady with "languages", "day" (to come) or "channel".
    """
    with writing(school.engine) as session:
        round_ = _draft(session, by, round_id)
        _refuse_unreadable(school, given, round_.languages, now)
        _keep(session, by, given, round_.instrument, round_.id)
        facts = {"languages": sorted(given.words), "channel": given.channel, "day": given.on.isoformat()}
        record(session, now, by.account, "notice_given", round_.id, **facts)


def give_year_notice(school: School, by: StaffMember, key: str, given: Given, *, now: datetime) -> None:
    """The same for a whole form (by its digest) and all families of the school, for all its rounds of this school year.

    For forms that are asked in one step: a class, or an exit ticket.
    """
    allow(by, Action.GIVE_NOTICE)
    with writing(school.engine) as session:
        version = session.scalar(select(InstrumentVersion).where(InstrumentVersion.sha256 == key))
        if version is None:
            raise NotFound(key)
        _refuse_unreadable(school, given, read_instrument(version.body).languages, now)
        _keep(session, by, given, version, None)
        facts = {"languages": sorted(given.words), "channel": given.channel, "day": given.on.isoformat()}
        record(session, now, by.account, "notice_given", version.id, **facts)


def mind_families(
    school: School, by: StaffMember, round_id: str, *, kept_back: int | None, gift_words: str, now: datetime
) -> None:
    """How many slips are not handed out, and what is given for taking part ("" for nothing).

    NotReady("gift") where the rules allow none.
    """
    with writing(school.engine) as session:
        round_ = _draft(session, by, round_id)
        gift = gift_words.strip()[:LONGEST_GIFT]
        if gift and not rules_in(session, school.settings).gifts:
            raise NotReady("gift")
        session.merge(Participation(round_id=round_.id, slips_kept_back=kept_back, gift=bool(gift), gift_words=gift))
        record(session, now, by.account, "families_asked", round_.id, gift=bool(gift))


def forget_families(session: Session, round_id: str) -> None:
    """A draft is thrown away, and what was noted for it."""
    session.execute(delete(FamilyNotice).where(FamilyNotice.round_id == round_id))
    session.execute(delete(Participation).where(Participation.round_id == round_id))


def _draft(session: Session, by: StaffMember, round_id: str) -> Round:
    round_ = session.get(Round, round_id)
    if round_ is None:
        raise NotFound(round_id)
    allow(by, Action.GIVE_NOTICE, round_)
    if round_.state != "draft" or round_.imported:
        raise WrongState(round_.state)
    return round_


def _refuse_unreadable(school: School, given: Given, languages: Collection[str], now: datetime) -> None:
    checks = {
        "languages": bool(given.words) and set(given.words) <= set(languages) and all(given.words.values()),
        "day": given.on <= school.settings.day_of(now),
        "channel": given.channel in CHANNELS,
    }
    if missing := tuple(code for code, fine in checks.items() if not fine):
        raise NotReady(*missing)


def _keep(session: Session, by: StaffMember, given: Given, version: InstrumentVersion, round_id: str | None) -> None:
    place = FamilyNotice.round_id == round_id if round_id else FamilyNotice.round_id.is_(None)
    for language, words in given.words.items():
        same = (place, FamilyNotice.instrument_id == version.id, FamilyNotice.language == language)
        session.execute(delete(FamilyNotice).where(*same))
        row = FamilyNotice(round_id=round_id, instrument_id=version.id, version_sha256=version.sha256)
        row.language, row.words, row.channel, row.given_on, row.by_id = language, words, given.channel, given.on, by.id
        session.add(row)


def _told(session: Session, school: School, round_: Round) -> dict[str, date]:
    """Language -> the day of the notice about these very questions: the round's own, or this school year's."""
    year = school.settings.calendar.school_year(school.settings.day_of(round_.opens_at))
    whole_year = FamilyNotice.round_id.is_(None) & (FamilyNotice.given_on >= year)
    query = (
        select(FamilyNotice, InstrumentVersion.body)
        .join(InstrumentVersion, InstrumentVersion.id == FamilyNotice.instrument_id)
        .where(or_(FamilyNotice.round_id == round_.id, whole_year), InstrumentVersion.name == round_.instrument.name)
    )
    found: dict[str, date] = {}
    asked = read_instrument(round_.instrument.body)
    for row, body in session.execute(query):
        if row.language in round_.languages and is_part_of(asked, read_instrument(body)):
            found[row.language] = min(row.given_on, found.get(row.language, row.given_on))
    return found


@lru_cache(maxsize=256)
def _is_protected(body: str, topics: str, source: str) -> bool:
    """Whether the checker finds a protected topic in the words that the form was written in."""
    instrument: Instrument = read_instrument(body)
    data = as_data(instrument)
    spoken = source if source in instrument.languages else instrument.languages[0]
    found = check({**data, "languages": [spoken]}, profile=profile_of(topics))
    return any(each.rule == "protected" for each in found)
