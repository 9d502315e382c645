"""Steps with conditions: of whom a question, a notice or a section is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.steps.units import find_section, find_unit, units_of, with_units
from forms.texts import Data
from forms.wording import Words

#: Types with answers that a condition can name (`forms.logic`).
_ASKABLE = ("choice", "choices", "picture-choice", "scale", "smileys", "yes-maybe-no")
#: These have answers that no list in the data names; conditions on them come from files, and stay as they are.
_UNLISTED = ("month", "week")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier question that a condition can ask for: its id, its words, and its answers (id, words)."""

    id: str
    words: Words
    answers: tuple[tuple[str, Words], ...]
    #: Whether people choose one of them at most.
    is_one_answer: bool = True


def earlier_than(data: Mapping[str, Any], part_id: str, *, is_section: bool = False) -> list[Earlier]:
    """The questions with answers to choose from before this unit or section, in the order of the form."""
    found: list[Earlier] = []
    for section in data.get("sections", ()):
        if is_section and section["id"] == part_id:
            break
        for unit in units_of(section):
            if not is_section and unit[0]["id"] == part_id:
                return found
            found += [_as_earlier(item) for item in unit if _can_be_named(item)]
    return found


def answers_before(data: Mapping[str, Any], unit_id: str) -> list[Earlier]:
    """The questions before this unit whose answer is one label, which a later text can say (`forms.piping`)."""
    return [each for each in earlier_than(data, unit_id) if each.is_one_answer]


def put_condition(data: Data, unit_id: str, question: str, answers: Sequence[str]) -> Data:
    """Asked only of people who gave one of these answers; of everybody where there are none. PartUnknown."""
    number, position, unit = find_unit(data, unit_id)
    units = units_of(data["sections"][number])
    own = [_with(item, question, answers) if not item.get("companion_of") else item for item in unit]
    units[position] = own
    return with_units(data, {number: units})


def put_section_condition(data: Data, section_id: str, question: str, answers: Sequence[str]) -> Data:
    """The same of a whole section."""
    number = find_section(data, section_id)
    sections = list(data["sections"])
    sections[number] = _with(sections[number], question, answers)
    return data | {"sections": sections}


def loosened(data: Data) -> Data:
    """Without conditions, and answers in conditions, that no question of the form offers any more."""
    offered = {
        item["id"]: None if item.get("type") in _UNLISTED else {option for option, _ in _answers(item)}
        for section in data["sections"]
        for item in section["questions"]
    }
    sections = []
    for section in data["sections"]:
        kept = [_loosened(item, offered) for item in section["questions"]]
        # Own words stand beside an answer; without it there is no place for them.
        items = [item for item in kept if not item.get("companion_of") or item.get("show_if")]
        sections.append(_loosened(section, offered) | {"questions": items})
    return data | {"sections": sections}


def freed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The ids of what was asked of some before, and is asked of everybody now."""
    conditional = {id_ for id_, part in _parts(before) if part.get("show_if")}
    return [id_ for id_, part in _parts(after) if id_ in conditional and not part.get("show_if")]


def has_conditions(data: Mapping[str, Any]) -> bool:
    """Whether anything is asked of some people only, or shown beside some answers only."""
    return any(part.get("show_if") for _, part in _parts(data))


def _parts(data: Mapping[str, Any]) -> Iterator[tuple[str, Data]]:
    for section in data["sections"]:
        yield f"section {section['id']}", section
        yield from ((item["id"], item) for item in section["questions"])


def _loosened(part: Data, offered: Mapping[str, set[str] | None]) -> Data:
    condition = part.get("show_if")
    known = offered.get(condition["question"], set()) if condition else None
    if not condition or known is None:
        return part
    left = [answer for answer in condition["is"] if answer in known]
    return part if left == condition["is"] else _with(part, condition["question"], left)


def _with(part: Data, question: str, answers: Sequence[str]) -> Data:
    without = {key: value for key, value in part.items() if key != "show_if"}
    return without | ({"show_if": {"question": question, "is": list(answers)}} if answers else {})


def _can_be_named(item: Data) -> bool:
    return item.get("type") in _ASKABLE and bool(item.get("options"))


def _as_earlier(item: Data) -> Earlier:
    stem, text = item.get("stem"), item.get("text") or {}
    words = {code: f"{stem.get(code, '')} – {said}" for code, said in text.items()} if stem else text
    return Earlier(item["id"], words, tuple(_answers(item)), is_one_answer=item["type"] != "choices")


def _answers(item: Data) -> list[tuple[str, Words]]:
    return [(each["id"], each["label"]) for key in ("options", "apart") for each in item.get(key) or ()]
