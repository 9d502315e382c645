"""What no setting knows and every register needs: who is responsible, how they are reached, where the data lies."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.i18n import gettext
from feedback.models import RegisterFact, StaffMember
from feedback.operations.audit.registers.kind import N_
from feedback.operations.errors import NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

LONGEST = 600
#: Name -> what it is called. In the order in which they are asked for.
FACTS = {
    "controller": N_("Who is responsible for the data (controller): name and address"),
    "controller_contact": N_("How the controller is reached"),
    "joint_controller": N_("Who is responsible together with it, and how they are reached"),
    "representative": N_("Representative of the controller, and how they are reached"),
    "dpo_contact": N_("Data protection officer, or privacy contact: name and how they are reached"),
    "hosting": N_("Where the computer and its backups stand, and who runs it"),
    "protections": N_("What the school adds: disk encryption, locked rooms, who has the keys"),
    "consulted": N_("What pupils, families or those who speak for them said of being asked in this way"),
    "transfers": N_("To which other countries data goes, and with which safeguards"),
    "complaints": N_("Who takes complaints: the supervisory authority, or the district’s office"),
    "accessibility_contact": N_("Whom to tell about a page that somebody cannot use"),
}
#: What may be left empty: then registers say "none".
MAY_BE_NONE = frozenset({"joint_controller", "representative", "transfers"})


def facts_now(session: Session) -> dict[str, str]:
    """Name -> what was written down, without those that nobody wrote."""
    return {fact.name: fact.words for fact in session.scalars(select(RegisterFact)) if fact.name in FACTS}


def read_facts(school: School, by: StaffMember) -> dict[str, str]:
    """The same for an account. NotPermitted."""
    allow(by, Action.SEE_REGISTERS)
    with reading(school.engine) as session:
        return facts_now(session)


def write_facts(school: School, by: StaffMember, words: Mapping[str, str], *, now: datetime) -> None:
    """Write down these facts; an empty one is taken away. NotPermitted; NotReady with what is unknown or long."""
    allow(by, Action.KEEP_REGISTERS)
    wrong = [name for name, said in words.items() if name not in FACTS or len(said) > LONGEST]
    if wrong:
        raise NotReady(*sorted(wrong))
    with writing(school.engine) as session:
        before = facts_now(session)
        changed = {name: said.strip() for name, said in words.items() if said.strip() != before.get(name, "")}
        for name, said in changed.items():
            if said:
                session.merge(RegisterFact(name=name, words=said, by_id=by.id, written_on=school.settings.day_of(now)))
            else:
                session.delete(session.get_one(RegisterFact, name))
        if changed:
            record(session, now, by.account, "registers_written", "registers", facts=sorted(changed))


def told(facts: Mapping[str, str], name: str) -> str:
    """The fact, "none", or that nobody has written it down: never nothing."""
    if name in facts:
        return facts[name]
    return gettext("None") if name in MAY_BE_NONE else gettext("Not written down yet")


def missing(facts: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """What of this somebody still has to write down."""
    return tuple(gettext(FACTS[name]) for name in names if name not in facts and name not in MAY_BE_NONE)
