"""The conditions of LimeSurvey that ours can say: one question, one or several of its answers."""

import re
from collections.abc import Mapping, Sequence

from forms.exchange.limesurvey.survey import Survey

_NAME = r"([A-Za-z][A-Za-z0-9_]*|\d+X\d+X\d+[A-Za-z0-9_]*)(?:\.(?:NAOK|value|code|valueNAOK))*"
_VALUE = r"(?:\"([^\"]*)\"|'([^']*)'|(\d+))"
_TERM = re.compile(rf"{_NAME}\s*(?:==|\beq\b)\s*{_VALUE}")
_TURNED = re.compile(rf"{_VALUE}\s*(?:==|\beq\b)\s*{_NAME}")
_OR = re.compile(r"\s*(?:\|\||\bor\b)\s*(?=(?:[^'\"]|'[^']*'|\"[^\"]*\")*$)", re.IGNORECASE)
_MOST = 2000
_TICKED = "Y"


def names_of(survey: Survey) -> dict[str, tuple[str, str]]:
    """What expressions call a question, or a box of it: its code, and the box's code or ""."""
    names = {}
    for question in survey.questions:
        for name in filter(None, (question.code, question.also)):
            names[name] = (question.code, "")
            joined = "_" if name == question.code else ""
            for part in question.parts:
                names[f"{name}{joined}{part.code}"] = (question.code, part.code)
    return names


def parsed(text: str, names: Mapping[str, tuple[str, str]], boxes: Sequence[str]) -> tuple[str, list[str]] | None:
    """The code of a question and the codes of the answers asked for; None for anything that says more.

    `boxes` are the codes of questions whose subquestions are boxes to tick. Of a table each row is a question of its
    own, called by both codes.
    """
    if len(text) > _MOST:
        return None
    terms = [_term(_bare(part), names, boxes) for part in _OR.split(_bare(text))]
    known = [term for term in terms if term]
    if len(known) != len(terms) or len({name for name, _ in known}) != 1:
        return None
    return known[0][0], [value for _, value in known]


def _term(text: str, names: Mapping[str, tuple[str, str]], boxes: Sequence[str]) -> tuple[str, str] | None:
    found = _TERM.fullmatch(text)
    groups = found.groups() if found else ()
    if found is None:
        found = _TURNED.fullmatch(text)
        groups = (found[4], *found.groups()[:3]) if found else ()
    if not groups or groups[0] not in names:
        return None
    code, part = names[groups[0]]
    value = next(each for each in groups[1:] if each is not None)
    if part and code in boxes:
        return (code, part) if value == _TICKED else None
    return (f"{code}_{part}" if part else code), value


def _bare(text: str) -> str:
    """Without the brackets that stand round the whole of it."""
    text = text.strip()
    while text[:1] in ("(", "{") and text[-1:] in (")", "}") and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "({") - (sign in ")}")
        if depth == 0:
            return at == len(text) - 1
    return False
