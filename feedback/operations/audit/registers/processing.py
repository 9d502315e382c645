"""The record of processing, GDPR article 30(1): one sheet for each pilot, with every field of the article."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.models import Pilot, Round
from feedback.operations.audit.registers.facts import facts_now, missing, told
from feedback.operations.audit.registers.kind import N_, Register, Section, Statement
from feedback.operations.reports.kinds.teacher import public_words
from feedback.operations.school import School
from feedback.privacy.retention import DAYS_UNTIL_DESTROYED, DAYS_UNTIL_GIVEN_UP
from feedback.spoken import day

NAME = "processing"
_NEEDED = ("controller", "controller_contact", "dpo_contact", "hosting")
#: Field of the article -> what it is called. "basis" is not of the article; auditors look for it on this sheet.
FIELDS = {
    "controller": N_("Controller and contact"),
    "joint_controller": N_("Joint controller"),
    "representative": N_("Representative"),
    "dpo": N_("Data protection officer"),
    "purposes": N_("Purposes"),
    "people": N_("Categories of people"),
    "data": N_("Categories of data"),
    "recipients": N_("Recipients"),
    "transfers": N_("Transfers to other countries"),
    "limits": N_("Time limits for erasure"),
    "security": N_("Security"),
}
_AUDIENCES = {"students": N_("pupils"), "families": N_("families"), "staff": N_("staff")}


def make(session: Session, _school: School, language: str) -> Register:
    """The register of all pilots."""
    facts = facts_now(session)
    pilots = session.scalars(select(Pilot).order_by(Pilot.starts_on, Pilot.id)).all()
    sections = tuple(_of_pilot(pilot, facts, language) for pilot in pilots)
    counted = gettext("Pilots on record: %(pilots)s. Each has all fields of article 30(1).", pilots=len(pilots))
    return Register(
        NAME,
        gettext("Record of processing (GDPR, article 30)"),
        (Section("all", gettext("All together"), (counted,)), *sections),
        (Statement(counted, "all"),),
        missing(facts, *_NEEDED),
    )


def _of_pilot(pilot: Pilot, facts: Mapping[str, str], language: str) -> Section:
    title = public_words(pilot.words, "title", language)[0]
    rows = fields_of(pilot, facts, language)
    head = (gettext("Field"), gettext("What is so"))
    return Section(pilot.id, title, (), head, tuple((gettext(FIELDS[name]), said) for name, said in rows.items()))


def fields_of(pilot: Pilot, facts: Mapping[str, str], language: str) -> dict[str, str]:
    """Every field of the article for one pilot; none is empty."""
    rounds = sorted(pilot.rounds, key=lambda each: (each.opens_at, each.id))
    return {
        "controller": "\n".join(dict.fromkeys((told(facts, "controller"), told(facts, "controller_contact")))),
        "joint_controller": told(facts, "joint_controller"),
        "representative": told(facts, "representative"),
        "dpo": told(facts, "dpo_contact"),
        "purposes": _purposes(pilot, language),
        "people": _people(rounds),
        "data": _data(rounds),
        "recipients": _recipients(rounds),
        "transfers": told(facts, "transfers"),
        "limits": _limits(rounds),
        "security": _security(facts),
    }


def _purposes(pilot: Pilot, language: str) -> str:
    parts = [public_words(pilot.words, part, language)[0] for part in ("trying", "why")]
    return "\n".join(dict.fromkeys(each for each in (pilot.goal_sentence, *parts) if each))


def _people(rounds: Sequence[Round]) -> str:
    """Who is asked, round by round; and staff, whose accounts are the only data about single people."""
    lines = [
        gettext("%(people)s, in the round “%(round)s”", people=gettext(_AUDIENCES[each.audience]), round=each.title)
        for each in rounds
    ]
    return "\n".join([*lines, gettext("Staff who have an account")])


def _data(rounds: Sequence[Round]) -> str:
    lines = []
    if rounds:
        answers = gettext(
            "Answers, sealed and without a name until the count; then counts of crowds and single comments"
        )
        lines.append(answers)
    if any(each.slips for each in rounds):
        lines.append(gettext("Printed codes: whether they were used, without a link to an answer"))
    if any(each.imported for each in rounds):
        lines.append(
            gettext("Answers that another tool had collected, brought in without names and counted like the others")
        )
    if any(each.read_languages for each in rounds):
        lines.append(gettext("What children write, once more, for the trained reader"))
    lines.append(gettext("Of staff: account, roles, sign-ins and what they did at the desk"))
    return "\n".join(lines)


def _recipients(rounds: Sequence[Round]) -> str:
    lines = [gettext("The pilot’s team: results of crowds"), gettext("Everybody: the public results of crowds")]
    if any(each.read_languages for each in rounds):
        lines.append(gettext("A trained reader at the school: what children write, without who wrote it"))
    return "\n".join([*lines, gettext("Nobody outside the school: no service of others is used")])


def _limits(rounds: Sequence[Round]) -> str:
    lines = [_limits_of(each) for each in rounds]
    boxes = gettext(
        "A box with too few answers is destroyed unopened %(few)s days after closing, one that nobody opens %(shut)s "
        "days after.",
        few=DAYS_UNTIL_DESTROYED,
        shut=DAYS_UNTIL_GIVEN_UP,
    )
    return "\n".join([*lines, boxes, gettext("Accounts: until the administrator removes them")])


def _limits_of(round_: Round) -> str:
    said = gettext(
        "Round “%(round)s”: envelopes until the count, comments %(comments)s days after it, counts and results "
        "%(counts)s days.",
        round=round_.title,
        comments=round_.keep_comments_days,
        counts=round_.keep_tallies_days,
    )
    if round_.tallies_purged_on:
        return f"{said} " + gettext("Deleted on %(day)s.", day=day(round_.tallies_purged_on))
    return said


def _security(facts: Mapping[str, str]) -> str:
    own = gettext(
        "Answers are sealed one by one; keys lie apart from the database and from backups and are destroyed at the "
        "count; results are checked so that nobody can be singled out; roles are kept apart; what staff do is in a "
        "chained, signed list; backups are sealed and expire."
    )
    return "\n".join([own, told(facts, "hosting"), *([facts["protections"]] if "protections" in facts else [])])
