"""What is wrong with an instrument: its place, its code, and its sentences put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from forms.sentences import SENTENCES

#: The way to a part of an instrument: keys and positions, such as ("sections", 0, "title").
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `line` and `column` count from 1; 0 where there is no file to point into.

    `code` names the kind of problem, for whoever has to say it in other words.
    """

    line: int
    column: int
    place: str
    what: str
    cure: str
    code: str = ""


class InstrumentRefused(Exception):
    """An instrument cannot be used; `problems` holds everything that is wrong with it, in the order of the file.

    `faults` are the same as facts, where nothing was read from a file: pages put those into words of their language.
    """

    def __init__(self, name: str, problems: tuple[Problem, ...], faults: "tuple[Fault, ...]" = ()) -> None:
        super().__init__(name, problems, faults)
        self.name = name
        self.problems = problems
        self.faults = faults

    def told(self, gettext: Callable[[str], str]) -> tuple[Problem, ...]:
        """What is wrong, in the language that `gettext` speaks; as it was put into words before where it was a file."""
        return tuple(fault.told(gettext) for fault in self.faults) or self.problems

    def __str__(self) -> str:
        return "\n".join(self._line(problem) for problem in self.problems)

    def _line(self, problem: Problem) -> str:
        at = f"{self.name}:{problem.line}:{problem.column}" if problem.line else self.name
        place = f" {problem.place}:" if problem.place else ""
        return f"{at}{place} {problem.what} {problem.cure}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem before it is put into words: its code, its place and the values its sentences name."""

    code: str
    place: Place = ()
    values: Mapping[str, object] = field(default_factory=dict)
    position: tuple[int, int] | None = None

    def told(self, gettext: Callable[[str], str], position: tuple[int, int] = (0, 0)) -> Problem:
        """The problem in words, in the language that `gettext` speaks."""
        values = {**self.values, "found": _short(self.values.get("found"))}
        what, cure = (gettext(sentence) % values for sentence in sentences(self.code))
        line, column = self.position or position
        return Problem(line, column, place_in_words(self.place), what, cure, self.code)


def sentences(code: str) -> tuple[str, str]:
    """What is wrong and the cure, with named placeholders, in English."""
    return SENTENCES.get(code, SENTENCES["other"])


def is_worded(code: str) -> bool:
    """Whether this code has sentences of its own."""
    return code in SENTENCES


def fact(code: str, **values: object) -> PydanticCustomError:
    """The error a validator raises so that the loader can say it in words."""
    # pydantic would read braces in a value as placeholders; ours are already filled in.
    return PydanticCustomError(code, "{said}", {"said": sentences(code)[0] % values, **values})


def place_in_words(place: Place) -> str:
    """A place as it is printed, such as sections[0].questions[2].type."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
