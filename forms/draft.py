"""A draft: an instrument that somebody is still writing, as plain JSON with its words in one language, the source.

Anything may be missing but the ids of what is there. `finished` makes an instrument of it, or says what it lacks.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from forms.definition import Instrument, canonical
from forms.problems import Fault, InstrumentRefused
from forms.suggested import still_suggested
from forms.texts import Data, only_in, texts_of
from forms.validation import faults_of
from forms.wording import N_

#: What an instrument says of its rights unless its writer says otherwise.
OWN_LICENCE = "Our own"
_LONGEST_ID = 40


def new_draft(name: str, title: str, language: str, *, audience: str) -> Data:
    """A draft with nothing in it yet but one section, in this source language."""
    return {
        "format": 1,
        "id": name,
        "version": 1,
        "languages": [language],
        "audience": audience,
        "layout": "screens" if audience == "students" else "page",
        "minutes": 3,
        "licence": OWN_LICENCE,
        "title": {language: title},
        "introduction": {},
        "sections": [{"id": "first", "title": {language: title}, "questions": []}],
    }


def as_data(instrument: Instrument) -> Data:
    """The instrument as plain JSON, in all its languages."""
    loaded: Data = json.loads(canonical(instrument))
    return loaded


def as_yaml(instrument: Instrument) -> str:
    """The instrument as a file that `load_instrument` reads, in all its languages."""
    said = instrument.model_dump(mode="json", exclude_none=True)
    return str(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120))


def as_draft(instrument: Instrument, language: str) -> Data:
    """The instrument as a draft in one of its languages; its other words are translations of that."""
    return only_in(as_data(instrument), (language,))


def faults_of_draft(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Everything that keeps the draft from being asked, with pydantic's places; empty where it could be."""
    try:
        Instrument.model_validate(still_suggested(data), context={"languages": list(data.get("languages", ()))})
    except ValidationError as error:
        return tuple(faults_of(error))
    return ()


def finished(data: Mapping[str, Any]) -> Instrument:
    """The instrument that the draft describes; InstrumentRefused with all that it lacks."""
    try:
        return Instrument.model_validate(still_suggested(data), context={"languages": list(data.get("languages", ()))})
    except ValidationError as error:
        faults = tuple(faults_of(error))
        problems = tuple(fault.told(N_) for fault in faults)
        raise InstrumentRefused(str(data.get("id", "")), problems, faults) from error


def items_of(data: Mapping[str, Any]) -> Iterator[Data]:
    """The questions and notices that are there, in the order of the form."""
    for section in data.get("sections", ()):
        yield from section.get("questions", ())


def ids_of(data: Mapping[str, Any]) -> set[str]:
    """The ids of everything that is shown."""
    return {str(item["id"]) for item in items_of(data)}


def free_id(wanted: str, taken: Collection[str]) -> str:
    """An id made of these words that nothing has yet: latin letters, digits and hyphens, 40 at most.

    Words of other scripts leave nothing of themselves, and get "q".
    """
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    base = base if base[:1].isalpha() else f"q-{base}".strip("-")
    short = base[: _LONGEST_ID - 4].rsplit("-", 1)[0] if len(base) > _LONGEST_ID - 4 else base
    number, id_ = 1, short
    while id_ in taken:
        number += 1
        id_ = f"{short}-{number}"
    return id_


def said_in(data: Mapping[str, Any], language: str) -> int:
    """How many texts the draft has in this language."""
    return sum(bool(text.words.get(language)) for text in texts_of(data))
