"""Whose law the school goes by, and how large a crowd has to be: chosen by the privacy officer, milder only by two.

Until something was chosen, `VOICEBOX_LAW` says where to begin.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.config import Settings
from feedback.db import reading, writing
from feedback.models import PrivacyRules, StaffMember
from feedback.operations.errors import NotReady, SecondPersonNeeded, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.jurisdictions import Consent, Jurisdiction, jurisdictions
from feedback.privacy.permissions import Action, reach
from feedback.setting_values import FLOOR_PUBLIC, FLOOR_TEAM, MOST_PEOPLE
from forms.checks.profiles import Profile, profile_of
from forms.definition import Instrument

#: Where a school begins that has chosen nothing: `VOICEBOX_LAW` -> a jurisdiction with the same protected topics.
_BEGINNINGS = {
    "strictest": "strictest",
    "us-ppra": "us-federal",
    "us-states": "us-utah",
    "eu-gdpr": "eu-general",
    "uk-gdpr": "england",
}
#: Every age band a form can be for; None: nobody said.
_AGES = ("6-8", "9-11", "12-14", "15-18", None)
MOST_NOTICE_DAYS = 60


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

    def consent_for(self, instrument: Instrument, *, protected: bool) -> Consent:
        """What the families have to be asked before this form is."""
        return self.jurisdiction.consent_for(instrument.audience, instrument.ages, protected=protected)


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What holds, what waits for a second person, and who (an account's id) asked for it."""

    now: Rules
    asked: Rules | None = None
    asked_by: str = ""


def rules_in(session: Session, settings: Settings) -> Rules:
    """The rules that hold."""
    newest = (PrivacyRules.state == "in_force", PrivacyRules.number.desc())
    row = session.scalar(select(PrivacyRules).where(newest[0]).order_by(newest[1]).limit(1))
    return _begin(settings) if row is None else _told(row, settings)


def rules_of(school: School) -> Rules:
    """The same, for pages and commands."""
    with reading(school.engine) as session:
        return rules_in(session, school.settings)


def rules_page(school: School, by: StaffMember) -> RulesPage:
    """What holds and what waits. NotPermitted."""
    allow(by, Action.SEE_RULES)
    with reading(school.engine) as session:
        asked = _waiting(session)
        told = _told(asked, school.settings) if asked else None
        return RulesPage(rules_in(session, school.settings), told, asked.by_id if asked else "")


def choose_rules(school: School, by: StaffMember, choice: Choice, *, now: datetime) -> bool:
    """Let these rules hold from now on; False where they are milder than those that hold, and wait for a second person.

    NotReady with "profile", "k_floor", "notice_floor" or "gifts" for less than the floor or the jurisdiction asks for.
    The first choice needs nobody else: there is nothing yet that it could be milder than.
    """
    allow(by, Action.CHOOSE_RULES)
    with writing(school.engine) as session:
        wanted = _wanted(choice, school.settings)
        before = rules_in(session, school.settings)
        waiting = _waiting(session)
        if waiting is not None:
            waiting.state = "declined"
        milder = before.number > 0 and is_milder(wanted, before)
        row = PrivacyRules(
            number=(session.scalar(select(func.max(PrivacyRules.number))) or 0) + 1,
            profile=wanted.jurisdiction.id,
            k_team=wanted.k_team,
            k_public=wanted.k_public,
            notice_days=wanted.notice_days,
            gifts=wanted.gifts,
            milder=milder,
            state="asked" if milder else "in_force",
            by_id=by.id,
            chosen_on=school.settings.day_of(now),
        )
        session.add(row)
        facts = {"profile": row.profile, "k_team": row.k_team, "k_public": row.k_public, "notice_days": row.notice_days}
        record(session, now, by.account, "rules_asked_for" if milder else "rules_chosen", str(row.number), **facts)
        return not milder


def agree_to_rules(school: School, by: StaffMember, *, agreed: bool, now: datetime) -> None:
    """The second person's yes, or no. SecondPersonNeeded("rules") for whoever asked; WrongState where none wait."""
    allow(by, Action.AGREE_RULES)
    with writing(school.engine) as session:
        row = _waiting(session)
        if row is None:
            raise WrongState("rules")
        # Whoever asked may take it back, and not agree with themselves.
        if agreed and row.by_id == by.id:
            raise SecondPersonNeeded("rules")
        if agreed:
            row.agreed_by_id = by.id
        row.state = "in_force" if agreed else "declined"
        record(session, now, by.account, "rules_agreed" if agreed else "rules_declined", str(row.number))


def rules_wait_for(school: School, by: StaffMember) -> bool:
    """Whether milder rules wait for this account's yes."""
    if reach(Action.AGREE_RULES, by.roles) is None:
        return False
    with reading(school.engine) as session:
        row = _waiting(session)
        return row is not None and row.by_id != by.id


def is_milder(wanted: Rules, before: Rules) -> bool:
    """Whether these rules ask for less than those in anything."""
    less = (
        wanted.k_team < before.k_team,
        wanted.k_public < before.k_public,
        wanted.notice_days < before.notice_days,
        wanted.gifts and not before.gifts,
        wanted.jurisdiction.own_age.years < before.jurisdiction.own_age.years,
        not before.jurisdiction.protected <= wanted.jurisdiction.protected,
    )
    return any(less) or any(
        _consent(wanted, audience, ages, protected=protected) < _consent(before, audience, ages, protected=protected)
        for audience in ("students", "families", "staff")
        for ages in _AGES
        for protected in (False, True)
    )


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


def _waiting(session: Session) -> PrivacyRules | None:
    return session.scalar(select(PrivacyRules).where(PrivacyRules.state == "asked"))
