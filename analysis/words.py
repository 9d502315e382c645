"""What a release says of what people wrote: frozen values, like those of `analysis.summary` and beside them.

Which group wrote about a theme how often, and what changed since the last round, is for the team alone; the public's
words have neither.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from analysis.summary import Figure, People, Reader, TooFew


class Beside(StrEnum):
    """How one share stands beside another one, where chance can be told from difference."""

    MORE = "more"
    LESS = "less"
    ALIKE = "alike"
    CANNOT_TELL = "cannot_tell"


class Size(StrEnum):
    """How big a difference is; the words for it live in templates/macros/differences.html."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Difference:
    """How one share stands beside another. Made from released figures only, so that it says nothing beyond them.

    `size` and `points` are there for MORE and LESS: `points` is the interval of the difference in whole percentage
    points, from the smaller to the bigger, both above 0.
    """

    beside: Beside
    size: Size | None = None
    points: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A redacted comment that a person approved, with the language it is written in ("und" if unknown).

    `retold`: a person said it in other words: shorter, with its spelling mended, or translated. Which is not said.
    """

    text: str
    language: str
    retold: bool = False


@dataclass(frozen=True, slots=True)
class ThemeInGroup:
    """How many people of a group wrote about a theme, of those in it who wrote at all.

    `people` are all who wrote; `group` may be `tables.OTHER_GROUPS`. `others` is how it stands beside the other groups
    that are shown.
    """

    group: str
    people: People | TooFew
    figure: Figure
    others: Difference = Difference(Beside.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """An accepted theme: its code, the reviewer's words for it, and how many people wrote about it.

    `share` is of all who wrote to the question, None where only the number of people is told. `groups` is empty where
    no groups were kept or none may be shown. `since` is how `share` stands beside the last round's, None where there
    was none, and in releases that were stored before rounds were compared.
    """

    theme: str
    label: str
    people: People | TooFew
    quotes: tuple[Quote, ...] = ()
    share: Figure | None = None
    groups: tuple[ThemeInGroup, ...] = ()
    since: Difference | None = None


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What people wrote in answer to one question. People are counted within the question, never summed over.

    `repeated`: some texts came more than once, word for word; each was counted once. `variable` is what the themes'
    groups are groups of (a question's id, or "group"). `last_counted_on` is when the round was counted that the themes
    are held against.
    """

    question: str
    people: People | TooFew
    themes: tuple[ThemeFigure, ...] = ()
    repeated: bool = False
    variable: str | None = None
    last_counted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one round's release, frozen when their review was signed."""

    reader: Reader
    questions: tuple[QuestionWords, ...] = field(default=())


_WORDS = TypeAdapter(Words)


def freeze_words(words: Words) -> str:
    """The words as canonical JSON, as they are stored and hashed."""
    return _WORDS.dump_json(words).decode()


def thaw_words(body: str) -> Words:
    """The inverse of `freeze_words`; pydantic.ValidationError where the text is not one."""
    return _WORDS.validate_json(body)
