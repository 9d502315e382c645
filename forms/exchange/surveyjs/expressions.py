"""The conditions of SurveyJS that ours can say: one question, one or several of its answers."""

import re
from collections.abc import Sequence

_NAME = r"\{\s*([^{}]+?)\s*\}"
_VALUE = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|-?\d+(?:\.\d+)?|true|false"
_ONE = re.compile(rf"{_NAME}\s*(?:==?|equals?|contains|anyof)\s*({_VALUE})", re.IGNORECASE)
_LIST = re.compile(rf"{_NAME}\s*(?:anyof|in)\s*\[\s*((?:{_VALUE})(?:\s*,\s*(?:{_VALUE}))*)\s*\]", re.IGNORECASE)
_EACH = re.compile(_VALUE, re.IGNORECASE)
_OR = re.compile(r"\s(?:or|\|\|)\s(?=(?:[^'\"]*(?:'[^']*'|\"[^\"]*\"))*[^'\"]*$)", re.IGNORECASE)
_MOST = 4000


def parse(text: str) -> tuple[str, Sequence[str]] | None:
    """The question's name and the values that are asked for, as text; None for anything else."""
    if len(text) > _MOST:
        return None
    terms = [_term(_bare(part)) for part in _OR.split(_bare(text))]
    known = [term for term in terms if term]
    if len(known) != len(terms) or len({name for name, _ in known}) != 1:
        return None
    return known[0][0], [value for _, values in known for value in values]


def written(question: str, answers: Sequence[str]) -> str:
    """The condition as SurveyJS writes it; for one answer and for several alike."""
    values = ", ".join(f"'{answer}'" for answer in answers)
    return f"{{{question}}} anyof [{values}]"


def _term(text: str) -> tuple[str, list[str]] | None:
    for pattern in (_ONE, _LIST):
        found = pattern.fullmatch(text)
        if found:
            return found[1], [_value(each) for each in _EACH.findall(found[2])]
    return None


def _value(written_: str) -> str:
    if written_[:1] in "'\"":
        return re.sub(r"\\(.)", r"\1", written_[1:-1])
    return written_.lower()


def _bare(text: str) -> str:
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and "(" not in text[1:-1]:
        text = text[1:-1].strip()
    return text
