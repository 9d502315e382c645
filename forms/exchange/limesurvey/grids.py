"""LimeSurvey's tables: each row is a question of its own here, under the table's text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.exchange.limesurvey.survey import Asked, Part
from forms.texts import Data
from forms.wording import Words

if TYPE_CHECKING:
    from forms.exchange.limesurvey.reading import Reading

#: A row may have words for both ends of a line between two poles: "calm|loud".
_POLES = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a question: what conditions call it, what it says, and where it stands."""

    name: str
    said: dict[str, Any]
    place: str


def rows_of(reading: "Reading", question: Asked, heading: Words | None = None, ending: str = "") -> Iterator[Row]:
    """The rows of a table; with a `heading` under "text – heading", and names that end with `ending`."""
    rows = [part for part in question.parts if part.scale == "0"]
    if not rows:
        reading.assembly.lose("no_words", question.place, question.code)
        return
    stem = _beside(reading.words(question.words, question.place), heading or {})
    hint = reading.words(question.helps, f"{question.place}, help")
    condition = reading.condition(question.relevance, question.place)
    for row in rows:
        place = f"{question.place}, {row.code}"
        name = f"{question.code}_{row.code}{ending}"
        id_ = reading.assembly.new_id(
            f"{question.code}-{row.code}{ending}".lower().replace("_", "-").replace("#", "-"), place
        )
        text = reading.words(row.words, place)
        if any(_POLES in words for words in text.values()):
            text = {language: words.strip(_POLES).replace(_POLES, " – ") for language, words in text.items()}
        said = {"id": id_, "text": text or stem, "stem": stem if text else {}, "hint": hint}
        yield Row(name, {**said, "show_if": _condition(reading, row, condition, place)}, place)


def grid(reading: "Reading", question: Asked, kind: str, options: Sequence[Data], codes: Mapping[str, str]) -> None:
    """A question of this kind for each row, all with the same answers; `codes` are their names in the file."""
    if not options:
        return
    for row in rows_of(reading, question):
        copied = [{**option, "label": dict(option["label"])} for option in options]
        reading.assembly.add({"type": kind, "options": copied, **row.said}, row.name, codes)


def two_scales(
    reading: "Reading",
    question: Asked,
    kind: str,
    options: Sequence[Data],
    codes: Mapping[str, str],
    scale: tuple[str, Words],
) -> None:
    """The rows of a table under one of its two scales: its number, and its heading."""
    number, heading = scale
    for row in rows_of(reading, question, heading, f"#{number}"):
        copied = [{**option, "label": dict(option["label"])} for option in options]
        reading.assembly.add({"type": kind, "options": copied, **row.said}, row.name, codes)


def texts_in_grid(reading: "Reading", question: Asked) -> None:
    """A line for each cell of a table."""
    most = question.number("maximum_chars")
    length = {"max_length": most} if most and 0 < most <= 200 else {}
    for name, said in _cells(reading, question):
        reading.assembly.add({"type": "short-text", **length, **said}, name)


def numbers_in_grid(
    reading: "Reading", question: Asked, add: "Callable[[Reading, Asked, dict[str, Any], str], None]"
) -> None:
    """A number for each cell of a table."""
    for name, said in _cells(reading, question):
        add(reading, question, said, name)


def _cells(reading: "Reading", question: Asked) -> Iterator[tuple[str, dict[str, Any]]]:
    columns = [part for part in question.parts if part.scale == "1"]
    if not columns:
        reading.assembly.lose("no_words", question.place, question.code)
        return
    reading.assembly.lose("ls_grid", question.place, question.code)
    for column in columns:
        heading = reading.words(column.words, f"{question.place}, {column.code}")
        for row in rows_of(reading, question, heading, f"_{column.code}"):
            yield row.name, row.said


def _condition(reading: "Reading", row: Part, shared: Data | None, place: str) -> Data | None:
    own = reading.condition(row.relevance, place)
    if own and shared:
        reading.assembly.lose("condition_joined", place, row.relevance)
        return shared
    return own or shared


def _beside(words: Words, heading: Words) -> Words:
    if not heading:
        return dict(words)
    if not words:
        return dict(heading)
    return {language: f"{said} – {heading[language]}" for language, said in words.items() if language in heading}
