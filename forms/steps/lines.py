"""The answers of a question as lines that somebody types, and the own words beside them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms.draft import free_id
from forms.piping import beside
from forms.steps.units import Unit
from forms.texts import Data

#: Characters for own words beside an answer, as in files (`forms.expansion`).
_BESIDE_AN_ANSWER = 200
#: In this kind two ids are joined into one (`forms.questions.then_now`).
_SHORT = {"then-now": 19}


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, or one row of a matrix; `id` is "" until it has one."""

    id: str
    label: str
    picture: str = ""
    own_words: bool = False
    favourable: bool = False


def named(lines: Sequence[Line], kind: str, taken: Collection[str] = ()) -> list[Line]:
    """The lines, each with an id made of its words where it has none yet; `taken` are not used for new ones."""
    used = {*taken, *(line.id for line in lines)} - {""}
    found = []
    for line in lines:
        id_ = line.id or _id_of(line.label, kind, used)
        used.add(id_)
        found.append(replace(line, id=id_))
    return found


def lines_of(unit: Unit, key: str, language: str) -> list[Line]:
    """The answers of a question under "options" or "apart", or under "rows" the rows of a matrix, as lines."""
    item = unit[0]
    if key == "rows":
        return [Line(row["id"], row["text"].get(language, "")) for row in unit]
    beside_which = {each["show_if"]["is"][0] for each in unit[1:] if each.get("show_if")}
    good = item.get("favourable", ())
    return [
        Line(
            option["id"],
            option["label"].get(language, ""),
            option.get("picture", ""),
            key == "options" and option["id"] in beside_which,
            key == "options" and option["id"] in good,
        )
        for option in item.get(key) or ()
    ]


def as_options(lines: Sequence[Line], language: str, *, with_pictures: bool) -> list[Data]:
    """The lines as the answers of a draft."""
    return [
        {"id": line.id, "label": {language: line.label}}
        | ({"picture": line.picture} if line.picture and with_pictures else {})
        for line in lines
    ]


def with_companions(unit: Unit, lines: Sequence[Line], taken: Collection[str]) -> Unit:
    """The question with a line for own words beside each answer that wants one; those there are keep their ids."""
    question = unit[0]
    old = {each["show_if"]["is"][0]: each for each in unit[1:] if each.get("show_if")}
    used, companions = set(taken), []
    for line in lines:
        if line.own_words:
            known = old.get(line.id)
            id_ = known["id"] if known else free_id(f"{question['id']}-{line.id}", used)
            used.add(id_)
            companions.append(_companion(question, line, id_))
    return [question, *companions]


def _companion(question: Mapping[str, Any], line: Line, id_: str) -> Data:
    language = next(iter(question["text"]), "")
    own = {
        "type": "text",
        "id": id_,
        "text": beside(dict(question["text"]), {language: line.label}),
        "max_length": _BESIDE_AN_ANSWER,
        "show_if": {"question": question["id"], "is": [line.id]},
        "companion_of": question["id"],
    }
    return own | ({"why": question["why"]} if question.get("why") else {})


def _id_of(label: str, kind: str, used: Collection[str]) -> str:
    longest = _SHORT.get(kind)
    wanted = free_id(label, ())[:longest].rstrip("-") if longest else label
    found = free_id(wanted, used)
    number = 1
    while longest and len(found) > longest:
        number += 1
        found = f"{wanted[: longest - 3].rstrip('-')}-{number}"
        found = found if found not in used else "x" * (longest + 1)
    return found
