"""What every question type has: words, ids, and what its answer means."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StringConstraints, ValidationInfo
from wtforms.fields.core import UnboundField

from forms.problems import fact
from forms.wording import Words, plain_text, say

#: What is sealed for one question: the id of an option or a text, a number, ids of several options, points by option.
Answer = str | int | tuple[str, ...] | dict[str, int]

_LONGEST_WORDS = 2000


class Measure(StrEnum):
    """What an answer means. The one list shared, by value, with `analysis.tables.Measure`."""

    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    RANKING = "ranking"
    NUMBER = "number"
    TEXT = "text"
    CHANGE = "change"


def _said_in_every_language(words: Words, info: ValidationInfo) -> Words:
    """Cleaned words; the languages they have to be in are those the loader found at the top of the file."""
    cleaned = {language: plain_text(text) for language, text in words.items()}
    languages = (info.context or {}).get("languages")
    wording_fault(cleaned, cleaned if languages is None else languages)
    return cleaned


def wording_fault(words: Words, languages: Iterable[str]) -> None:
    """Raise if words are missing or blank in one of `languages`, are in others as well, or are too long."""
    missing = [language for language in languages if not words.get(language)]
    if missing or not words:
        raise fact("missing_language", missing=", ".join(missing) or "en")
    extra = [language for language in words if language not in languages]
    if extra:
        raise fact("unlisted_language", extra=", ".join(extra))
    if any(len(text) > _LONGEST_WORDS for text in words.values()):
        raise fact("too_many_words", most=_LONGEST_WORDS)


def refuse_repeated(ids: Iterable[str]) -> None:
    """Raise if an id stands there twice: a tally could not tell the two apart."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise fact("repeated", id=id_)
        seen.add(id_)


def _refuse_repeated_options(options: "tuple[Option, ...]") -> "tuple[Option, ...]":
    refuse_repeated(option.id for option in options)
    return options


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
#: Options may begin with a digit, as the bands of a number do.
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
#: Texts in every language of the instrument.
Wording = Annotated[Words, AfterValidator(_said_in_every_language)]
Positive = Annotated[StrictInt, Field(ge=1)]


class Part(BaseModel):
    """A part of an instrument: cannot be changed, and knows every key it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Option(Part):
    """One answer that is offered. `picture` is the name of a pictogram, such as "yes"."""

    id: OptionId
    label: Wording
    picture: Id | None = None


#: For a tuple of options of another length than the two below.
ids_differ = AfterValidator(_refuse_repeated_options)

#: Answers to choose from, in the form's order.
Options = Annotated[tuple[Option, ...], Field(min_length=2, max_length=15), ids_differ]
#: The steps of a scale, from lowest to highest: with more than seven nobody can tell one from the next.
Steps = Annotated[tuple[Option, ...], Field(min_length=2, max_length=7), ids_differ]


#: Answers beside the others: "don't know", "does not apply".
Apart = Annotated[tuple[Option, ...], Field(min_length=1, max_length=3)]


class NextSteps(Part):
    """What a school could do next when few, some or most gave a favourable answer."""

    low: Wording
    middle: Wording
    high: Wording


class Condition(Part):
    """Asked only of people who gave one of these answers to an earlier question."""

    question: Id
    answers: Annotated[tuple[OptionId, ...], Field(min_length=1, max_length=15, alias="is")]


class Question(Part, ABC):
    """One question. A subclass is one type: it alone knows its field and what its answer means.

    `stem` is what stands above all rows of a matrix, of which this is one; `companion_of` is the question beside one
    of whose answers these own words are written, on the same screen.
    """

    type: str
    id: Id
    text: Wording
    why: Wording
    hint: Wording | None = None
    goal: Literal["engagement", "equity", "achievement"] | None = None
    next_steps: NextSteps | None = None
    show_if: Condition | None = None
    stem: Wording | None = None
    companion_of: Id | None = None

    measure: ClassVar[Measure]
    #: Whether it is asked with several controls under one legend, and not with one control that has a label.
    is_group: ClassVar[bool] = True

    def cells(self) -> tuple[Option, ...]:
        """What a tally counts, in the form's order; a scale from lowest to highest; nothing for text."""
        return ()

    def apart(self) -> tuple[Option, ...]:
        """Answers counted beside the cells: "don't know", "does not apply"."""
        return ()

    def offered(self) -> tuple[Option, ...]:
        """The answers as the page offers them, in the order of the field's subfields; nothing for typed answers."""
        return (*self.cells(), *self.apart())

    def favourable(self) -> frozenset[str]:
        """The ids of the cells that count as top box; empty where no answer is better than another."""
        return frozenset()

    def outcomes(self) -> tuple[str, ...]:
        """The ids of what a result can tell, and a criterion can be about: the cells, where they are not too fine."""
        return tuple(cell.id for cell in self.cells())

    def best_outcomes(self) -> frozenset[str]:
        """Those of the outcomes that count as top box."""
        return self.favourable()

    def places(self) -> int:
        """For a ranking: among how many first places an option has to be to be counted."""
        return 1

    def steps(self) -> tuple[Option, ...]:
        """For a change: the steps of its scale, from lowest to highest, of which each cell joins two."""
        return ()

    @abstractmethod
    def field(self, language: str) -> "UnboundField[Any]":
        """A WTForms field with this question's words; never required."""

    def plain(self, typed: object) -> Answer | None:
        """The data of this question's field as it is sealed; None where it was skipped or is not valid."""
        return self.accept(typed)

    @abstractmethod
    def accept(self, raw: object) -> Answer | None:
        """Any decoded value as a valid answer, or None; called at the count, whoever sealed the envelope."""

    @abstractmethod
    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The ids of the cells that this valid answer is counted in."""

    def retold(self, answer: Answer, language: str) -> tuple[tuple[str, str], ...]:
        """A valid answer in words, to show people their own: texts, each with the language that it is really in.

        The language of words of one's own is not known: "und".
        """
        labels = {option.id: option.label for option in (*self.cells(), *self.apart())}
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return tuple(say(labels[id_], language) for id_ in chosen if id_ in labels)

    def _words(self, language: str) -> dict[str, str]:
        """The arguments that every field gets."""
        return {
            "label": say(self.text, language)[0],
            "description": say(self.hint, language)[0] if self.hint else "",
        }

    def _choices(self, language: str) -> dict[str, str]:
        return {option.id: say(option.label, language)[0] for option in self.offered()}
