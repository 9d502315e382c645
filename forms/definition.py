"""An instrument: the questions of one form, in all their languages, in one version."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    StrictInt,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails

from forms.ages import faults_of_age
from forms.logic import faults_of_logic
from forms.notice import Notice
from forms.piping import has_pipes
from forms.problems import Fault, fact
from forms.questions import AnyQuestion
from forms.questions.base import Condition, Id, Part, Positive, StaffWording, Wording, refuse_repeated, wording_fault
from forms.questions.smileys import refuse_unhappy_faces
from forms.suggested import Suggested, faults_of_suggested
from forms.wording import Words

#: What a form consists of: questions, and notices between them.
AnyItem = Annotated[AnyQuestion | Notice, Field(discriminator="type")]

#: A language as BCP 47 writes it, with a script or a region where needed: en, zh-Hans, fa-AF.
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"

#: What staff read, which may be in some of the languages only.
_FOR_STAFF = ("next_steps", "next_step")
#: What nobody reads on a form: how people write about a theme, in whatever languages they do.
_FOR_ANALYSIS = ("examples",)
#: Codes that analysis and reviewers give to themes of their own.
_TAKEN = re.compile(r"other$|found-|own-")


class Section(Part):
    """A group of questions, and of notices between them, under one title. Files call the items `questions`."""

    id: Id
    title: Wording
    show_if: Condition | None = None
    items: Annotated[tuple[AnyItem, ...], Field(min_length=1, max_length=100, alias="questions")]

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """What is answered."""
        return tuple(item for item in self.items if not isinstance(item, Notice))


def _refuse_taken(id_: str) -> str:
    if _TAKEN.match(id_):
        raise fact("theme_id_taken", id=id_)
    return id_


#: As somebody may write about a theme: {language: sentences}. Any language, not only those of the form.
Examples = Annotated[
    dict[
        Annotated[str, StringConstraints(pattern=LANGUAGE)],
        Annotated[
            tuple[Annotated[str, StringConstraints(min_length=1, max_length=300)], ...],
            Field(min_length=1, max_length=60),
        ],
    ],
    Field(min_length=1),
]


class Theme(Part):
    """Something people write about, and what a school could do next when many do.

    With the id of one of the school's own themes it gives that theme another name for this form. With another id it is
    a theme of this form alone, which analysis knows by its `examples`; without any, people sort comments into it.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$"), AfterValidator(_refuse_taken)]
    title: Wording
    next_step: StaffWording
    examples: Examples | None = None


class Instrument(Part):
    """One version of one form. `minutes` is how long answering takes; `ages` are those of students.

    `audio` is a form that can be answered by listening and looking: every answer has a picture. `suggested` are
    criteria that a pilot can begin with.
    """

    format: Literal[1]
    id: Id
    version: Positive
    languages: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=LANGUAGE)], ...], Field(min_length=1, max_length=60)
    ]
    audience: Literal["students", "families", "staff"]
    ages: Literal["6-8", "9-11", "12-14", "15-18"] | None = None
    layout: Literal["screens", "page"]
    audio: Literal[True] | None = None
    minutes: Annotated[StrictInt, Field(ge=1, le=60)]
    licence: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    title: Wording
    introduction: Wording
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=30)]
    themes: Annotated[tuple[Theme, ...], Field(max_length=20)] = ()
    suggested: Annotated[tuple[Suggested, ...], Field(min_length=1, max_length=5)] | None = None

    @model_validator(mode="after")
    def _is_complete(self, info: ValidationInfo) -> Self:
        refuse_repeated(self.languages)
        refuse_repeated(section.id for section in self.sections)
        refuse_repeated(item.id for item in self.items)
        refuse_repeated(theme.id for theme in self.themes)
        refuse_unhappy_faces(self.questions, self.ages)
        for words in _all_words(self):
            wording_fault(words, self.languages)
        if not self.questions:
            raise fact("no_question_left")
        # Of a form that is stored, and may be half answered, nothing is asked that was not asked when it was new.
        is_new = info.context is not None
        strict_only = (*faults_of_age(self), *faults_of_suggested(self)) if is_new else ()
        _refuse([*faults_of_logic(self, strict=is_new), *strict_only])
        return self

    @property
    def items(self) -> tuple[AnyItem, ...]:
        """What is shown, in the order of the form: questions and notices."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """What is answered, in the order of the form."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def main_questions(self) -> tuple[AnyQuestion, ...]:
        """The questions as people count them: without the lines for own words beside an answer."""
        return tuple(question for question in self.questions if not question.companion_of)

    @cached_property
    def has_pipes(self) -> bool:
        """Whether a text wants an earlier answer in it."""
        return has_pipes(self)

    @cached_property
    def has_conditions(self) -> bool:
        """Whether something is asked only of some."""
        return any(part.show_if for part in (*self.sections, *self.items))

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


def _refuse(faults: Sequence[Fault]) -> None:
    """Raise all of them at once, each at its place."""
    if faults:
        details = [InitErrorDetails(type=fact(each.code, **each.values), loc=each.place, input="") for each in faults]
        raise ValidationError.from_exception_data("Instrument", details)


def _all_words(part: object) -> Iterator[Words]:
    """The words that everybody reads, which have to be in every language of the form."""
    if isinstance(part, Part):
        for key, value in part:
            if key not in (*_FOR_STAFF, *_FOR_ANALYSIS):
                yield from _all_words(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from _all_words(item)
    elif isinstance(part, dict):
        yield part
