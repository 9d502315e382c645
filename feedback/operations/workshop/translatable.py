"""The forms that can be translated: drafts, and the library's; and who may translate into what."""

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.languages import SOURCE
from feedback.models import Draft, StaffMember
from feedback.operations.errors import NotFound, NotPermitted
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.form_words import Translated, languages_begun, states_of
from feedback.privacy.permissions import Action
from forms.draft import as_data
from forms.library import names, open_library
from forms.texts import Data, texts_of


@dataclass(frozen=True, slots=True)
class Form:
    """A form with the texts to translate. `data` has the library's own words besides the source, a draft has none.

    `draft_id` is "" for a form of the library.
    """

    name: str
    data: Data
    source: str
    kind: Literal["draft", "library"]
    draft_id: str = ""

    @property
    def title(self) -> str:
        """What it is called in its source language."""
        return str(self.data.get("title", {}).get(self.source) or self.name)

    def languages(self, session: Session) -> list[str]:
        """The languages besides the source that it has words in, or was given to be translated into."""
        own = self.data["languages"] if self.kind == "library" else ()
        return sorted({*own, *languages_begun(session, self.name)} - {self.source})


@dataclass(frozen=True, slots=True)
class ToDo:
    """One form in one language: how many of its texts are in each state."""

    form: Form
    language: str
    states: dict[str, int]

    @property
    def waits(self) -> int:
        """How many texts nobody has signed as they are."""
        return sum(self.states.values()) - self.states.get("signed", 0)


def allow_into(by: StaffMember, language: str) -> None:
    """NotPermitted for whoever does not translate into this language."""
    allow(by, Action.TRANSLATE_INSTRUMENTS)
    if language not in by.languages:
        raise NotPermitted(Action.TRANSLATE_INSTRUMENTS)


def find_form(session: Session, name: str, language: str = "") -> Form:
    """The draft of this name, else the library's form; NotFound, also where `language` is its source."""
    draft = session.scalar(select(Draft).where(Draft.name == name))
    form = _of_draft(draft) if draft is not None else _of_library(name)
    if form is None or form.source == language:
        raise NotFound(name)
    return form


def form_for(school: School, by: StaffMember, name: str, language: str) -> tuple[Form, list[Translated]]:
    """A form and its texts in one of this account's languages. NotPermitted, NotFound."""
    allow_into(by, language)
    with reading(school.engine) as session:
        form = find_form(session, name, language)
        return form, states_of(session, name, form.data, form.source, [language])[language]


def to_translate(school: School, by: StaffMember) -> list[ToDo]:
    """What there is to do in this account's languages: stale words first, then what waits most."""
    allow(by, Action.TRANSLATE_INSTRUMENTS)
    with reading(school.engine) as session:
        drafts = [_of_draft(draft) for draft in session.scalars(select(Draft).order_by(Draft.name))]
        found: list[ToDo] = []
        for form in [*drafts, *filter(None, map(_of_library, names()))]:
            # A draft is translated into what its editors asked for; the library into anything.
            into = set(form.languages(session)) | (set(by.languages) if form.kind == "library" else set())
            languages = sorted(into & set(by.languages) - {form.source})
            states = states_of(session, form.name, form.data, form.source, languages)
            found += [ToDo(form, language, _counted(told)) for language, told in states.items()]
    return sorted(found, key=lambda each: (-each.states.get("stale", 0), each.form.kind, -each.waits, each.form.name))


def _counted(told: list[Translated]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for each in told:
        counted[each.state] = counted.get(each.state, 0) + 1
    return counted


def _of_draft(draft: Draft) -> Form:
    return Form(draft.name, json.loads(draft.body), draft.source_language, "draft", draft.id)


def _of_library(name: str) -> Form | None:
    try:
        return Form(name, as_data(open_library(name)), SOURCE, "library")
    except KeyError:
        return None


def sources_of(form: Form) -> dict[str, str]:
    """The source of every text, by its key."""
    return {text.key: text.words.get(form.source, "") for text in texts_of(form.data)}
