"""The accessibility statement: what holds, how it is looked at, what is known not to work, and whom to tell."""

from sqlalchemy.orm import Session

from feedback.i18n import Catalogue, Review, gettext, offered, review_of
from feedback.languages import LANGUAGES
from feedback.operations.audit.registers.facts import facts_now, missing, told
from feedback.operations.audit.registers.kind import Register, Section, Statement, section
from feedback.operations.school import School

NAME = "accessibility"


def make(session: Session, _school: School, _language: str) -> Register:
    """The statement."""
    facts = facts_now(session)
    aim = gettext("The pages are made to meet WCAG 2.2, level AA; the PDFs are tagged (PDF/UA-1).")
    return Register(
        NAME,
        gettext("Accessibility statement"),
        (
            section("aim", gettext("What holds"), aim, *_holds()),
            section("looked", gettext("How it was looked at"), *_looked()),
            section("limits", gettext("What is known not to be so yet"), *_limits()),
            section(
                "contact", gettext("Whom to tell"), told(facts, "accessibility_contact"), told(facts, "complaints")
            ),
            _languages(),
        ),
        (Statement(aim, "aim"),),
        missing(facts, "accessibility_contact", "complaints"),
    )


def _holds() -> tuple[str, ...]:
    return (
        gettext("Everything works without a mouse, without sound, without scripts, and enlarged to 400 percent."),
        gettext("Forms can be answered on paper, on shared devices, and read aloud where there is a voice."),
    )


def _looked() -> tuple[str, ...]:
    return (
        gettext(
            "Pages are opened in a real browser, in light and dark, narrow and wide, from left and from right, and "
            "checked with axe."
        ),
        gettext("PDFs are checked for their tags, languages and reading order."),
    )


def _limits() -> tuple[str, ...]:
    return (
        gettext("No test by people who use a screen reader every day stands on record here; the school can add one."),
        gettext("Pictures and recordings that a school adds are as good as the words it gives them."),
    )


def _languages() -> Section:
    head = (gettext("Language"), gettext("Texts for those who answer"))
    states = {
        Review.SIGNED: gettext("Signed by a person who reads it"),
        Review.MACHINE: gettext("Translated by machine; nobody has signed it yet, and its pages say so"),
    }
    rows = tuple(
        (LANGUAGES[code].endonym, states[review_of(code, Catalogue.RESPONDENT)])
        for code in offered(Catalogue.RESPONDENT)
    )
    return Section("languages", gettext("Languages"), (), head, rows)
