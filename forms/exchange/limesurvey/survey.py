"""A survey as LimeSurvey has it, whichever of its files it came in: groups, questions, answers, in all languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.exchange.core import MOST_PARTS, FileRefused

#: What LimeSurvey puts into a relevance field where something is shown to everybody.
ALWAYS = ("", "1")


@dataclass(slots=True)
class Part:
    """An answer or a subquestion. `scale` is "1" for those of a second scale, or for the columns of a table."""

    code: str
    scale: str = "0"
    words: dict[str, str] = field(default_factory=dict)
    relevance: str = ""


@dataclass(slots=True)
class Asked:
    """A question. `attributes` are by name and, where they are words, by language, else under ""."""

    code: str
    type: str
    words: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    relevance: str = ""
    mandatory: str = ""
    other: str = ""
    pattern: str = ""
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: list[Part] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)
    also: str = ""
    theme: str = ""
    _known: dict[tuple[str, str, str], Part] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, in LimeSurvey's own terms."""
        return f"question {self.code}"

    def part(self, kind: str, code: str, scale: str) -> Part | None:
        """The answer ("A") or subquestion ("SQ") of this code; None where there is none yet."""
        return self._known.get((kind, code, scale))

    def add(self, kind: str, part: Part) -> None:
        """Another answer or subquestion; FileRefused where there are more than anybody could read."""
        if len(self._known) >= MOST_PARTS:
            raise FileRefused("too_many_parts", most=MOST_PARTS)
        self._known[kind, part.code, part.scale] = part
        (self.answers if kind == "A" else self.parts).append(part)

    def attribute(self, name: str) -> str:
        """An attribute that is no words, stripped; "" where it is not set."""
        said = self.attributes.get(name, {})
        return next((value.strip() for value in (said.get(""), *said.values()) if value), "")

    def number(self, name: str) -> int | None:
        """An attribute that is a whole number; None for anything else, an expression among them."""
        text = self.attribute(name)
        bare = text.removesuffix(".0")
        return int(bare) if bare.lstrip("-").isascii() and bare.lstrip("-").isdigit() and len(bare) < 10 else None


@dataclass(slots=True)
class Group:
    """A page of questions."""

    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    relevance: str = ""
    random: str = ""
    questions: list[Asked] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """A whole survey. `languages` are LimeSurvey's codes, its own first; `said` is name -> language -> words.

    `others` is what has no place in a form: the loss that tells of it, where it stood and what was found.
    """

    languages: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    others: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def questions(self) -> Iterator[Asked]:
        """All questions, in the order of the survey."""
        return (question for group in self.groups for question in group.questions)
