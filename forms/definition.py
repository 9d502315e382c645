"""An instrument: the questions of one form, in all their languages, in one version."""

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, StringConstraints, model_validator

from forms.questions import AnyQuestion
from forms.questions.base import Id, Part, Positive, Wording, refuse_repeated, wording_fault
from forms.questions.smileys import refuse_unhappy_faces
from forms.wording import Words

#: A language as BCP 47 writes it, with a script or a region where needed: en, zh-Hans, fa-AF.
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"


class Section(Part):
    """A group of questions under one title."""

    id: Id
    title: Wording
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=100)]


class Theme(Part):
    """Something people write about, and what a school could do next when many do."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    title: Wording
    next_step: Wording


class Instrument(Part):
    """One version of one form. `minutes` is how long answering takes; `ages` are those of students."""

    format: Literal[1]
    id: Id
    version: Positive
    languages: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=LANGUAGE)], ...], Field(min_length=1, max_length=60)
    ]
    audience: Literal["students", "families", "staff"]
    ages: Literal["6-8", "9-11", "12-14", "15-18"] | None = None
    layout: Literal["screens", "page"]
    minutes: Annotated[StrictInt, Field(ge=1, le=60)]
    licence: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    title: Wording
    introduction: Wording
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=30)]
    themes: Annotated[tuple[Theme, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        refuse_repeated(self.languages)
        refuse_repeated(section.id for section in self.sections)
        refuse_repeated(question.id for question in self.questions)
        refuse_repeated(theme.id for theme in self.themes)
        refuse_unhappy_faces(self.questions, self.ages)
        for words in _all_words(self):
            wording_fault(words, self.languages)
        return self

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """All questions, in the order of the form."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, question_id: str) -> AnyQuestion:
        """One question; KeyError if this instrument does not ask it."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def canonical(instrument: Instrument) -> str:
    """The instrument as JSON with sorted keys, as it is stored and hashed; `Instrument.model_validate_json` reads it.

    What is not set is left out, so that a key that a later Voicebox adds changes no digest of today.
    """
    plain = instrument.model_dump(mode="json", exclude_none=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(instrument: Instrument) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(instrument).encode()).hexdigest()


def _all_words(part: object) -> Iterator[Words]:
    if isinstance(part, Part):
        for _, value in part:
            yield from _all_words(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from _all_words(item)
    elif isinstance(part, dict):
        yield part
