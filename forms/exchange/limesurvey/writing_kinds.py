"""Our kinds of question as LimeSurvey's: the nearest one, with the attributes that it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.exchange.limesurvey.codes import Codes, options_of
from forms.notice import Notice
from forms.questions.base import Question
from forms.questions.choices import ChoicesQuestion
from forms.questions.number import NumberQuestion
from forms.questions.points import PointsQuestion
from forms.questions.ranking import RankingQuestion
from forms.questions.short_text import ShortTextQuestion
from forms.questions.text import TextQuestion
from forms.questions.then_now import ThenNowQuestion
from forms.wording import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A row below a question's: "A" for an answer, "SQ" for a subquestion; `key` leads to its words."""

    row: str
    code: str
    words: Words
    key: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """LimeSurvey's type for a question, its attributes (words where they are in languages) and the rows below it."""

    type: str
    attributes: Mapping[str, str | Words] = field(default_factory=dict)
    parts: tuple[Line, ...] = ()


def rows_of_question(item: Question | Notice, codes: Codes) -> Kind:
    """The kind that this item goes out as."""
    if isinstance(item, Notice):
        return Kind("X")
    for type_, kind in _KINDS.items():
        if isinstance(item, type_):
            return kind(item, codes)
    return Kind("L", {}, _lines(item, "A", codes))


def _lines(question: Question, row: str, codes: Codes) -> tuple[Line, ...]:
    own = {option.id for option in getattr(question, "options", ())}
    apart = {option.id for option in question.apart()}
    lines = []
    for option in options_of(question):
        folder = "options" if option.id in own else "apart" if option.id in apart else ""
        key = f"items/{question.id}/{folder}/{option.id}" if folder else ""
        lines.append(Line(row, codes.answers[question.id][option.id], option.label, key))
    return tuple(lines)


def _choices(question: Any, codes: Codes) -> Kind:
    excluding = [codes.answers[question.id][option.id] for option in question.apart()]
    attributes: dict[str, str | Words] = {"exclude_all_others": ";".join(excluding)}
    if question.at_most:
        attributes["max_answers"] = str(question.at_most)
    return Kind("M", attributes, _lines(question, "SQ", codes))


def _number(question: Any, _codes: Codes) -> Kind:
    edges = {"min_num_value_n": str(question.minimum), "max_num_value_n": str(question.maximum)}
    unit = {"suffix": question.unit} if question.unit else {}
    return Kind("N", {**edges, "num_value_int_only": "1", **unit})


def _then_now(question: Any, codes: Codes) -> Kind:
    rows = (Line("SQ", "then", question.then), Line("SQ", "now", question.now))
    return Kind("F", {}, (*rows, *_lines(question, "A", codes)))


_KINDS: Mapping[type[Question], Callable[[Any, Codes], Kind]] = {
    ChoicesQuestion: _choices,
    RankingQuestion: lambda question, codes: Kind("R", {}, _lines(question, "A", codes)),
    PointsQuestion: lambda question, codes: Kind(
        "K", {"equals_num_value": str(question.total), "num_value_int_only": "1"}, _lines(question, "SQ", codes)
    ),
    NumberQuestion: _number,
    ShortTextQuestion: lambda question, _codes: Kind("S", {"maximum_chars": str(question.max_length)}),
    TextQuestion: lambda question, _codes: Kind("T", {"maximum_chars": str(question.max_length)}),
    ThenNowQuestion: _then_now,
}
