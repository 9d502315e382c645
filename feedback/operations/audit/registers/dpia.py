"""The draft of the data protection impact assessment (GDPR, article 35), which the officer reads and signs."""

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.operations.audit.proof_words import proof_name
from feedback.operations.audit.registers.facts import FACTS, facts_now, missing, told
from feedback.operations.audit.registers.kind import Register, Section, Statement, section
from feedback.operations.audit.registers.leaks import LEAKS, LEFT, Leak
from feedback.operations.school import School

NAME = "dpia"
#: What the officer wrote down that belongs here.
_TOLD = ("controller", "dpo_contact", "hosting", "protections", "consulted")


def make(session: Session, school: School, _language: str) -> Register:
    """The draft. Nothing in it changes from day to day, so that a signature holds until something really does."""
    facts = facts_now(session)
    remaining = [leak for leak in LEAKS if leak.left == "remains"]
    counted = gettext(
        "Ways to learn who said what that were looked at: %(ways)s. A risk remains in %(left)s of them.",
        ways=len(LEAKS),
        left=len(remaining),
    )
    head = (
        gettext("No."),
        gettext("Risk"),
        gettext("What stands against it"),
        gettext("What shows it"),
        gettext("What is left"),
    )
    rows = tuple(
        (
            leak.code,
            gettext(leak.risk),
            gettext(leak.control),
            "\n".join(map(proof_name, leak.proofs)),
            _left(leak),
        )
        for leak in LEAKS
    )
    return Register(
        NAME,
        gettext("Impact assessment (draft)"),
        (
            *_before(school, facts),
            Section("leaks", gettext("Risks, one by one"), (counted, _how_read()), head, rows),
            section("weighing", gettext("Weighing"), *_weighing()),
        ),
        (Statement(counted, "leaks"),),
        missing(facts, *_TOLD),
    )


def _before(school: School, facts: dict[str, str]) -> tuple[Section, ...]:
    return (
        section(
            "what",
            gettext("What is done"),
            gettext(
                "Pupils, families and staff of %(school)s say what they think of something the school tries. Each "
                "answer is sealed in a box. The box is opened once, when it is full enough, counted, and destroyed.",
                school=school.settings.school_name,
            ),
        ),
        Section("who", gettext("Who and where"), (), (gettext("Fact"), gettext("What is so")), _told(facts)),
        section(
            "why",
            gettext("Why an assessment"),
            gettext("Children are asked. They are few in a class, and the people who ask them have power over them."),
        ),
        section(
            "needed",
            gettext("Why no less would do"),
            gettext("Only those whom something touches can say whether it helps; names and addresses are not needed."),
            gettext("Each question says why it is asked; any question can be left out, and taking part is voluntary."),
        ),
        section(
            "exception",
            gettext("The one exception"),
            gettext(
                "A trained adult who is not their teacher reads what children write, without knowing who wrote it, "
                "because a child in danger cannot wait. Every child is told so before writing."
            ),
        ),
    )


def _told(facts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((gettext(FACTS[name]), told(facts, name)) for name in _TOLD)


def _left(leak: Leak) -> str:
    left = gettext(LEFT[leak.left])
    return left if leak.left == "none" else f"{left}: {gettext(leak.why)}"


def _how_read() -> str:
    return gettext(
        "What shows it: lines without a slash are checks of the command voicebox prove; the others are tests that "
        "Voicebox passes before each release."
    )


def _weighing() -> tuple[str, ...]:
    return (
        gettext("What remains is told to everybody before they answer, on the page “What happens to my answers?”."),
        gettext(
            "This is a draft made from the system and its settings. It is no legal advice: the officer reads and "
            "signs it."
        ),
    )
