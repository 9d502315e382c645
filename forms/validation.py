"""What pydantic found, as faults: the same places, our codes, and the values that the sentences name."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from forms.definition import Instrument, Section, Theme
from forms.matrix import Matrix, Row
from forms.notice import Notice
from forms.problems import Fault, Place, is_worded, place_in_words
from forms.questions import QUESTION_TYPES
from forms.questions.base import Condition, NextSteps, Option
from forms.questions.scale import Scale

#: Which model a list or block holds, by the key it stands under.
_PARTS: Mapping[str, type[BaseModel]] = {
    "sections": Section,
    "themes": Theme,
    "options": Option,
    "apart": Option,
    "next_steps": NextSteps,
    "rows": Row,
    "show_if": Condition,
}
#: What an entry under `questions` may be, by the type that files call it.
ITEM_TYPES: Mapping[str, type[BaseModel]] = {**QUESTION_TYPES, "notice": Notice, "matrix": Matrix}
#: What only files say, and what only instruments say: files imply it.
_OF_FILES = {Instrument: ("scales", "ask_help"), Option: ("own_words",)}
_IMPLIED = ("stem", "companion_of")
#: The keys that hold texts per language; what is wrong with them has its own words.
_WORDS = {
    "text",
    "why",
    "hint",
    "title",
    "introduction",
    "label",
    "unit",
    "next_step",
    "low",
    "middle",
    "high",
    "then",
    "now",
}
_BLOCKS = {"dict_type", "model_type", "model_attributes_type"}


def faults_of(error: ValidationError, *, under: Place = ()) -> list[Fault]:
    """Every error as a fault, its place lying `under` the part that was validated."""
    faults = [_fault(details, (*under, *details["loc"])) for details in error.errors() if not _is_echo(details)]
    # A key that was misspelt is not missing as well.
    misspelt = {(*fault.place[:-1], fault.values["close"]) for fault in faults if fault.code == "misspelt"}
    return [fault for fault in faults if not (fault.code.startswith("missing") and fault.place in misspelt)]


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys a part may have in a file."""
    keys = [field.alias or name for name, field in model.model_fields.items() if name not in _IMPLIED]
    keys += _OF_FILES.get(model, ())
    if issubclass(model, tuple(ITEM_TYPES.values())) and "options" in keys:
        keys.append("scale")
    return keys


def _is_echo(details: ErrorDetails) -> bool:
    """pydantic calls a list too short when entries in it are wrong; those have errors of their own."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _fault(details: ErrorDetails, loc: Place) -> Fault:
    type_, place = _question_type(loc), _without_type(loc)
    found = details["input"]
    values: dict[str, object] = {
        "key": place_in_words(place[-2:] if isinstance(place[-1], int) else place[-1:]) if place else "",
        "found": found,
        "reason": details["msg"],
        **details.get("ctx", {}),
    }
    code = _code(details["type"], place, found)
    if code.startswith("union_tag"):
        values["known"] = ", ".join(ITEM_TYPES)
        values["found"] = values.get("tag", "")
        place = (*place, "type")
    elif code == "literal_error":
        values["known"] = ", ".join(re.findall(r"[^\s',]+(?=')|\d+", str(values["expected"])))
    elif code == "extra_forbidden":
        known = keys_of(_model_at(place, type_))
        values["known"] = ", ".join(known)
        close = get_close_matches(str(values["key"]), known, n=1)
        code, values["close"] = ("misspelt", close[0]) if close else (code, "")
    return Fault(code if is_worded(code) else "other", place, values)


def _code(type_: str, place: Place, found: object) -> str:
    """Our code for one of pydantic's, where the place tells more than pydantic knows."""
    special = {
        ("missing", "label"): "missing_label",
        ("missing", "options"): "missing_options",
        ("string_pattern_mismatch", "languages"): "not_a_language",
    }
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    if found is None and type_ != "missing":
        return "empty_value"
    if type_ in _BLOCKS:
        return "words_type" if place[-1:] == (key,) and key in _WORDS else "dict_type"
    return special.get((type_, key), type_)


def _question_type(loc: Place) -> str:
    return str(loc[4]) if _is_inside_question(loc) else ""


def _without_type(loc: Place) -> Place:
    """pydantic puts the question's type into the place of everything inside the question; a file has no such step."""
    return (*loc[:4], *loc[5:]) if _is_inside_question(loc) else loc


def _is_inside_question(loc: Place) -> bool:
    return len(loc) > 4 and loc[0] == "sections" and loc[2] == "questions"


def _model_at(place: Place, type_: str) -> type[BaseModel]:
    """The model that the last step of `place` is a key of."""
    keys = [step for step in place[:-1] if isinstance(step, str)]
    if not keys:
        return Instrument
    if keys[0] == "scales" and len(place) == 3:
        return Scale
    return ITEM_TYPES[type_] if keys[-1] == "questions" else _PARTS[keys[-1]]
