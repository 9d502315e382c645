"""LimeSurvey's codes for our ids: letters and digits only, twenty for a question, five for an answer."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from forms.definition import Instrument
from forms.questions.base import Option, Question

_LONGEST, _LONGEST_ANSWER = 20, 5


@dataclass(frozen=True, slots=True)
class Codes:
    """Ids of items as codes, and of each question's answers; `asked` are the questions by id."""

    questions: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    asked: Mapping[str, Question] = field(default_factory=dict)


def codes_of(instrument: Instrument) -> Codes:
    """The codes for one instrument: the same ones each time."""
    questions: dict[str, str] = {}
    for item in instrument.items:
        questions[item.id] = _free(_bare(item.id), questions.values(), _LONGEST)
    answers = {question.id: _of_answers(question) for question in instrument.questions}
    return Codes(questions, answers, {question.id: question for question in instrument.questions})


def options_of(question: Question) -> tuple[Option, ...]:
    """The answers that a question's own file names, in the order in which they are offered."""
    own: tuple[Option, ...] = getattr(question, "options", ())
    return (*own, *question.apart()) if own else question.offered()


def _of_answers(question: Question) -> dict[str, str]:
    codes: dict[str, str] = {}
    for number, option in enumerate(options_of(question), 1):
        bare = _bare(option.id)
        short = bare if len(bare) <= _LONGEST_ANSWER else f"a{number}"
        codes[option.id] = _free(short, codes.values(), _LONGEST_ANSWER)
    return codes


def _bare(id_: str) -> str:
    return re.sub(r"[^a-z0-9]", "", id_)


def _free(wanted: str, taken: Collection[str], longest: int) -> str:
    number, code = 1, wanted[:longest]
    while code in taken:
        number += 1
        code = f"{wanted[: longest - len(str(number))]}{number}"
    return code
