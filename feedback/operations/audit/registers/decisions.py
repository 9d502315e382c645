"""What was told and decided before anybody was asked: notices, remarks, forms, second persons."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.languages import LANGUAGES
from feedback.models import Approval, CheckDecision, FamilyNotice, FormApproval, InstrumentVersion, Round
from feedback.operations.audit.registers.kind import N_, Register, Section, Statement
from feedback.operations.audit.titles import account_told
from feedback.operations.rounds.family_notices import CHANNELS
from feedback.operations.rules import PROFILE_NAMES
from feedback.operations.school import School
from feedback.operations.two_people import DEED_NAMES, Deed
from feedback.operations.workshop.round_form import read_instrument
from feedback.role_names import ROLE_NAMES
from feedback.spoken import day, whole
from forms.checks.sentences import SENTENCES
from forms.wording import say

NAME = "decisions"
_VERDICTS = {"allowed": N_("may stand"), "refused": N_("may not stand")}
_STATES = {
    "asked": N_("waits"),
    "agreed": N_("agreed to, and not done yet"),
    "declined": N_("declined"),
    "withdrawn": N_("taken back"),
    "used": N_("agreed to, and done"),
}


def make(session: Session, _school: School, language: str) -> Register:
    """The register, oldest first in each part."""
    parts = (_notices(session, language), _questions(session), _forms(session, language), _second(session))
    counted = gettext(
        "Notices to families: %(notices)s. Questions decided with a reason: %(questions)s. Forms approved for a school "
        "year: %(forms)s. Deeds that needed two people: %(deeds)s.",
        **dict(zip(("notices", "questions", "forms", "deeds"), (whole(len(each.rows)) for each in parts), strict=True)),
    )
    title = gettext("Notices and decisions")
    return Register(
        NAME, title, (Section("all", gettext("All together"), (counted,)), *parts), (Statement(counted, "all"),)
    )


def _section(id_: str, heading: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Section:
    return Section(id_, heading, () if rows else (gettext("None is written down yet."),), head if rows else (), rows)


def _notices(session: Session, language: str) -> Section:
    head = (
        gettext("What it was about"),
        gettext("Language"),
        gettext("How"),
        gettext("Given on"),
        gettext("What it said"),
        gettext("SHA-256 of the form"),
    )
    found = session.scalars(select(FamilyNotice).order_by(FamilyNotice.given_on, FamilyNotice.id))
    rows = tuple(
        (
            _about(session, each, language),
            LANGUAGES[each.language].endonym if each.language in LANGUAGES else each.language,
            gettext(CHANNELS[each.channel]),
            day(each.given_on),
            each.words,
            each.version_sha256,
        )
        for each in found
    )
    return _section("notices", gettext("Notices to families"), head, rows)


def _about(session: Session, notice: FamilyNotice, language: str) -> str:
    round_ = session.get(Round, notice.round_id) if notice.round_id else None
    return round_.title if round_ else _form_title(session, notice.instrument_id, language)


def _form_title(session: Session, instrument_id: str, language: str) -> str:
    version = session.get(InstrumentVersion, instrument_id)
    if version is None:
        return instrument_id
    # Forms of several ages have one title.
    return f"{say(read_instrument(version.body).title, language)[0]}\n{version.name} {version.number}"


def _questions(session: Session) -> Section:
    head = (
        gettext("Form"),
        gettext("What the check said"),
        gettext("Decision"),
        gettext("Reason"),
        gettext("By whom, when"),
    )
    found = session.scalars(select(CheckDecision).order_by(CheckDecision.decided_on, CheckDecision.id))
    rows = tuple(
        (
            each.name,
            _said(each.rule),
            gettext(_VERDICTS[each.verdict]),
            each.reason,
            f"{_role(each.role)}, {day(each.decided_on)}",
        )
        for each in found
    )
    return _section("questions", gettext("Questions that were decided on"), head, rows)


def _said(rule: str) -> str:
    """What is wrong by this rule; the words it was found by are in the form, and not here."""
    if rule not in SENTENCES:
        return rule
    return gettext(SENTENCES[rule][0]) % defaultdict(lambda: "…")


def _forms(session: Session, language: str) -> Section:
    head = (gettext("Form"), gettext("Rules"), gettext("School year from"), gettext("Approved on"), gettext("By whom"))
    found = session.scalars(select(FormApproval).order_by(FormApproval.approved_on, FormApproval.id))
    rows = tuple(
        (
            _form_title(session, each.instrument_id, language),
            gettext(PROFILE_NAMES[each.profile]) if each.profile in PROFILE_NAMES else each.profile,
            day(each.school_year),
            day(each.approved_on),
            account_told(session, each.by_id),
        )
        for each in found
    )
    return _section("forms", gettext("Forms approved for a school year"), head, rows)


def _second(session: Session) -> Section:
    head = (
        gettext("What for"),
        gettext("Why"),
        gettext("Who asked, when"),
        gettext("Who answered, when"),
        gettext("State"),
    )
    found = session.scalars(select(Approval).order_by(Approval.asked_on, Approval.id))
    rows = tuple(
        (
            gettext(DEED_NAMES[Deed(each.deed)]),
            each.reason,
            f"{account_told(session, each.asked_by_id)}, {day(each.asked_on)}",
            f"{account_told(session, each.answered_by_id)}, {day(each.answered_on)}" if each.answered_on else "–",
            gettext(_STATES[each.state]),
        )
        for each in found
    )
    return _section("two-people", gettext("What needed two people"), head, rows)


def _role(role: str) -> str:
    return gettext(ROLE_NAMES[role]) if role in ROLE_NAMES else role
