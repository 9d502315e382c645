"""Whose law the school goes by, and how large a crowd has to be: chosen by the privacy officer, milder only by two.

Until something was chosen, `VOICEBOX_LAW` says where to begin.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Reader
from feedback.config import Settings
from feedback.db import reading, writing
from feedback.models import PrivacyRules, StaffMember
from feedback.operations.errors import NotFound, NotReady, SecondPersonNeeded
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.two_people import Asked, Deed, ask, may_agree, open_requests, use
from feedback.privacy.jurisdictions import Consent, Jurisdiction, jurisdictions
from feedback.privacy.permissions import Action
from feedback.privacy.schedule import schedule_of
from feedback.setting_values import FLOOR_PUBLIC, FLOOR_TEAM, MOST_PEOPLE
from forms.checks.profiles import Profile, profile_of
from forms.definition import Instrument
from forms.wording import N_

#: Where a school begins that has chosen nothing: `VOICEBOX_LAW` -> a jurisdiction with the same protected topics.
_BEGINNINGS = {
    "strictest": "strictest",
    "us-ppra": "us-federal",
    "us-states": "us-utah",
    "eu-gdpr": "eu-general",
    "uk-gdpr": "england",
}
#: What the sets of rules in `privacy/jurisdictions/` are called.
PROFILE_NAMES = {
    "us-federal": N_("United States (PPRA, FERPA, COPPA)"),
    "us-utah": N_("United States: Utah"),
    "us-iowa": N_("United States: Iowa"),
    "us-arkansas": N_("United States: Arkansas"),
    "us-california": N_("United States: California"),
    "england": N_("England"),
    "eu-general": N_("European Union, in general"),
    "eu-age-16": N_("European Union, parents decide until 16 (as in Germany)"),
    "strictest": N_("The strictest of all"),
}
#: Every age band a form can be for; None: nobody said.
_AGES = ("6-8", "9-11", "12-14", "15-18", None)
MOST_NOTICE_DAYS = 60
#: What is asked for when rules are to be eased: there is one set of rules.
_OBJECT = "rules"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer chooses. None: what the jurisdiction says."""

    profile: str
    k_team: int | None = None
    k_public: int | None = None
    notice_days: int | None = None
    gifts: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds. `number` is 0 until an officer has chosen."""

    jurisdiction: Jurisdiction
    k_team: int
    k_public: int
    notice_days: int
    gifts: bool
    number: int = 0

    @property
    def topics(self) -> Profile:
        """The protected topics, as the checker of forms knows them."""
        return profile_of(self.jurisdiction.topics.list)

    def fewest(self, reader: Reader) -> int:
        """The fewest people that this reader is shown."""
        return self.k_team if reader is Reader.TEAM else self.k_public

    def consent_for(self, instrument: Instrument, *, protected: bool) -> Consent:
        """What the families have to be asked before this form is."""
        return self.jurisdiction.consent_for(instrument.audience, instrument.ages, protected=protected)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Milder rules that somebody asked for, as `two_people` has them."""

    asked: Asked
    rules: Rules


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What holds, and what waits for a second person or for whoever asked to do it."""

    now: Rules
    waiting: tuple[Waiting, ...] = ()


def rules_in(session: Session, settings: Settings, *, on: date | None = None) -> Rules:
    """The rules that hold, or that held at the end of a day."""
    newest = select(PrivacyRules).order_by(PrivacyRules.number.desc()).limit(1)
    row = session.scalar(newest if on is None else newest.where(PrivacyRules.chosen_on <= on))
    return _begin(settings) if row is None else _told(row, settings)


def rules_of(school: School) -> Rules:
    """The same, for pages and commands."""
    with reading(school.engine) as session:
        return rules_in(session, school.settings)


def law_in(session: Session, settings: Settings) -> str:
    """The profile of `privacy/schedule.yaml` by which data goes: that of the rules which hold."""
    return rules_in(session, settings).jurisdiction.retention.schedule


def law_of(school: School) -> str:
    """The same, outside a transaction."""
    return rules_of(school).jurisdiction.retention.schedule


def rules_page(school: School, by: StaffMember, *, now: datetime) -> RulesPage:
    """What holds and what waits. NotPermitted."""
    allow(by, Action.SEE_RULES)
    found = [each for each in open_requests(school, by, now=now) if each.deed is Deed.EASE_RULES]
    return RulesPage(
        rules_of(school), tuple(Waiting(each, _wanted(Choice(**each.facts), school.settings)) for each in found)
    )


def choose_rules(school: School, by: StaffMember, choice: Choice, *, reason: str = "", now: datetime) -> bool:
    """Let these rules hold from now on; False where they are milder than those that hold, and were asked for instead.

    Milder ones hold when a second person has agreed and whoever asked chooses the same once more. NotReady with
    "profile", "k_floor", "notice_floor" or "gifts" for less than the floor or the jurisdiction asks for; "reason" for
    milder ones without one. The first choice needs nobody else: nothing was chosen that it could be milder than.
    """
    allow(by, Action.CHOOSE_RULES)
    wanted = _wanted(choice, school.settings)
    facts = _facts(wanted)
    try:
        with writing(school.engine) as session:
            before = rules_in(session, school.settings)
            milder = before.number > 0 and is_milder(wanted, before)
            today = school.settings.day_of(now)
            agreed = use(session, Deed.EASE_RULES, _OBJECT, facts, today=today) if milder else None
            row = PrivacyRules(number=before.number + 1, milder=milder, by_id=by.id, chosen_on=today, **facts)
            row.agreed_by_id = agreed.answered_by_id if agreed else None
            session.add(row)
            record(session, now, by.account, "rules_chosen", str(row.number), **facts)
    except SecondPersonNeeded:
        ask(school, by, Deed.EASE_RULES, _OBJECT, reason=reason, facts=facts, now=now)
        return False
    return True


def choice_asked_for(school: School, by: StaffMember, approval_id: str, *, now: datetime) -> Choice:
    """What this account asked for; NotFound."""
    for each in open_requests(school, by, now=now):
        if each.id == approval_id and each.is_mine and each.deed is Deed.EASE_RULES:
            return Choice(**each.facts)
    raise NotFound(approval_id)


def rules_wait_for(school: School, by: StaffMember, *, now: datetime) -> bool:
    """Whether milder rules wait for this account's yes."""
    waiting = open_requests(school, by, now=now) if may_agree(by, Deed.EASE_RULES) else []
    return any(each.deed is Deed.EASE_RULES and each.may_answer for each in waiting)


def is_milder(wanted: Rules, before: Rules) -> bool:
    """Whether these rules ask for less than those in anything."""
    less = (
        wanted.k_team < before.k_team,
        wanted.k_public < before.k_public,
        wanted.notice_days < before.notice_days,
        wanted.gifts and not before.gifts,
        wanted.jurisdiction.own_age.years < before.jurisdiction.own_age.years,
        not before.jurisdiction.protected <= wanted.jurisdiction.protected,
        _keeps_longer(wanted, before),
    )
    return any(less) or any(
        _consent(wanted, audience, ages, protected=protected) < _consent(before, audience, ages, protected=protected)
        for audience in ("students", "families", "staff")
        for ages in _AGES
        for protected in (False, True)
    )


def _keeps_longer(wanted: Rules, before: Rules) -> bool:
    now, then = (schedule_of(each.jurisdiction.retention.schedule) for each in (wanted, before))
    return any(now[name].days > layer.days for name, layer in then.items())


def _consent(rules: Rules, audience: str, ages: str | None, *, protected: bool) -> int:
    return rules.jurisdiction.consent_for(audience, ages, protected=protected).weight


def _wanted(choice: Choice, settings: Settings) -> Rules:
    law = jurisdictions().get(choice.profile)
    if law is None:
        raise NotReady("profile")
    rules = Rules(
        law,
        law.crowd.team if choice.k_team is None else choice.k_team,
        law.crowd.public if choice.k_public is None else choice.k_public,
        law.notice.days if choice.notice_days is None else choice.notice_days,
        choice.gifts,
    )
    least_team, least_public = _least(law, settings)
    checks = {
        "k_floor": least_team <= rules.k_team <= rules.k_public <= MOST_PEOPLE and rules.k_public >= least_public,
        "notice_floor": law.notice.days <= rules.notice_days <= MOST_NOTICE_DAYS,
        "gifts": law.gifts.allowed or not rules.gifts,
    }
    if missing := tuple(code for code, fine in checks.items() if not fine):
        raise NotReady(*missing)
    return rules


def _least(law: Jurisdiction, settings: Settings) -> tuple[int, int]:
    return max(law.crowd.team, settings.k_team, FLOOR_TEAM), max(law.crowd.public, settings.k_public, FLOOR_PUBLIC)


def _begin(settings: Settings) -> Rules:
    law = jurisdictions()[_BEGINNINGS[settings.law]]
    team, public = _least(law, settings)
    return Rules(law, team, max(team, public), law.notice.days, gifts=False)


def _told(row: PrivacyRules, settings: Settings) -> Rules:
    law = jurisdictions().get(row.profile) or jurisdictions()["strictest"]
    # Whatever a row says, neither the floor nor the operator's settings are gone below.
    team, public = _least(law, settings)
    team = max(team, row.k_team)
    days = max(law.notice.days, row.notice_days)
    return Rules(law, team, max(team, public, row.k_public), days, row.gifts and law.gifts.allowed, row.number)


def _facts(rules: Rules) -> dict[str, Any]:
    numbers = {"k_team": rules.k_team, "k_public": rules.k_public, "notice_days": rules.notice_days}
    return {"profile": rules.jurisdiction.id, **numbers, "gifts": rules.gifts}
