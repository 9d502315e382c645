"""The six facts that New York asks of a contract (8 NYCRR 121.3(c)), which are a good sheet for any school."""

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.operations.audit.registers.facts import facts_now, missing, told
from feedback.operations.audit.registers.kind import Register, Section, Statement
from feedback.operations.school import School

NAME = "six-facts"


def make(session: Session, school: School, _language: str) -> Register:
    """The sheet."""
    facts = facts_now(session)
    said = (
        (gettext("What the data is used for, and nothing else"), _purposes()),
        (gettext("Who else gets it"), _others()),
        (gettext("How long, and what happens at the end"), _end(school)),
        (gettext("How somebody challenges what is held"), _challenge(facts)),
        (gettext("Where it is stored, and how it is protected"), _place(facts)),
        (gettext("Encryption"), _encryption(school)),
    )
    rows = tuple((str(number), *each) for number, each in enumerate(said, start=1))
    counted = gettext("All six facts of 8 NYCRR 121.3(c) stand here.")
    head = (gettext("No."), gettext("Fact"), gettext("What is so"))
    return Register(
        NAME,
        gettext("Six facts for families (New York, 121.3(c))"),
        (Section("facts", gettext("The six facts"), (counted,), head, rows),),
        (Statement(counted, "facts"),),
        missing(facts, "complaints", "hosting", "protections"),
    )


def _encryption(school: School) -> str:
    line = (
        gettext("On the way: pages are reached over an encrypted connection only (TLS).")
        if school.settings.is_https
        else gettext("On the way: this address is not encrypted (http). Put it behind TLS before anybody is asked.")
    )
    rest = gettext(
        "At rest: each answer is sealed with a key of its round (HPKE, AES-256-GCM), comments and backups are sealed "
        "too. The rest of the database lies on the school’s disk as that is set up."
    )
    return f"{line}\n{rest}"


def _purposes() -> str:
    return gettext(
        "To hear as a crowd what pupils, families and staff think of what the school tries, and to answer them. No "
        "advertising, no training of models, no profiles."
    )


def _others() -> str:
    return gettext(
        "Nobody. There are no subcontractors: the software runs on the school’s own computer and asks nothing of "
        "others."
    )


def _end(school: School) -> str:
    return gettext(
        "Envelopes are destroyed with their key at the count; comments, counts and results on the days that each round "
        "says; backups at most %(days)s days later. Deletion runs by itself every day: keys are destroyed and the "
        "files rewritten. Before the school stops using Voicebox, it takes out what it must keep and deletes the rest.",
        days=school.settings.keep_backups_days,
    )


def _challenge(facts: dict[str, str]) -> str:
    said = gettext(
        "Before the count a receipt takes an answer out. After it there is nothing about one person that could be "
        "wrong. Complaints go to:"
    )
    # On a line of its own, for it may be in another language, and read from the other side.
    return f"{said}\n{told(facts, 'complaints')}"


def _place(facts: dict[str, str]) -> str:
    return f"{told(facts, 'hosting')}\n{told(facts, 'protections')}"
