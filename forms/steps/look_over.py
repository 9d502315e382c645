"""What a draft still lacks, part by part, and the form that can be made of what is finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from forms.definition import Instrument
from forms.problems import Fault
from forms.suggested import still_suggested
from forms.texts import Data
from forms.validation import faults_of

#: What is missing altogether, whatever pydantic calls it.
_NOTHING = ("missing", "missing_language", "missing_label", "missing_options", "empty_value", "words_type")
#: What a part lacks only because a question that it names was left out.
_ECHOES = ("condition_question", "pipe_question")
#: Parts are left out until what is left can be asked; nothing takes more turns.
_TURNS = 6


@dataclass(frozen=True, slots=True)
class LookedOver:
    """`lacks` are codes by part: an item's id, "section ID", "theme ID", or "" for the form as a whole.

    `finished` is the form without what is not finished; None where no question is. `left_out` are ids of items.
    """

    finished: Instrument | None
    lacks: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str] = field(default_factory=frozenset)


def look_over(data: Data) -> LookedOver:
    """Look at the draft as whoever asks it would."""
    lacks: dict[str, list[str]] = {}
    left, gone = data, set[str]()
    for _turn in range(_TURNS):
        try:
            whole = Instrument.model_validate(
                still_suggested(left), context={"languages": list(left.get("languages", ()))}
            )
        except ValidationError as error:
            faults = [(_part(left, fault), fault) for fault in faults_of(error)]
        else:
            return LookedOver(whole, _told(lacks), frozenset(gone))
        _note(lacks, faults, gone, data)
        at_fault = _with_dependents(left, {part for part, _fault in faults})
        gone |= {item["id"] for section in left["sections"] for item in section["questions"] if item["id"] in at_fault}
        left = _without(left, at_fault)
    return LookedOver(None, _told(lacks), frozenset(gone))


def _part(data: Data, fault: Fault) -> str:
    """The part that is at fault."""
    place = fault.place
    if fault.code == "unhappy_faces":
        return str(fault.values["id"])
    if place[:1] == ("sections",) and len(place) > 1:
        section = data["sections"][place[1]]
        if place[2:3] == ("questions",) and len(place) > 3:
            return str(section["questions"][place[3]]["id"])
        return f"section {section['id']}"
    if place[:1] == ("themes",) and len(place) > 1:
        return f"theme {data['themes'][place[1]]['id']}"
    return ""


def _note(lacks: dict[str, list[str]], faults: Iterable[tuple[str, Fault]], gone: set[str], data: Data) -> None:
    was_empty = {f"section {section['id']}" for section in data["sections"] if not section["questions"]}
    for part, fault in faults:
        echo = fault.code in _ECHOES and fault.values.get("found") in gone
        emptied = fault.code == "too_short" and part.startswith("section ") and part not in was_empty
        # Where there is no question at all, the empty sections say so.
        without_any = not part and fault.code in ("no_question_left", "too_short")
        if not echo and not emptied and not without_any:
            code = _code(fault)
            lacks.setdefault(part, [])
            if code not in lacks[part]:
                lacks[part].append(code)


def _code(fault: Fault) -> str:
    """A fault's own code; "no_why" and the like for what is missing, "few_options" for too few of something."""
    key = next((str(step) for step in reversed(fault.place) if isinstance(step, str) and len(step) > 2), "")
    if fault.code in _NOTHING:
        return f"no_{key}"
    return (
        f"{'few' if fault.code == 'too_short' else 'many'}_{key}"
        if fault.code in ("too_short", "too_long")
        else fault.code
    )


def _with_dependents(data: Data, at_fault: set[str]) -> set[str]:
    """These parts, and what is asked only because of a question among them."""
    found = set(at_fault)
    for section in data["sections"]:
        whole = _depends(section, found)
        # One by one: what is left out here may be what the next one depends on.
        for item in section["questions"]:
            if whole or _depends(item, found):
                found.add(item["id"])
    return found


def _depends(part: Data, gone: set[str]) -> bool:
    condition = part.get("show_if")
    return isinstance(condition, dict) and condition.get("question") in gone


def _without(data: Data, at_fault: set[str]) -> Data:
    """The draft without these parts; what the whole lacks is filled in, so that the rest can be looked at."""
    sections = [
        {key: value for key, value in section.items() if key != "show_if" or f"section {section['id']}" not in at_fault}
        | {"questions": [item for item in section["questions"] if not _is_gone(item, at_fault)]}
        for section in data["sections"]
    ]
    language = data["languages"][0]
    filled: dict[str, Any] = {"sections": [section for section in sections if section["questions"]]}
    if "" in at_fault:
        title = data.get("title") or {language: "…"}
        filled |= {"title": title, "introduction": data.get("introduction") or {language: "…"}, "minutes": 3}
        filled |= {"layout": "screens", "licence": data.get("licence") or "…"}
    filled["themes"] = [theme for theme in data.get("themes", ()) if f"theme {theme['id']}" not in at_fault]
    return data | filled


def _is_gone(item: Data, at_fault: set[str]) -> bool:
    return item["id"] in at_fault or item.get("companion_of") in at_fault


def _told(lacks: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {part: tuple(codes) for part, codes in lacks.items()}
