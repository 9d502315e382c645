"""Instruments as files: readable YAML in, an instrument out, or everything that is wrong with it at once.

A file may name scales at its top (`scales:`) and use them in questions (`scale: name`); the instrument has the
options themselves. What else files say in short is said in full by `forms.expansion`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from forms.definition import LANGUAGE, Instrument
from forms.expansion import Expansion, expand
from forms.matrix import Matrix
from forms.problems import Fault, InstrumentRefused, Place, Problem
from forms.questions import QUESTION_TYPES
from forms.questions.scale import Scale
from forms.validation import ITEM_TYPES, faults_of, keys_of
from forms.wording import N_
from forms.yaml_tree import Data, Tree, Unreadable, read_tree

__all__ = ["InstrumentRefused", "Problem", "instrument_schema", "load_instrument"]

_SCALES = TypeAdapter(dict[str, Scale])


def load_instrument(text: str, *, name: str, gettext: Callable[[str], str] = N_) -> Instrument:
    """The instrument that `text` describes; `name` is what its problems are reported under, such as a file name.

    Raises InstrumentRefused with every problem found, each with its line and its cure, put through `gettext`.
    """
    try:
        tree = read_tree(text)
    except Unreadable as unreadable:
        raise InstrumentRefused(name, (unreadable.fault.told(gettext),)) from unreadable
    instrument, faults = _validated(tree)
    if faults or instrument is None:
        raise InstrumentRefused(name, _in_words(faults, tree, gettext))
    return instrument


def instrument_schema() -> dict[str, Any]:
    """The JSON Schema of an instrument's file, as published in forms/instrument.schema.json."""
    schema = Instrument.model_json_schema()
    definitions = schema["$defs"]
    scale = Scale.model_json_schema(ref_template="#/$defs/{model}")
    definitions["Scale"] = {key: value for key, value in scale.items() if key != "$defs"}
    matrix = Matrix.model_json_schema(ref_template="#/$defs/{model}")
    definitions |= {**matrix.pop("$defs"), **definitions, "Matrix": matrix}
    definitions["Section"]["properties"]["questions"]["items"]["oneOf"].append({"$ref": "#/$defs/Matrix"})
    definitions["Section"]["properties"]["questions"]["items"]["discriminator"]["mapping"]["matrix"] = "#/$defs/Matrix"
    definitions["Option"]["properties"]["own_words"] = {"const": True}
    types: tuple[type[BaseModel], ...] = (*QUESTION_TYPES.values(), Matrix)
    for type_ in types:
        question = definitions[type_.__name__]
        for implied in ("stem", "companion_of"):
            question["properties"].pop(implied, None)
        if "scale" in keys_of(type_):
            question["properties"]["scale"] = {"type": "string", "description": "The name of a scale under scales."}
            question["required"].remove("options")
            question["oneOf"] = [{"required": ["options"]}, {"required": ["scale"]}]
    schema["properties"]["scales"] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Scale"}}
    schema["properties"]["ask_help"] = {"const": True}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _validated(tree: Tree) -> tuple[Instrument | None, Sequence[Fault]]:
    data = tree.data
    format_ = data.get("format")
    if format_ is not None and (type(format_) is not int or format_ != 1):
        # Whatever else this file says is meant for another reader.
        return None, [Fault("unknown_format", ("format",), {"found": format_})]
    context = {"languages": _languages(data)}
    faults = [*tree.faults, *_repeated(tree)]
    scales = data.pop("scales", {})
    try:
        _SCALES.validate_python(scales, context=context)
    except ValidationError as error:
        faults += (fault for fault in faults_of(error, under=("scales",)) if fault.code != "repeated")
    borrowed: dict[Place, str] = {}
    for place, question in _questions(data):
        faults += _fill_in_scale(question, place, scales, borrowed)
    said = expand(data, context["languages"])
    faults += [*_not_said_yet(said.faults, faults, borrowed), *_second_ones(_ids_of_questions(said), tree)]
    try:
        return Instrument.model_validate(data, context=context), faults
    except ValidationError as error:
        found = list(_in_file(faults_of(error), said))
        return None, [*faults, *_not_said_yet(found, faults, borrowed)] or found


def _in_file(found: Iterable[Fault], said: Expansion) -> Iterator[Fault]:
    """The faults at the places where the file says what is wrong."""
    for fault in found:
        place = said.in_file(fault.place)
        # Of a matrix that could not be read nothing is left; that was said already.
        is_left_over = bool(said.faults) and fault.code in ("too_short", "condition_question", "pipe_question")
        if place is not None and not is_left_over:
            yield replace(fault, place=place)


def _in_words(faults: Sequence[Fault], tree: Tree, gettext: Callable[[str], str]) -> tuple[Problem, ...]:
    of_key = {"extra_forbidden", "misspelt"}
    placed = [(fault, tree.position(fault.place, of_key=fault.code in of_key)) for fault in faults]
    shortcuts = {fault.position for fault in faults if fault.code == "alias"}
    # A shortcut was read as no value at all; saying that too would only confuse.
    problems = [fault.told(gettext, at) for fault, at in placed if fault.code != "empty_value" or at not in shortcuts]
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column)))


def _fill_in_scale(
    question: dict[str, Data], place: Place, scales: Data, borrowed: dict[Place, str]
) -> Iterator[Fault]:
    """Put a named scale's options into the question, and note in `borrowed` that they are not its own."""
    type_ = ITEM_TYPES.get(str(question.get("type")))
    if "scale" not in question or type_ is None or "scale" not in keys_of(type_):
        return
    name, known = question.pop("scale"), scales if isinstance(scales, dict) else {}
    if "options" in question:
        yield Fault("scale_and_options", (*place, "scale"))
        return
    borrowed[(*place, "options")] = str(name)
    scale = known.get(str(name), {})
    if str(name) not in known:
        yield Fault("unknown_scale", (*place, "scale"), {"found": name, "known": ", ".join(known)})
    elif isinstance(scale, dict):
        for key in {"options", "apart"} & set(scale) & set(keys_of(type_)) - set(question):
            question[key] = scale[key]
            borrowed[(*place, key)] = str(name)


def _not_said_yet(found: Sequence[Fault], said: Sequence[Fault], borrowed: dict[Place, str]) -> Iterator[Fault]:
    """Without what was said better before; what is wrong with borrowed options points at the line that borrows."""
    at_fault = {fault.place[1] for fault in said if fault.place[:1] == ("scales",) and len(fault.place) > 1}
    unknown = {str(fault.values["found"]) for fault in said if fault.code == "unknown_scale"}
    for fault in found:
        part = fault.place[:5]
        if fault.code == "repeated":
            continue
        if part not in borrowed:
            yield fault
        elif borrowed[part] not in at_fault | unknown:
            yield replace(fault, place=(*part[:4], "scale"))


def _repeated(tree: Tree) -> Iterator[Fault]:
    for ids in _ids_that_differ(tree.data):
        yield from _second_ones(ids, tree)


def _second_ones(ids: Sequence[tuple[Place, str]], tree: Tree) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, id_ in ids:
        if id_ in first:
            yield Fault("repeated_id", place, {"id": id_, "line": tree.position(first[id_])[0]})
        first.setdefault(id_, place)


def _ids_that_differ(data: dict[str, Data]) -> Iterator[list[tuple[Place, str]]]:
    """Groups of ids, with their places, of which no two in one group may be the same; those of questions come later."""
    scales = data.get("scales")
    named = [(("scales", name), scale) for name, scale in scales.items()] if isinstance(scales, dict) else []
    yield [(place, language) for place, language in _entries(data, (), "languages") if isinstance(language, str)]
    for entries in (_entries(data, (), "sections"), _entries(data, (), "themes")):
        yield _ids(entries)
    for place, holder in [*_questions(data), *named]:
        yield _ids([*_entries(holder, place, "options"), *_entries(holder, place, "apart")])


def _ids_of_questions(said: Expansion) -> list[tuple[Place, str]]:
    """The ids of everything that is shown, matrices taken apart, at their places in the file."""
    ids = ((said.in_file(place), id_) for place, id_ in _ids(list(_questions(said.data))))
    return [(place, id_) for place, id_ in ids if place is not None]


def _ids(entries: Sequence[tuple[Place, Data]]) -> list[tuple[Place, str]]:
    with_ids = [(place, entry.get("id")) for place, entry in entries if isinstance(entry, dict)]
    return [((*place, "id"), id_) for place, id_ in with_ids if isinstance(id_, str)]


def _questions(data: dict[str, Data]) -> Iterator[tuple[Place, dict[str, Data]]]:
    for place, section in _entries(data, (), "sections"):
        for question_place, question in _entries(section, place, "questions"):
            if isinstance(question, dict):
                yield question_place, question


def _entries(holder: Data, place: Place, key: str) -> list[tuple[Place, Data]]:
    entries = holder.get(key) if isinstance(holder, dict) else None
    return [((*place, key, index), entry) for index, entry in enumerate(entries)] if isinstance(entries, list) else []


def _languages(data: dict[str, Data]) -> list[str] | None:
    """The languages that words have to be in, as far as the file names any."""
    named = [language for _, language in _entries(data, (), "languages") if isinstance(language, str)]
    return [language for language in named if re.match(LANGUAGE, language)] or None
