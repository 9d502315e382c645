"""The languages of a draft, for its editors: what is there, what is missing, and asking for one more."""

from dataclasses import dataclass
from datetime import datetime

from feedback.db import reading, writing
from feedback.i18n import Catalogue, offered
from feedback.languages import LANGUAGES
from feedback.models import StaffMember, TranslatedText
from feedback.operations.errors import NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.drafts import DraftAsSeen, draft_for, find_draft
from feedback.operations.workshop.form_words import State, Translated, languages_begun, signatures, states_of
from feedback.operations.workshop.language_gate import Unsigned, notices_of, told_of
from feedback.operations.workshop.product_words import unsigned_notice

#: In the order in which they are counted: what is done first, what is missing last.
STATES: tuple[State, ...] = ("signed", "draft", "identical", "machine", "stale", "missing")


@dataclass(frozen=True, slots=True)
class InLanguage:
    """One language of a draft: how many texts are in each state, and what keeps a round from opening in it."""

    language: str
    states: dict[State, int]
    unsigned: Unsigned | None

    @property
    def total(self) -> int:
        """How many texts there are."""
        return sum(self.states.values())

    @property
    def is_complete(self) -> bool:
        """Whether a version that is made now has this language."""
        return not self.states["missing"] and not self.states["stale"]


@dataclass(frozen=True, slots=True)
class LanguagesSeen:
    """A draft with its languages, and those that it could have besides."""

    seen: DraftAsSeen
    languages: tuple[InLanguage, ...]
    others: tuple[str, ...]


def languages_for(school: School, by: StaffMember, draft_id: str) -> LanguagesSeen:
    """The languages of a draft. NotPermitted, NotFound."""
    seen = draft_for(school, by, draft_id)
    name, source = seen.draft.name, seen.draft.source_language
    with reading(school.engine) as session:
        begun = [code for code in languages_begun(session, name) if code != source]
        states = states_of(session, name, seen.data, source, begun)
        signed = signatures(session, *begun)
    notices, unsigned = notices_of(seen.data), dict[str, Unsigned]()
    for code, told in states.items():
        lacking = [each.text for each in told if each.state != "signed"]
        for each in told_of(code, lacking, notices, unsigned_notice(signed, code)):
            unsigned[code] = each
    counted = {
        code: {state: sum(each.state == state for each in told) for state in STATES} for code, told in states.items()
    }
    languages = tuple(InLanguage(code, counted[code], unsigned.get(code)) for code in begun)
    others = tuple(code for code in offered(Catalogue.RESPONDENT) if code not in (source, *begun))
    return LanguagesSeen(seen, languages, others)


def add_language(school: School, by: StaffMember, draft_id: str, language: str, *, now: datetime) -> None:
    """Ask for a translation into one more language; nothing if it is there. NotReady("languages"), NotFound."""
    if language not in LANGUAGES:
        raise NotReady("languages")
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        if language in (draft.source_language, *languages_begun(session, draft.name)):
            return
        # A first text without words: the language is there, and all of it is missing.
        today = school.settings.day_of(now)
        empty = {"words": "", "source": "", "state": "machine", "changed_on": today, "by_id": by.id}
        session.add(TranslatedText(name=draft.name, key="title", language=language, hand="first", **empty))
        record(session, now, by.account, "language_added", draft.id, language=language)


def _counted(told: list[Translated]) -> dict[State, int]:
    return {state: sum(each.state == state for each in told) for state in STATES}
