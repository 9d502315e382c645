"""What files say in short, said in full: matrices, own words beside an answer, the question about help.

After it an instrument holds plain questions only. Every one of them remembers the place in the file that it comes
from, so that what is wrong is said there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from forms.matrix import Matrix, rows_as_questions
from forms.piping import beside
from forms.problems import Fault, Place
from forms.standard import did_someone_help
from forms.validation import faults_of
from forms.yaml_tree import Data

_MATRIX = TypeAdapter(Matrix)
_WITH_OPTIONS = ("choice", "choices", "picture-choice")
#: Characters for own words beside an answer: a line, not a letter.
_BESIDE_AN_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the file an item comes from: its place, and the places below it of keys that stand elsewhere.

    Of an item that the file `implied` only those keys can be wrong; the rest was said by what implied it.
    """

    place: Place
    keys: Mapping[str, Place] = field(default_factory=dict)
    implied: bool = False

    def of(self, rest: Place) -> Place | None:
        """The place in the file of something below the item; None where the file does not say it."""
        if rest and rest[0] in self.keys:
            return (*self.place, *self.keys[str(rest[0])], *rest[1:])
        return None if self.implied and rest else (*self.place, *rest)


@dataclass(slots=True)
class Expansion:
    """A file's data said in full (in place), what was wrong with the short forms, and where its items come from."""

    data: dict[str, Data]
    languages: list[str] | None
    faults: list[Fault] = field(default_factory=list)
    origins: dict[Place, Origin] = field(default_factory=dict)

    def in_file(self, place: Place) -> Place | None:
        """The place in the file of a place in the data; None where only this module said it."""
        origin = self.origins.get(place[:4]) or self.origins.get(place[:2])
        if origin is None:
            return place
        return origin.of(place[4:] if place[:4] in self.origins else place[2:])


def expand(data: dict[str, Data], languages: list[str] | None) -> Expansion:
    """Say in full what `data` says in short; scales are filled in already."""
    said = Expansion(data, languages)
    sections = data.get("sections")
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        if isinstance(section, dict) and isinstance(section.get("questions"), list):
            _expand_section(said, section, ("sections", number, "questions"))
    if "ask_help" in data:
        _ask_help(said, sections)
    return said


def _expand_section(said: Expansion, section: dict[str, Data], place: Place) -> None:
    in_full: list[Data] = []
    items = section["questions"]
    for position, item in enumerate(items if isinstance(items, list) else ()):
        for each, origin in _in_full(said, item, (*place, position)):
            said.origins[(*place, len(in_full))] = origin
            in_full.append(each)
    section["questions"] = in_full


def _in_full(said: Expansion, item: Data, place: Place) -> Iterator[tuple[Data, Origin]]:
    if not isinstance(item, dict):
        yield item, Origin(place)
    elif item.get("type") == "matrix":
        yield from _rows(said, item, place)
    else:
        companions = list(_companions(said, item, place))
        yield item, Origin(place)
        yield from companions


def _rows(said: Expansion, matrix: dict[str, Data], place: Place) -> Iterator[tuple[Data, Origin]]:
    try:
        _MATRIX.validate_python(matrix, context={"languages": said.languages})
    except ValidationError as error:
        # As in an instrument, where the type stands behind the number.
        said.faults += faults_of(error, under=(*place, "matrix"))
        return
    for number, question in enumerate(rows_as_questions(matrix)):
        row: Place = ("rows", number)
        yield question, Origin(place, {"id": (*row, "id"), "text": (*row, "text"), "stem": ("text",)})


def _companions(said: Expansion, question: dict[str, Data], place: Place) -> Iterator[tuple[Data, Origin]]:
    options = question.get("options")
    if not isinstance(options, list) or not any(isinstance(each, dict) and "own_words" in each for each in options):
        return
    # Copies: the file's own answers may be those of a scale that other questions use as well.
    options = [dict(each) if isinstance(each, dict) else each for each in options]
    question["options"] = options
    for number, option in enumerate(options):
        if isinstance(option, dict) and "own_words" in option:
            wanted, at = option.pop("own_words"), (*place, "options", number, "own_words")
            if wanted is not True:
                said.faults.append(Fault("own_words_true", at, {"found": wanted}))
            elif question.get("type") not in _WITH_OPTIONS:
                said.faults.append(Fault("own_words_elsewhere", at))
            else:
                yield _companion(question, option), Origin(place, {"id": ("options", number, "id")}, implied=True)


def _companion(question: dict[str, Data], option: dict[str, Data]) -> dict[str, Data]:
    text, label = question.get("text"), option.get("label")
    return {
        "type": "text",
        "id": f"{question.get('id')}-{option.get('id')}",
        "text": _beside(text, label) if isinstance(text, dict) and isinstance(label, dict) else None,
        "why": question.get("why"),
        "max_length": _BESIDE_AN_ANSWER,
        "show_if": {"question": question.get("id"), "is": [option.get("id")]},
        "companion_of": question.get("id"),
    }


def _beside(text: dict[str, Data], label: dict[str, Data]) -> dict[str, Data]:
    return {**beside({language: str(said) for language, said in text.items()}, {k: str(v) for k, v in label.items()})}


def _ask_help(said: Expansion, sections: Data) -> None:
    wanted = said.data.pop("ask_help")
    if wanted is not True:
        said.faults.append(Fault("ask_help_true", ("ask_help",), {"found": wanted}))
        return
    section, missing = did_someone_help(said.languages or [])
    if missing:
        said.faults.append(Fault("ask_help_language", ("ask_help",), {"missing": ", ".join(missing)}))
    elif isinstance(sections, list):
        said.origins["sections", len(sections)] = Origin(("ask_help",), implied=True)
        sections.append(section)
