"""The conditions of XLSForm that ours can say: one question, one or several of its answers."""

import re
from collections.abc import Sequence

_NAME = r"\$\{\s*([^{}\s]+)\s*\}"
_VALUE = r"(?:'([^']*)'|\"([^\"]*)\"|(-?\d+))"
_TERMS = (
    re.compile(rf"{_NAME}\s*=\s*{_VALUE}"),
    re.compile(rf"selected\s*\(\s*{_NAME}\s*,\s*{_VALUE}\s*\)", re.IGNORECASE),
)
_TURNED = re.compile(rf"{_VALUE}\s*=\s*{_NAME}")
_OR = re.compile(r"\bor\b(?=(?:[^'\"]*(?:'[^']*'|\"[^\"]*\"))*[^'\"]*$)", re.IGNORECASE)
_RANGE = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+)")
_MOST = 4000


def parse(text: str) -> tuple[str, Sequence[str]] | None:
    """The question's name and the names of the answers that are asked for; None for anything else."""
    if len(text) > _MOST:
        return None
    terms = [_term(_bare(part)) for part in _OR.split(_bare(text))]
    known = [term for term in terms if term]
    if len(known) != len(terms) or len({name for name, _ in known}) != 1:
        return None
    return known[0][0], [value for _, value in known]


def written(question: str, answers: Sequence[str]) -> str:
    """The condition as XLSForm writes it; for one answer and for several alike."""
    return " or ".join(f"selected(${{{question}}}, '{answer}')" for answer in answers)


def whole_range(text: str) -> tuple[int | None, int | None] | None:
    """The lowest and highest number of a constraint such as ". >= 0 and . < 10"; None where it says anything else."""
    low: int | None = None
    high: int | None = None
    for part in re.split(r"\band\b", _bare(text)):
        found = _RANGE.fullmatch(_bare(part))
        if found is None or len(found[2]) > 9:
            return None
        edge = int(found[2]) + {">": 1, "<": -1}.get(found[1], 0)
        if found[1].startswith(">"):
            low = edge
        else:
            high = edge
    return low, high


def _term(text: str) -> tuple[str, str] | None:
    for pattern in _TERMS:
        found = pattern.fullmatch(text)
        if found:
            return found[1], next(value for value in found.groups()[1:] if value is not None)
    found = _TURNED.fullmatch(text)
    return (found[4], next(value for value in found.groups()[:3] if value is not None)) if found else None


def _bare(text: str) -> str:
    """Without brackets that stand round the whole of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def longest_text(constraint: str) -> int | None:
    """So many signs as the constraint allows, and nothing else."""
    found = re.fullmatch(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d{1,6})", _bare(constraint))
    if found is None:
        return None
    return int(found[2]) - (found[1] == "<") or None
