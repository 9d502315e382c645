"""The ready-made instruments: one YAML file each, under our own words and the licence each file names.

They are locally useful, not psychometrically validated. The files speak English, Arabic and Spanish; `words/` has one
file for each further language, sentence by sentence, so that a label is the same wherever it stands.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from forms.definition import Instrument
from forms.loader import load_instrument
from forms.standard import sentences

_FOLDER = Path(__file__).parent
#: The instruments, each in all its variants, in the order in which a pilot comes to need them.
_ORDER = (
    *("first-look", "my-learning-tool", "tool-and-my-learning", "lesson-exit-ticket", "family-window"),
    *("access-and-conditions", "can-everyone-use-it", "safe-and-respected", "teaching-with-the-tool"),
    *("how-we-used-it", "did-it-change-anything", "keep-change-or-stop"),
)
_READERS = ("students", "families", "staff")
_AGES = (None, "6-8", "9-11", "12-14", "15-18")
#: What staff read is not in the further languages, nor is what analysis reads.
_AS_IT_IS = ("next_steps", "next_step", "examples")


@cache
def names() -> tuple[str, ...]:
    """The names of the instruments, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def in_order(instruments: Iterable[Instrument]) -> list[Instrument]:
    """As a pilot comes to need them; the variants of one instrument together, students first, the youngest first."""
    return sorted(instruments, key=lambda each: (_number(each.id), *_shelf(each)))


def by_readers(instruments: Iterable[Instrument]) -> list[list[Instrument]]:
    """Those for the same people together, in order: students of any age, by their ages, families, staff."""
    return [list(shelf) for _, shelf in groupby(sorted(in_order(instruments), key=_shelf), key=_shelf)]


def _number(id_: str) -> int:
    """What is not the library's own comes last."""
    return next((number for number, base in enumerate(_ORDER) if id_.startswith(base)), len(_ORDER))


def _shelf(instrument: Instrument) -> tuple[int, int]:
    return _READERS.index(instrument.audience), _AGES.index(instrument.ages)


@cache
def open_library(name: str) -> Instrument:
    """One instrument by its name, in all of its languages; KeyError if the library does not have it."""
    if name not in names():
        raise KeyError(name)
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return _in_more_languages(load_instrument(text, name=f"{name}.yaml"), _more_words())


@cache
def _more_words() -> dict[str, dict[str, str]]:
    """Language -> English sentence -> its words."""
    files = sorted(_FOLDER.glob("words/*.yaml"))
    # Every scalar is text, so that yes and no stay words.
    read = {file.stem: yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for file in files}  # noqa: S506 - makes no objects
    return {language: {**_standard(language), **words} for language, words in read.items()}


def _standard(language: str) -> dict[str, str]:
    """The question about help, which is written once for all forms."""
    return {words["en"]: words[language] for words in sentences() if language in words}


def _in_more_languages(instrument: Instrument, more: Mapping[str, Mapping[str, str]]) -> Instrument:
    """KeyError for a sentence that a language does not have."""
    plain = instrument.model_dump()
    return Instrument.model_validate({**_said(plain, more), "languages": [*instrument.languages, *more]})


def _said(part: Any, more: Mapping[str, Mapping[str, str]]) -> Any:
    if isinstance(part, list | tuple):
        return [_said(each, more) for each in part]
    if not isinstance(part, dict):
        return part
    if "en" in part:
        return {**part, **{language: words[part["en"]] for language, words in more.items()}}
    return {key: value if key in _AS_IT_IS else _said(value, more) for key, value in part.items()}
